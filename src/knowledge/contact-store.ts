// Contacts that are known: who has which decoy on its contact list, and since when that is known.
import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';
import { type Contact, type ContactChange, contactEnds, contactKey } from './contact-batch.ts';

/** Rows of one statement: a batch seldom has more. */
const MAX_ROWS = 8192;

/** Since when which of the contacts asked for are known, ms since the epoch by `contactKey`. */
export async function findContacts(tx: Db, asked: readonly Contact[]): Promise<ReadonlyMap<string, number>> {
  if (asked.length === 0) return new Map();
  // One look into the index for each: a join may read all of the table instead.
  const found = await sql<Contact & { since: Date }>`
    select g.network, g.decoy, g.sender, known.since from unnest(${asked.map(({ network }) => network)}::text[],
      ${asked.map(({ decoy }) => decoy)}::text[], ${asked.map(({ sender }) => sender)}::uuid[]) as g(network, decoy, sender),
    lateral (select since from contact c
      where c.network = g.network and c.decoy = g.decoy and c.sender = g.sender limit 1) as known`.execute(tx);
  return new Map(found.rows.map(({ since, ...contact }) => [contactKey(contact), since.getTime()]));
}

/** Writes what a batch says of contact lists; nothing is asked of the database when it says nothing. */
export async function recordContacts(tx: Db, changes: readonly ContactChange[]): Promise<void> {
  if (changes.length === 0) return;
  const ends = contactEnds(changes);
  for (let from = 0; from < ends.length; from += MAX_ROWS) {
    const some = ends.slice(from, from + MAX_ROWS);
    const gone = JSON.stringify(some.filter((end) => end.gone));
    const told = JSON.stringify(some.filter(({ since }) => since !== undefined));
    if (gone !== '[]') {
      await sql`delete from contact c using jsonb_to_recordset(${gone}::jsonb) as r(network text, decoy text, sender uuid)
        where c.network = r.network and c.decoy = r.decoy and c.sender = r.sender`.execute(tx);
    }
    if (told === '[]') continue;
    await sql`insert into contact as c (network, decoy, sender, since)
      select network, decoy, sender, since from jsonb_to_recordset(${told}::jsonb)
        as r(network text, decoy text, sender uuid, since timestamptz)
      on conflict (network, decoy, sender) do update set since = excluded.since where excluded.since < c.since`.execute(
      tx,
    );
  }
}
