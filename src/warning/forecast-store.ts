// Forecasts as they were made, and how right they were once their time had passed.
import { sql } from 'kysely';
import { retractedCampaigns } from '../knowledge/retraction-store.ts';
import type { TouchedCampaigns } from '../knowledge/types.ts';
import type { Db } from '../storage/database.ts';
import type { WarningForecast, WarningRecord } from './types.ts';

/** What came of one horizon of a forecast. */
export interface ForecastOutcome {
  readonly revision: number;
  /** RFC 3339: later revisions without a forecast of their own go on showing this one. */
  readonly madeAt: string;
  readonly aheadMin: number;
  readonly came: number;
  /** Whether the 90 % interval held it. */
  readonly held: boolean;
}

/** How right forecasts of one horizon were. */
export interface ForecastScore {
  readonly aheadMin: number;
  readonly scored: number;
  readonly waiting: number;
  /** Share of scored forecasts whose 90 % interval held what came. */
  readonly held: number;
  /** Median of |log2(expected / came)|. */
  readonly medianError: number;
  /** Mean interval score of log2 counts (Gneiting and Raftery 2007, eq. 43): width, and 20 times what lies outside. */
  readonly intervalScore: number;
  /** Shares of scored forecasts in which no more came than the 5th percentile, the median, the 95th. */
  readonly below: { readonly low: number; readonly expected: number; readonly high: number };
}

const MAX_DUE = 2_000;
/** Captures of before a horizon may still be on their way for so long. */
const GRACE_MS = 10 * 60_000;

/** Keeps the forecasts of revisions; the warnings must be stored. An all-clear shows the last one and makes none. */
export async function recordForecasts(db: Db, records: readonly WarningRecord[]): Promise<void> {
  const made = records.filter(({ kind }) => kind !== 'all-clear');
  const rows = made.flatMap(({ campaign, revision, forecast }) =>
    (forecast?.outlooks ?? []).map(({ at, aheadMin, expected, low, high }) => ({
      ...{ campaign, revision, expected, low, high },
      ahead_min: aheadMin,
      made_at: forecast?.madeAt,
      due_at: at,
      hits: forecast?.hits,
    })),
  );
  if (rows.length === 0) return;
  await sql`insert into forecast (campaign, revision, ahead_min, made_at, due_at, hits, expected, low, high)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(campaign uuid, revision integer,
      ahead_min integer, made_at timestamptz, due_at timestamptz, hits bigint, expected double precision,
      low double precision, high double precision)
    on conflict do nothing`.execute(db);
}

/** The forecast that the warning of each campaign shows, by campaign. */
export async function shownForecasts(
  db: Db,
  campaigns: readonly string[],
): Promise<ReadonlyMap<string, WarningForecast>> {
  if (campaigns.length === 0) return new Map();
  const { rows } = await sql<{ campaign: string; forecast: WarningForecast }>`
    select campaign, record -> 'forecast' as forecast from warning
    where campaign = any(${[...campaigns]}::uuid[]) and record ? 'forecast'`.execute(db);
  return new Map(rows.map(({ campaign, forecast }) => [campaign, forecast]));
}

/** Captures that came late count after all: what was scored without them is scored again. */
export async function reopenForecasts(db: Db, touched: TouchedCampaigns): Promise<void> {
  const rows = [...touched].map(([campaign, touches]) => ({
    campaign,
    first: new Date(touches.reduce((least, { atMs }) => Math.min(least, atMs), Number.POSITIVE_INFINITY)).toISOString(),
  }));
  await sql`update forecast f set came = null, log2_error = null, interval_score = null, scored_at = null
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(campaign uuid, first timestamptz)
    where f.campaign = r.campaign and f.scored_at is not null and f.due_at >= r.first`.execute(db);
}

/**
 * Scores forecasts whose time passed ten minutes ago, by the capture times of what came; some at a time.
 * @returns how many
 */
export async function scoreDue(db: Db, now: Date): Promise<number> {
  const due = new Date(now.getTime() - GRACE_MS).toISOString();
  const { rows } = await sql<{ total: number }>`
    with due as (select campaign, revision, ahead_min, due_at from forecast
        where scored_at is null and due_at <= ${due}::timestamptz order by due_at, campaign limit ${MAX_DUE}),
      counted as (select d.campaign, d.revision, d.ahead_min, (select count(*) from capture c
        where c.campaign = d.campaign and c.at <= d.due_at) as came from due d),
      scored as (update forecast f set came = n.came, scored_at = ${now.toISOString()}::timestamptz,
        log2_error = abs(log(2, ((f.expected + 1) / (n.came + 1))::numeric)),
        interval_score = log(2, ((f.high + 1) / (f.low + 1))::numeric)
          + 20 * greatest(0, log(2, ((f.low + 1) / (n.came + 1))::numeric))
          + 20 * greatest(0, log(2, ((n.came + 1) / (f.high + 1))::numeric))
        from counted n where f.campaign = n.campaign and f.revision = n.revision and f.ahead_min = n.ahead_min
        returning 1)
    select count(*)::int as total from scored`.execute(db);
  return rows[0]?.total ?? 0;
}

/** What came of the forecasts of these campaigns, by campaign. */
export async function outcomesOf(
  db: Db,
  campaigns: readonly string[],
): Promise<ReadonlyMap<string, readonly ForecastOutcome[]>> {
  const { rows } = await sql<Omit<ForecastOutcome, 'madeAt'> & { campaign: string; madeAt: Date }>`
    select campaign, revision, made_at as "madeAt", ahead_min as "aheadMin", came::int as came, came between low and high as held
    from forecast where campaign = any(${[...campaigns]}::uuid[]) and scored_at is not null
    order by revision, ahead_min`.execute(db);
  const outcomes = rows.map((row) => ({ ...row, madeAt: row.madeAt.toISOString() }));
  return Map.groupBy(outcomes, ({ campaign }) => campaign);
}

/** How right all forecasts were, by horizon; those of retracted campaigns do not count. */
export async function forecastScores(db: Db): Promise<readonly ForecastScore[]> {
  const { rows } = await sql<Omit<ForecastScore, 'below'> & ForecastScore['below']>`
    select ahead_min as "aheadMin", count(scored_at)::int as scored, (count(*) - count(scored_at))::int as waiting,
      coalesce(avg((came between low and high)::int), 0)::float8 as held,
      coalesce(percentile_cont(0.5) within group (order by log2_error), 0)::float8 as "medianError",
      coalesce(avg(interval_score), 0)::float8 as "intervalScore",
      coalesce(avg((came <= low)::int), 0)::float8 as low, coalesce(avg((came <= expected)::int), 0)::float8 as expected,
      coalesce(avg((came <= high)::int), 0)::float8 as high
    from forecast where campaign <> all(${[...(await retractedCampaigns(db))]}::uuid[])
    group by ahead_min order by ahead_min`.execute(db);
  return rows.map(({ low, expected, high, ...rest }) => ({ ...rest, below: { low, expected, high } }));
}
