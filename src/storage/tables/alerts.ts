// Row types of the tables of alerts/, as Kysely sees them. Times are timestamptz.
import type { ColumnType, Generated } from 'kysely';

type Time = ColumnType<Date, Date | string, Date | string>;
type MaybeTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
type AlertChannel = 'email' | 'xmpp' | 'oscar' | 'msnp' | 'ymsg' | 'sametime';
type Json = ColumnType<unknown, string, string>;

/** Someone who asked for alerts, with what was last confirmed. */
export interface SubscriberTable {
  id: string;
  channel: AlertChannel;
  /** As it is written to. */
  address: string;
  /** Lower case: one subscriber an address. */
  address_key: string;
  state: 'requested' | 'confirmed' | 'stopped';
  /** Empty: all networks. */
  networks: string[];
  /** 1 (`info`) to 5 (`critical`). */
  min_severity: number;
  /** What is asked for (alerts/kinds.ts). */
  kinds: Generated<string[]>;
  /** One-click token, ≤ 22 base64url characters; it can only stop. */
  stop_token: string;
  created_at: Time;
  confirmed_at: MaybeTime;
  stopped_at: MaybeTime;
}

/** One request to subscribe, kept as evidence of consent once confirmed (GDPR Art. 7(1)). */
export interface SubscriptionRequestTable {
  id: string;
  subscriber: string;
  requested_at: Time;
  via: 'form' | 'admin';
  /** Kept for 30 days. */
  ip: string | null;
  networks: string[];
  min_severity: number;
  kinds: Generated<string[]>;
  /** Version of the text that was shown. */
  consent_text: string;
  confirmed_at: MaybeTime;
  /** `link` or `code`. */
  confirmed_by: string | null;
}

/** SHA-256 of what was sent out to confirm a request; the secrets themselves are not stored. */
export interface ConfirmationTokenTable {
  hash: Buffer;
  request: string;
  kind: 'link' | 'code';
  expires_at: Time;
  used_at: MaybeTime;
}

/** When a confirmation went to an address, as a hash: the limit outlives the deletion of the request. */
export interface ConfirmationTallyTable {
  address_hash: Buffer;
  at: Time;
}

/** What was said, once for each revision of a warning; never changed. */
export interface AlertTable {
  id: string;
  warning: string;
  revision: number;
  change: 'raised' | 'updated' | 'ended' | 'corrected';
  severity: number;
  networks: string[];
  /** AlertBody of alerts/message.ts. */
  body: Json;
  created_at: Time;
  /** Taken back: what of it waits must not go out. */
  void: Generated<boolean>;
  /** Of a correction: what it tells of. */
  retraction: ColumnType<string | null, string | null | undefined, string | null>;
  /** Of a correction of a part: the alerts that said it; null for all earlier ones. */
  told_by: ColumnType<string[] | null, string[] | null | undefined, string[] | null>;
}

/** One message to one subscriber: the row, not the queue, is the truth. */
export interface DeliveryTable {
  id: string;
  purpose: 'alert' | 'confirmation' | 'budget' | 'bulletin';
  alert: string | null;
  bulletin: ColumnType<string | null, string | null | undefined, string | null>;
  request: string | null;
  warning: string | null;
  revision: number;
  subscriber: string;
  channel: AlertChannel;
  severity: number;
  state: 'pending' | 'leased' | 'sent' | 'failed' | 'expired' | 'suppressed' | 'superseded';
  attempt: Generated<number>;
  next_at: Time;
  expires_at: Time;
  lease_until: MaybeTime;
  lease_owner: string | null;
  provider_id: string | null;
  last_error: string | null;
  /** SHA-256 of (purpose, what, revision, subscriber). */
  idem_key: string;
  created_at: Time;
  sent_at: MaybeTime;
  /** When the subscriber said that it was seen. */
  acked_at: MaybeTime;
}

/** What was published of a period that is over. */
export interface BulletinTable {
  id: string;
  kind: 'monthly' | 'quarterly';
  /** `2026-10`, `2026-Q3`. */
  period: string;
  closed_at: Time;
  made_at: Time;
  /** One more each time it was made again before all of it was out. */
  edition: Generated<number>;
  /** BulletinBody of alerts/bulletin.ts. */
  report: Json;
}

/** Every try, append-only. */
export interface DeliveryAttemptTable {
  delivery: string;
  n: number;
  started_at: Time;
  ended_at: Time;
  outcome: 'sent' | 'retry' | 'refused' | 'suppressed';
  response: string;
}

export interface AlertsTables {
  subscriber: SubscriberTable;
  subscription_request: SubscriptionRequestTable;
  confirmation_token: ConfirmationTokenTable;
  confirmation_tally: ConfirmationTallyTable;
  alert: AlertTable;
  bulletin: BulletinTable;
  delivery: DeliveryTable;
  delivery_attempt: DeliveryAttemptTable;
}
