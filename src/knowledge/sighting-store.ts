// Sightings: how often a threat was met, by network and day of capture.
import { sql } from 'kysely';
import type { Analysed } from '../analysis/types.ts';
import type { Network } from '../core/network.ts';
import type { Db } from '../storage/database.ts';

export interface ThreatSighting {
  readonly network: Network;
  /** Day of capture, `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly captures: number;
  /** RFC 3339. */
  readonly firstSeen: string;
  readonly lastSeen: string;
}

const MAX_DAYS = 400;

/** Sightings of a threat, newest day first. */
export async function sightingsOfThreat(db: Db, threat: string): Promise<readonly ThreatSighting[]> {
  const rows = await db
    .selectFrom('threat_sighting')
    .selectAll()
    .where('threat', '=', threat)
    .orderBy('day', 'desc')
    .limit(MAX_DAYS)
    .execute();
  return rows.map((row) => ({
    network: row.network as Network,
    day: row.day,
    captures: row.captures,
    firstSeen: row.first_seen.toISOString(),
    lastSeen: row.last_seen.toISOString(),
  }));
}

/** Counts new captures against the threats they matched; one statement for the batch. */
export async function recordThreatSightings(db: Db, items: readonly Analysed[]): Promise<void> {
  const rows = new Map<
    string,
    { threat: string; network: string; day: string; n: number; first: string; last: string }
  >();
  for (const { capture, analysis } of items) {
    for (const threat of analysis.threats) {
      const day = capture.at.slice(0, 10);
      const key = `${threat} ${capture.network} ${day}`;
      const row = rows.get(key) ?? { threat, network: capture.network, day, n: 0, first: capture.at, last: capture.at };
      row.n += 1;
      if (capture.at < row.first) row.first = capture.at;
      if (capture.at > row.last) row.last = capture.at;
      rows.set(key, row);
    }
  }
  if (rows.size === 0) return;
  await sql`insert into threat_sighting as s (threat, network, day, captures, first_seen, last_seen)
    select threat, network, day, n, first, last from jsonb_to_recordset(${JSON.stringify([...rows.values()])}::jsonb)
      as r(threat text, network text, day date, n bigint, first timestamptz, last timestamptz)
    on conflict (threat, day, network) do update set captures = s.captures + excluded.captures,
      first_seen = least(s.first_seen, excluded.first_seen),
      last_seen = greatest(s.last_seen, excluded.last_seen)`.execute(db);
}
