// Indicators of a batch of captures: counted over all, and by campaign with the first few decoys that saw each.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Analysed } from '../analysis/types.ts';
import type { Db } from '../storage/database.ts';
import { cutText, indicatorIdOf, MAX_INDICATOR } from './indicator-store.ts';

/** Indicators of one capture that are recorded; analysis gives few, a hostile text many. */
const MAX_PER_CAPTURE = 50;
/** Different decoys remembered for an indicator of a campaign: what disclosure asks for, and no more. */
export const MAX_SPREAD = 3;

interface IndicatorRow {
  readonly id: string;
  readonly type: string;
  readonly value: string;
  first: string;
  last: string;
  n: number;
}
interface LinkRow {
  readonly campaign: string;
  readonly id: string;
  n: number;
  readonly decoys: string[];
}

/** Two statements for the batch. */
export async function recordIndicators(tx: Db, items: readonly Analysed[]): Promise<void> {
  const { indicators, links } = gather(items);
  if (indicators.length === 0) return;
  await sql`insert into indicator as i (id, type, value, first_seen, last_seen, captures)
    select id, type, value, first, last, n from jsonb_to_recordset(${JSON.stringify(indicators)}::jsonb)
      as r(id uuid, type text, value text, first timestamptz, last timestamptz, n bigint)
    on conflict (id) do update set captures = i.captures + excluded.captures,
      first_seen = least(i.first_seen, excluded.first_seen),
      last_seen = greatest(i.last_seen, excluded.last_seen)`.execute(tx);
  if (links.length === 0) return;
  await sql`insert into campaign_indicator as c (campaign, indicator, captures, decoys)
    select campaign, id, n, decoys from jsonb_to_recordset(${JSON.stringify(links)}::jsonb)
      as r(campaign uuid, id uuid, n bigint, decoys text[])
    on conflict (campaign, indicator) do update set captures = c.captures + excluded.captures,
      decoys = case when cardinality(c.decoys) >= ${MAX_SPREAD} or excluded.decoys <@ c.decoys then c.decoys
        else (c.decoys || array(select unnest(excluded.decoys) except select unnest(c.decoys)))[1:3] end`.execute(tx);
}

function gather(items: readonly Analysed[]): { indicators: readonly IndicatorRow[]; links: readonly LinkRow[] } {
  const indicators = new Map<string, IndicatorRow>();
  const links = new Map<string, LinkRow>();
  const decoyHashes = new Map<string, string>();
  const ids = new Map<string, string>();
  for (const { capture, analysis, cluster } of items) {
    const seen = new Set<string>();
    for (const indicator of analysis.indicators.slice(0, MAX_PER_CAPTURE)) {
      const named = `${indicator.type} ${indicator.value}`;
      const id = ids.get(named) ?? indicatorIdOf(indicator);
      ids.set(named, id);
      if (seen.has(id)) continue;
      seen.add(id);
      count(indicators, id, { type: indicator.type, value: cutText(indicator.value, MAX_INDICATOR) }, capture.at);
      if (cluster === undefined) continue;
      const key = `${cluster.campaign} ${id}`;
      const link = links.get(key) ?? { campaign: cluster.campaign, id, n: 0, decoys: [] };
      links.set(key, link);
      link.n += 1;
      const decoy = hashOf(decoyHashes, `${capture.network} ${capture.decoy}`);
      if (link.decoys.length < MAX_SPREAD && !link.decoys.includes(decoy)) link.decoys.push(decoy);
    }
  }
  const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
  return { indicators: [...indicators.values()].sort(byId), links: [...links.values()].sort(byId) };
}

function count(rows: Map<string, IndicatorRow>, id: string, of: { type: string; value: string }, at: string): void {
  const row = rows.get(id) ?? { id, ...of, first: at, last: at, n: 0 };
  rows.set(id, row);
  row.n += 1;
  if (at < row.first) row.first = at;
  if (at > row.last) row.last = at;
}

function hashOf(known: Map<string, string>, decoy: string): string {
  const hash = known.get(decoy) ?? createHash('sha256').update(decoy).digest('base64url').slice(0, 11);
  known.set(decoy, hash);
  return hash;
}
