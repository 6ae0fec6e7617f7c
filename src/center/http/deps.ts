// What the routes are handed.
import { z } from 'zod';
import type { Clock, Log } from '../../core/clock.ts';
import { SundewError } from '../../core/error.ts';
import { REALMS, type Realm } from '../../core/network.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { DecoyDesk } from '../decoy-desk.ts';
import type { Metrics } from '../metrics.ts';
import type { RealmParts } from '../realm.ts';
import type { SettingsDesk } from '../settings-desk.ts';

export interface HttpDeps {
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly log: Log;
  readonly startedAt: Date;
  readonly metrics: Metrics;
  readonly decoys: DecoyDesk;
  readonly settings: SettingsDesk;
  readonly publicUrl: string;
  /** The realm that the public board shows: live once a decoy is configured, else the range's. */
  publicRealm(): RealmParts;
  /** `undefined` for the simulated realm when there is none (any more). */
  realm(realm: Realm): RealmParts | undefined;
  /** Makes the simulated realm when there is none yet (replays of simulated captures). */
  openSimulated(): Promise<RealmParts>;
  purgeSimulated(): Promise<void>;
  mailbox(): MailboxView | undefined;
  storeInfo(): Promise<{ kind: 'embedded' | 'server'; version: string }>;
}

/** The demonstration's mailbox. */
export interface MailboxView {
  mails(): readonly {
    id: string;
    at: string;
    to: string;
    subject: string;
    text: string;
    headers: Readonly<Record<string, string>>;
  }[];
}

/** A long entry is larger than what is sent otherwise. */
export const ENTRY_BODY = 4 * 1024 * 1024;

export const RealmQuery = z.object({ realm: z.enum(REALMS).optional() });

/** The realm that was asked for, or the public one. @throws SundewError NOT_FOUND */
export function realmFor(deps: HttpDeps, realm: Realm | undefined): RealmParts {
  const parts = realm === undefined ? deps.publicRealm() : deps.realm(realm);
  if (parts === undefined)
    throw new SundewError('NOT_FOUND', 'there is no simulated data: it was purged or the range never ran');
  return parts;
}
