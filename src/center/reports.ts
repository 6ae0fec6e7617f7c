// Makes reports for the API: one at a time a realm, and the same one not twice within minutes.
import type { Clock } from '../core/clock.ts';
import { SundewError } from '../core/error.ts';
import type { Network } from '../core/network.ts';
import { makeReport, untilOf } from '../report/compose.ts';
import type { Report, ReportPeriod } from '../report/model.ts';
import { parsePeriod, periodsSince } from '../report/period.ts';
import { type AnyQueryId, askOne, firstCapture, isQueryId, type Row, sqlOf } from '../report/report-store.ts';
import type { Tier } from '../warning/disclosure.ts';
import type { RealmParts } from './realm.ts';

/** A report is made again after so long: late captures and corrections count. */
const KEPT_MS = 60_000;
const MAX_KEPT = 24;
const MAX_ROWS = 5_000;

export interface ReportDesk {
  periods(realm: RealmParts): Promise<readonly (ReportPeriod & { readonly running: boolean })[]>;
  /** @throws SundewError INPUT_INVALID, NOT_FOUND (nothing of that period may be told yet) */
  report(realm: RealmParts, wanted: WantedReport): Promise<Report>;
  /** @throws SundewError INPUT_INVALID, NOT_FOUND */
  query(
    realm: RealmParts,
    period: string,
    id: string,
  ): Promise<{ readonly query: string; readonly rows: readonly Row[] }>;
}

export interface WantedReport {
  readonly period: string;
  readonly tier: Tier;
  readonly kind: Report['kind'];
}

export interface ReportDeskOptions {
  readonly clock: Clock;
  /** Every decoy, of both realms. */
  decoys(): Promise<readonly { readonly network: Network; readonly address: string; readonly simulated: boolean }[]>;
}

interface Kept {
  readonly atMs: number;
  readonly report: Promise<Report>;
}

export function createReportDesk({ clock, decoys }: ReportDeskOptions): ReportDesk {
  const kept = new Map<string, Kept>();
  let last: Promise<unknown> = Promise.resolve();
  const make = async (realm: RealmParts, { tier, kind }: WantedReport, period: ReportPeriod): Promise<Report> => {
    const simulated = realm.realm === 'simulated';
    const own = (await decoys()).filter((decoy) => decoy.simulated === simulated);
    const { delayMs, scrub } = realm.view;
    const now = clock.now();
    return makeReport(realm.db, {
      ...{ realm: realm.realm, tier, kind, period, now, scrub, decoys: own },
      delayMs: simulated ? 0 : delayMs,
    });
  };
  return {
    periods: async ({ realm, db }) => {
      const [first, now] = [await firstCapture(db), clock.now()];
      return periodsSince(first ?? now, now)
        .filter((period) => Date.parse(untilOf({ period, now, tier: 'public', realm })) > Date.parse(period.from))
        .map((period) => ({ ...period, running: Date.parse(period.to) > now.getTime() }));
    },
    report: (realm, wanted) => {
      const period = parsePeriod(wanted.period);
      if (wanted.tier !== 'operator') refuseEarly(realm, period, clock.now());
      const key = [realm.realm, wanted.tier, wanted.kind, period.id].join(' ');
      const now = clock.now().getTime();
      const held = kept.get(key);
      if (held !== undefined && now - held.atMs < KEPT_MS) return held.report;
      // One after another: a crowd that asks for reports waits, the pipeline does not.
      const report = last.then(() => make(realm, wanted, period));
      last = report.catch(() => kept.delete(key)); // whoever asked is told; the next one asks anew
      kept.delete(key);
      kept.set(key, { atMs: now, report });
      for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - MAX_KEPT))) kept.delete(oldest);
      return report;
    },
    query: async ({ db, view, realm }, periodId, id) => {
      if (!isQueryId(id)) throw new SundewError('NOT_FOUND', `the report has no query "${id.slice(0, 60)}"`);
      const period = parsePeriod(periodId);
      const to = untilOf({ period, now: clock.now(), tier: 'operator', realm });
      const range = { from: period.from, to, delayMs: realm === 'simulated' ? 0 : view.delayMs };
      const known: AnyQueryId = id;
      return { query: sqlOf(known, range), rows: (await askOne(db, known, range)).slice(0, MAX_ROWS) };
    },
  };
}

/** Outsiders get whole quarters and months, which everybody gets alike: what days may be asked for could be taken from each other. */
function refuseEarly({ realm }: RealmParts, period: ReportPeriod, now: Date): void {
  if (period.kind === 'days')
    throw new SundewError('INPUT_INVALID', 'reports for everybody are of quarters and months: 2026-Q3, 2026-10');
  if (untilOf({ period, now, tier: 'public', realm }) === period.from)
    throw new SundewError('NOT_FOUND', `there is nothing to tell of ${period.label} yet`);
}
