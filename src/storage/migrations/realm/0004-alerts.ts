// Subscribers, alerts and the outbox. Ids are made by the program; sets are text arrays; severities are 1 to 5.
import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `create table subscriber (
    id uuid primary key,
    channel text not null,
    address text not null,
    address_key text not null,
    state text not null check (state in ('requested', 'confirmed', 'stopped')),
    networks text[] not null,
    min_severity smallint not null check (min_severity between 1 and 5),
    stop_token text not null unique,
    created_at timestamptz not null,
    confirmed_at timestamptz,
    stopped_at timestamptz,
    unique (channel, address_key)
  )`,
  `create table subscription_request (
    id uuid primary key,
    subscriber uuid not null references subscriber on delete cascade,
    requested_at timestamptz not null,
    via text not null,
    ip text,
    networks text[] not null,
    min_severity smallint not null,
    consent_text text not null,
    confirmed_at timestamptz,
    confirmed_by text
  )`,
  'create index subscription_request_subscriber on subscription_request (subscriber, requested_at)',
  'create index subscription_request_ip on subscription_request (ip, requested_at) where ip is not null',
  `create table confirmation_token (
    hash bytea primary key,
    request uuid not null references subscription_request on delete cascade,
    kind text not null,
    expires_at timestamptz not null,
    used_at timestamptz
  )`,
  'create index confirmation_token_request on confirmation_token (request)',
  'create table confirmation_tally (address_hash bytea not null, at timestamptz not null)',
  'create index confirmation_tally_address on confirmation_tally (address_hash, at)',
  `create table alert (
    id uuid primary key,
    warning text not null,
    revision int not null,
    change text not null,
    severity smallint not null,
    networks text[] not null,
    body jsonb not null,
    created_at timestamptz not null,
    unique (warning, revision)
  )`,
  `create table delivery (
    id uuid primary key,
    purpose text not null,
    alert uuid references alert on delete cascade,
    request uuid references subscription_request on delete cascade,
    warning text,
    revision int not null,
    subscriber uuid not null references subscriber on delete cascade,
    channel text not null,
    severity smallint not null,
    state text not null,
    attempt int not null default 0,
    next_at timestamptz not null,
    expires_at timestamptz not null,
    lease_until timestamptz,
    lease_owner text,
    provider_id text,
    last_error text,
    idem_key text not null unique,
    created_at timestamptz not null,
    sent_at timestamptz
  )`,
  // Small however long the history grows: only what still has to be done.
  `create index delivery_open on delivery (severity desc, created_at) where state in ('pending', 'leased')`,
  `create index delivery_in_flight on delivery (subscriber) where state = 'leased'`,
  'create index delivery_subscriber on delivery (subscriber, sent_at)',
  'create index delivery_warning on delivery (warning, subscriber) where warning is not null',
  'create index delivery_alert on delivery (alert) where alert is not null',
  'create index delivery_request on delivery (request) where request is not null',
  `create table delivery_attempt (
    delivery uuid not null references delivery on delete cascade,
    n int not null,
    started_at timestamptz not null,
    ended_at timestamptz not null,
    outcome text not null,
    response text not null,
    primary key (delivery, n)
  )`,
] as const;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
