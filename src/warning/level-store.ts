// Threat levels as they stand, one row a network.
import { sql } from 'kysely';
import { NETWORKS, type Network } from '../core/network.ts';
import { SEVERITIES, type ThreatLevel } from '../core/severity.ts';
import { isRetracted } from '../knowledge/retraction-store.ts';
import type { Db } from '../storage/database.ts';
import { type LevelFacts, levelOf, type StandingLevel, stepLevel } from './level.ts';
import type { Growth, WarningKind, WarningRecord } from './types.ts';

export interface NetworkLevelRecord {
  readonly network: Network;
  readonly level: ThreatLevel;
  readonly reason: string;
  /** RFC 3339. */
  readonly since: string;
  /** Warnings of this network that changed in the last 24 hours, advance notices and retracted ones aside. */
  readonly warnings24h: number;
}

const DAY = 86_400_000;

/** The levels at `now`: as stored, stepped on to `now`; nothing is written. */
export async function networkLevels(
  db: Db,
  now: Date,
  networks: readonly Network[] = NETWORKS,
): Promise<readonly NetworkLevelRecord[]> {
  const [standing, facts, counts] = [await loadLevels(db), await openFacts(db), await countsByNetwork(db, now)];
  return networks.map((network) => {
    const next = nextLevel(standing.get(network), facts, network, now);
    const since = new Date(next.sinceMs).toISOString();
    const { level, reason } = next;
    return { network, level, reason, since, warnings24h: counts.get(network) ?? 0 };
  });
}

/** Steps every level on to `now` and stores it. @returns those whose level changed, for the live stream */
export async function updateLevels(tx: Db, now: Date): Promise<readonly NetworkLevelRecord[]> {
  const [standing, facts, counts] = [await loadLevels(tx), await openFacts(tx), await countsByNetwork(tx, now)];
  const changed: NetworkLevelRecord[] = [];
  const rows = NETWORKS.flatMap((network) => {
    const before = standing.get(network);
    const next = nextLevel(before, facts, network, now);
    const { level, reason, sinceMs, calmerSinceMs } = next;
    if (JSON.stringify(before) === JSON.stringify(next)) return [];
    const since = new Date(sinceMs).toISOString();
    const warnings24h = counts.get(network) ?? 0;
    if (before !== undefined && before.level !== level) changed.push({ network, level, reason, since, warnings24h });
    if (before === undefined && level !== 'green') changed.push({ network, level, reason, since, warnings24h });
    const calmer = calmerSinceMs === undefined ? null : new Date(calmerSinceMs).toISOString();
    return [{ network, level, reason, since, calmer }];
  });
  if (rows.length === 0) return changed;
  await sql`insert into network_level (network, level, reason, since, calmer_since)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(network text, level text, reason text,
      since timestamptz, calmer timestamptz)
    on conflict (network) do update set level = excluded.level, reason = excluded.reason, since = excluded.since,
      calmer_since = excluded.calmer_since`.execute(tx);
  return changed;
}

function nextLevel(
  before: StandingLevel | undefined,
  facts: readonly LevelFacts[],
  network: Network,
  now: Date,
): StandingLevel {
  const own = facts.filter(({ networks }) => networks.includes(network));
  return stepLevel(before, levelOf(own, now.getTime()), now.getTime());
}

async function loadLevels(db: Db): Promise<ReadonlyMap<string, StandingLevel>> {
  const rows = await db.selectFrom('network_level').selectAll().execute();
  return new Map(
    rows.map(({ network, level, reason, since, calmer_since }) => {
      const base = { level: level as ThreatLevel, reason, sinceMs: since.getTime() };
      return [network, calmer_since === null ? base : { ...base, calmerSinceMs: calmer_since.getTime() }];
    }),
  );
}

async function openFacts(db: Db): Promise<readonly LevelFacts[]> {
  const rows = await db
    .selectFrom('warning')
    .select(['kind', 'severity', 'growth', 'networks', 'last_seen', 'record'])
    .where('open', '=', true)
    .where('kind', '<>', 'advance-notice')
    .where(sql<boolean>`not ${isRetracted(sql.ref('warning.campaign'))}`)
    .execute();
  return rows.map((row) => ({
    title: (row.record as WarningRecord).title,
    kind: row.kind as WarningKind,
    severity: SEVERITIES[row.severity - 1] ?? 'info',
    growth: row.growth as Growth,
    networks: row.networks as Network[],
    lastSeenMs: row.last_seen.getTime(),
  }));
}

async function countsByNetwork(db: Db, now: Date): Promise<ReadonlyMap<string, number>> {
  const result = await sql<{ network: string; total: number }>`
    select network, count(*)::int as total from warning, unnest(networks) as network
    where updated_at > ${new Date(now.getTime() - DAY)} and updated_at <= ${now} and kind <> 'advance-notice'
      and not ${isRetracted(sql.ref('warning.campaign'))}
    group by network`.execute(db);
  return new Map(result.rows.map(({ network, total }) => [network, total]));
}
