// Entries by indicator: what an analyst or a source tied to them.
import { sql } from 'kysely';
import type { Indicator } from '../core/verdict.ts';
import type { Db } from '../storage/database.ts';
import { indicatorIdOf } from './indicator-store.ts';
import type { ThreatEntry } from './types.ts';

export interface NamedThreat {
  readonly id: string;
  readonly name: string;
  readonly severity: ThreatEntry['severity'];
  readonly tlp: ThreatEntry['tlp'];
}

const MAX_FOUND = 50;

/** Entries that any of the indicators is attached to. */
export async function threatsOfIndicators(db: Db, indicators: readonly Indicator[]): Promise<readonly NamedThreat[]> {
  if (indicators.length === 0) return [];
  const ids = [...new Set(indicators.map(indicatorIdOf))];
  const { rows } = await sql<{ id: string; entry: ThreatEntry }>`
    select distinct on (t.id) t.id, t.entry from threat_indicator i join threat t on t.id = i.threat
    where i.indicator = any(${ids}::uuid[]) order by t.id limit ${MAX_FOUND}`.execute(db);
  return rows.map(namedOf);
}

/** The entries of these ids. */
export async function namedThreats(db: Db, ids: readonly string[]): Promise<readonly NamedThreat[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string; entry: ThreatEntry }>`
    select id, entry from threat where id = any(${[...ids].slice(0, MAX_FOUND)}::text[]) order by id`.execute(db);
  return rows.map(namedOf);
}

function namedOf({ id, entry }: { id: string; entry: ThreatEntry }): NamedThreat {
  const { name, severity, tlp } = entry;
  return { id, name, severity, tlp };
}
