// Entries that stand near an entry: those that point at it, those of its family, those that share an indicator.
import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';
import type { StoredThreat } from './types.ts';

export interface Neighbour {
  /** Id of the other entry. */
  readonly to: string;
  /** How it stands to this one, in words. */
  readonly kind: string;
}

const MAX_NEIGHBOURS = 40;

/** Neighbours without repetition; a stated relation comes before a shared name. */
export async function relatedTo(db: Db, { id }: StoredThreat): Promise<readonly Neighbour[]> {
  const family = id.split('.')[1] ?? id;
  const { rows } = await sql<{ to: string; kind: string }>`
    select distinct on (near.to) near.to, near.kind from (
      select t.id as "to", r ->> 'kind' as kind, 1 as rank from threat t
        cross join lateral jsonb_array_elements(coalesce(t.entry -> 'relations', '[]')) r where r ->> 'threat' = ${id}
      union all
      select distinct b.threat, 'shares an indicator', 2 from threat_indicator a
        join threat_indicator b on b.indicator = a.indicator and b.threat <> a.threat where a.threat = ${id}
      union all
      select t.id, 'same family', 3 from threat t
        where t.type <> 'vulnerability' and t.id <> ${id} and length(${family}) >= 4
          and (split_part(t.id, '.', 2) like ${`${likeText(family)}-%`} or ${family} like split_part(t.id, '.', 2) || '-%'
            or split_part(t.id, '.', 2) = ${family})
    ) near order by near.to, near.rank limit ${MAX_NEIGHBOURS}`.execute(db);
  return rows;
}

function likeText(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}
