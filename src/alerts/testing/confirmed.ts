// Subscribers as confirmation leaves them, for tests that need many.
import { randomUUID } from 'node:crypto';
import type { Network } from '../../core/network.ts';
import { type Severity, severityRank } from '../../core/severity.ts';
import type { Db } from '../../storage/database.ts';
import type { ChannelKind } from '../channel.ts';
import { newToken } from '../token.ts';

export interface TestSubscriber {
  readonly address: string;
  readonly channel?: ChannelKind;
  readonly networks?: readonly Network[];
  readonly minSeverity?: Severity;
  readonly state?: 'requested' | 'confirmed' | 'stopped';
  readonly confirmedAt?: Date;
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
    stop_token: newToken(),
    created_at: new Date('2026-01-01T00:00:00Z'),
    confirmed_at: subscriber.confirmedAt ?? new Date('2026-01-01T00:00:00Z'),
  }));
  if (rows.length > 0) await db.insertInto('subscriber').values(rows).execute();
  return new Map(rows.map((row) => [row.address, row.stop_token]));
}
