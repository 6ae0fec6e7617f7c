// Signatures: the traits by which analysis ties captures to threats.
import type { ThreatSignature } from '../analysis/types.ts';
import { SEVERITIES, type Severity } from '../core/severity.ts';
import type { IndicatorType } from '../core/verdict.ts';
import { isCveId } from '../core/weakness.ts';
import type { Db } from '../storage/database.ts';
import { fileNameOfAlias } from './alias-file.ts';
import { withdrawnThreats } from './entry-withdrawal.ts';
import { mergedInto } from './merged.ts';
import { HARMLESS_TYPES } from './seed.ts';
import { classOfType } from './threat-class.ts';
import type { ThreatEntry } from './types.ts';
import { VULNERABILITY } from './vulnerability-seed.ts';

/** Indicators attached with less confidence (0 to 100) match nothing. */
const MIN_CONFIDENCE = 50;

/** All signatures of confirmed and unconfirmed threats; harmless entries, withdrawn ones and those merged into others have none. */
export async function loadSignatures(db: Db): Promise<readonly ThreatSignature[]> {
  const [threats, traits, indicators] = [
    await db.selectFrom('threat').select(['id', 'entry', 'type']).execute(),
    await db.selectFrom('threat_signature').select(['threat', 'data']).execute(),
    await db
      .selectFrom('threat_indicator')
      .innerJoin('indicator', 'indicator.id', 'threat_indicator.indicator')
      .select(['threat_indicator.threat', 'indicator.type', 'indicator.value'])
      .where('threat_indicator.confidence', '>=', MIN_CONFIDENCE)
      .execute(),
  ];
  const withdrawn = await withdrawnThreats(db);
  const silent = threats.filter(
    ({ id, type, entry }) =>
      HARMLESS_TYPES.includes(type) || withdrawn.has(id) || mergedInto(entry as ThreatEntry) !== undefined,
  );
  const without = new Set(silent.map(({ id }) => id));
  const all: ThreatSignature[] = [
    ...traits.map(({ threat, data }) => ({ threat, ...(data as Trait) })),
    ...threats.flatMap(({ id, entry }) => aliasSignatures(id, entry as ThreatEntry)),
    ...indicators.map(
      ({ threat, type, value }): ThreatSignature => ({ threat, kind: 'indicator', type: type as IndicatorType, value }),
    ),
  ];
  return all.filter(({ threat }) => !without.has(threat));
}

type Trait =
  | Omit<Extract<ThreatSignature, { kind: 'lure' }>, 'threat'>
  | Omit<Extract<ThreatSignature, { kind: 'file-name' }>, 'threat'>;

/** File names among the aliases of an entry; CVE ids among those of a vulnerability. */
export function aliasSignatures(threat: string, entry: ThreatEntry): readonly ThreatSignature[] {
  return entry.aliases.flatMap((alias): readonly ThreatSignature[] => {
    if (entry.type === VULNERABILITY && isCveId(alias)) {
      return [{ threat, kind: 'weakness', cve: alias, severity: severityOf(entry) }];
    }
    const pattern = fileNameOfAlias(alias);
    if (pattern === undefined) return [];
    return [
      { threat, kind: 'file-name', pattern, class: classOfType(entry.type), severity: severityOf(entry) } as const,
    ];
  });
}

function severityOf(entry: ThreatEntry): Severity {
  return SEVERITIES.find((one) => one === entry.severity) ?? 'medium';
}
