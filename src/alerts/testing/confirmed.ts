// Subscribers as confirmation leaves them, for tests that need many.
import { randomUUID } from 'node:crypto';
import type { Network } from '../../core/network.ts';
import { type Severity, severityRank } from '../../core/severity.ts';
import type { Db } from '../../storage/database.ts';
import type { ChannelKind } from '../channel.ts';
import { DEFAULT_KINDS, type MessageKind } from '../kinds.ts';
import { newToken } from '../token.ts';

export interface TestSubscriber {
  readonly address: string;
  readonly channel?: ChannelKind;
  readonly networks?: readonly Network[];
  readonly minSeverity?: Severity;
  readonly state?: 'requested' | 'confirmed' | 'stopped';
  readonly confirmedAt?: Date;
  readonly kinds?: readonly MessageKind[];
}

/** @returns stop tokens by address */
export async function insertSubscribers(db: Db, subscribers: readonly TestSubscriber[]): Promise<Map<string, string>> {
  const rows = subscribers.map((subscriber) => ({
    id: randomUUID(),
    channel: subscriber.channel ?? ('email' as const),
    address: subscriber.address,
    address_key: subscriber.address.toLowerCase(),
    state: subscriber.state ?? ('confirmed' as const),
    networks: [...(subscriber.networks ?? [])],
    min_severity: severityRank(subscriber.minSeverity ?? 'info'),
    kinds: [...(subscriber.kinds ?? DEFAULT_KINDS)],
    stop_token: newToken(),
    created_at: new Date('2026-01-01T00:00:00Z'),
    confirmed_at: subscriber.confirmedAt ?? new Date('2026-01-01T00:00:00Z'),
  }));
  if (rows.length === 0) return new Map();
  await db.insertInto('subscriber').values(rows).execute();
  await db
    .insertInto('subscription_request')
    .values(
      rows.map((row) => ({
        ...{ id: randomUUID(), subscriber: row.id, requested_at: row.created_at, via: 'form' as const, ip: null },
        ...{ networks: row.networks, min_severity: row.min_severity, kinds: row.kinds, consent_text: '2' },
        ...{ confirmed_at: row.confirmed_at, confirmed_by: 'link' },
      })),
    )
    .execute();
  return new Map(rows.map((row) => [row.address, row.stop_token]));
}
