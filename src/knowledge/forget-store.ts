// Texts of erased captures that a campaign kept as examples.
import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';
import { MAX_SAMPLE, MAX_WORDING_SAMPLE } from './campaign-batch.ts';
import { cutText } from './indicator-store.ts';

/** Takes a text out of the examples of a campaign and of the one that it was merged into; a wording that others used too stays. */
export async function forgetText(tx: Db, campaign: string, text: string): Promise<void> {
  const ids = sql`select unnest(array[id, merged_into]) from campaign where id = ${campaign}`;
  const sample = JSON.stringify(cutText(text, MAX_SAMPLE));
  await sql`
    update campaign set samples = coalesce(
      (select jsonb_agg(one order by nth) from jsonb_array_elements(samples) with ordinality as each (one, nth)
       where one <> ${sample}::jsonb), '[]')
    where id in (${ids})`.execute(tx);
  await sql`
    delete from campaign_wording where campaign in (${ids}) and captures = 1
      and sample = ${cutText(text, MAX_WORDING_SAMPLE)}`.execute(tx);
}
