// Contacts: who has which decoy on its contact list, and how many senders of a campaign had.
import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `create table contact (
    network text not null, decoy text not null, sender uuid not null, since timestamptz not null,
    primary key (network, decoy, sender)) with (fillfactor = 90)`,
  'alter table campaign add column contacts bigint not null default 0',
  // What is no touch is taken off the counts of touches (captures/activity-store.ts).
  `create index capture_contact_lists on capture (at) where kind = 'service-notice' and meta->>'event' = 'contact-list'`,
  // What captures of the past say: requests that no later change of the same peer may have ended. Senders are UUIDs as
  // core/capture-id.ts makes them.
  `insert into contact (network, decoy, sender, since)
    select network, decoy, (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-8' || substr(h, 14, 3) || '-'
        || translate(substr(h, 17, 1), '0123456789abcdef', '89ab89ab89ab89ab') || substr(h, 18, 3) || '-'
        || substr(h, 21, 12))::uuid, since
    from (
      select network, decoy, min(at) as since, encode(sha256(convert_to('6:sender' || octet_length(network) || ':'
        || network || octet_length(peer_id) || ':' || peer_id, 'UTF8')), 'hex') as h
      from capture c
      where peer_id <> 'erased' and (kind = 'contact-request' or kind = 'contact-change' and meta->>'event' = 'added-you')
        and not exists (select from capture l where l.network = c.network and l.decoy = c.decoy and l.peer_id = c.peer_id
          and l.kind = 'contact-change' and l.meta->>'event' is distinct from 'added-you' and l.journal_seq > c.journal_seq)
      group by network, decoy, peer_id) as said`,
] as const;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
