// Reports over the API of a real center: captures replayed through the real pipeline, figures against the captures and
// against their own queries.
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { until } from '../../test/support/sundew.ts';
import type { Report as ReportDocument } from '../report/model.ts';
import { renderHtml } from '../report/render/html.ts';
import { isQueryId } from '../report/report-store.ts';
import { madeCaptures, madeLines } from '../report/testing/captures.ts';
import { openDatabase } from '../storage/database.ts';
import type { ReportPeriodList, ReportQueryRows } from './api/contract.ts';
import { openTestCenter, type TestCenter } from './testing/open-center.ts';

const QUARTER = '2026-Q3';
let site: TestCenter;

beforeAll(async () => {
  site = await openTestCenter();
  for await (const line of site.control.stream('/api/v1/replay', Readable.from([madeLines()]), 'application/x-ndjson'))
    expect(line.failed).toBeUndefined();
  // What the clock does of the past is done before figures are compared: warnings ended, forecasts scored.
  await using database = openDatabase({ url: site.databaseUrl, realm: 'live', max: 1 });
  await until(async () => {
    const { rows } = await sql<{ left: number }>`select (select count(*) from warning where open)
      + (select count(*) from forecast where scored_at is null) as left`.execute(database.db);
    return rows[0]?.left === 0 ? true : undefined;
  });
}, 120_000);
afterAll(() => site[Symbol.asyncDispose]());

const reportOf = (period: string, query = ''): Promise<ReportDocument> =>
  site.control.call<ReportDocument>('GET', `/api/v1/console/reports/${period}?realm=live${query}`);
const captures = madeCaptures().filter(({ at }) => at >= '2026-07' && at < '2026-10');
const counted = (key: (one: (typeof captures)[number]) => string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const one of captures) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return counts;
};
const tableOf = (report: ReportDocument, id: string): ReportDocument['sections'][number]['tables'][number] => {
  const found = report.sections.flatMap(({ tables }) => tables).find((table) => table.id === id);
  if (found === undefined) throw new Error(`no table ${id}`);
  return found;
};
const figureOf = (report: ReportDocument, id: string): ReportDocument['sections'][number]['figures'][number] => {
  const found = report.sections.flatMap(({ figures }) => figures).find((figure) => figure.id === id);
  if (found === undefined) throw new Error(`no figure ${id}`);
  return found;
};

describe('the report of a quarter', () => {
  test('has thirteen sections, and counts what was captured', async () => {
    const report = await reportOf(QUARTER);
    expect(report.sections.map(({ number }) => number)).toEqual(Array.from({ length: 13 }, (_, at) => at + 1));
    const before = madeCaptures().filter(({ at }) => at >= '2026-04' && at < '2026-07').length;
    expect(figureOf(report, 'captures')).toMatchObject({
      value: captures.length,
      before,
      yearBefore: 0,
      change: Math.round((100 * (captures.length - before)) / before),
    });
    const days = tableOf(report, 'days').rows;
    expect(days).toHaveLength(92);
    const byDay = counted(({ at }) => at.slice(0, 10));
    for (const [day, count] of days) expect(count).toBe(byDay.get(String(day)) ?? 0);
    const networks = new Map(tableOf(report, 'networks').rows.map(([name, count]) => [name, count]));
    expect(networks.get('MSN Messenger')).toBe(counted(({ network }) => network).get('msnp'));
    const decoys = new Set(captures.map(({ network, decoy }) => `${network} ${decoy}`)).size;
    expect(figureOf(report, 'touched').value).toBe(decoys);
    expect(figureOf(report, 'reports').value).toBe(captures.filter(({ kind }) => kind === 'report').length);
    expect(figureOf(report, 'gap-days').value).toBe(92 - byDay.size);
    expect(tableOf(report, 'families').rows.map(([name]) => name)).toContain('PrettyPark');
    expect(figureOf(report, 'warnings').value).toBeGreaterThan(0);
  });

  test('every figure and table names a query, which runs as it is shown and gives what the report says', async () => {
    const report = await reportOf(QUARTER);
    const shown = new Map(report.queries.map(({ id, query }) => [id, query]));
    const parts = report.sections.flatMap(({ figures, tables }) => [...figures, ...tables]);
    for (const { query } of parts) expect(shown.has(query)).toBe(true);
    await using database = openDatabase({ url: site.databaseUrl, realm: 'live', max: 1 });
    await sql`set timezone = 'UTC'`.execute(database.db);
    const rowsOf = new Map<string, readonly Record<string, unknown>[]>();
    for (const [id, query] of shown) {
      if (!isQueryId(id)) continue;
      const { rows } = await sql.raw<Record<string, unknown>>(query).execute(database.db);
      rowsOf.set(id, rows);
      const again = await site.control.call<z.infer<typeof ReportQueryRows>>(
        'GET',
        `/api/v1/console/reports/${QUARTER}/queries/${id}?realm=live`,
      );
      expect(again.rows).toEqual(JSON.parse(JSON.stringify(rows)));
      expect(again.query).toBe(query);
    }
    let compared = 0;
    for (const figure of report.sections.flatMap(({ figures }) => figures)) {
      const value = rowsOf.get(figure.query)?.[0]?.[figure.reads];
      if (value === undefined || value === null) continue;
      compared += 1;
      expect({ id: figure.id, value: figure.value }).toEqual({ id: figure.id, value });
    }
    expect(compared).toBeGreaterThan(15);
    for (const table of report.sections.flatMap(({ tables }) => tables)) {
      const at = table.columns.findIndex(({ key }) => key === 'captures');
      const rows = rowsOf.get(table.query) ?? [];
      if (at < 0 || table.id === 'days' || table.id === 'touched-most') continue;
      expect(table.rows.map((row) => row[at])).toEqual(rows.map(({ captures: count }) => count));
    }
  });

  test('a period without any capture reads as one', async () => {
    const report = await reportOf('2024-Q1');
    expect(figureOf(report, 'captures')).toMatchObject({ value: 0, before: 0, change: null });
    expect(tableOf(report, 'networks')).toMatchObject({ rows: [], none: 'No capture came in this period.' });
    expect(tableOf(report, 'days').rows).toHaveLength(91);
    expect(renderHtml(report)).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('a running period says how far it has come, and one that lies ahead is empty', async () => {
    const now = new Date();
    const running = await reportOf(now.toISOString().slice(0, 7));
    expect(running).toMatchObject({ running: true });
    expect(Date.parse(running.until)).toBeLessThanOrEqual(Date.now());
    const ahead = await reportOf(`${now.getUTCFullYear() + 1}-Q4`);
    expect(tableOf(ahead, 'days').rows).toEqual([]);
  });

  test('the bulletin is short: what was new, what of, what to do, what was said', async () => {
    const bulletin = await reportOf('2026-09', '&bulletin=true');
    expect(bulletin).toMatchObject({ kind: 'bulletin', before: { id: '2026-08' } });
    expect(bulletin.sections.map(({ id }) => id)).toEqual(['headline', 'shares', 'families', 'outlook', 'alerts']);
    for (const { items } of bulletin.sections.find(({ id }) => id === 'outlook')?.lists ?? [])
      expect(items).toHaveLength(3);
  });
});

describe('for everybody', () => {
  test('nothing says which decoys there are, what one decoy saw, or how many of them saw it', async () => {
    const report = await reportOf(QUARTER, '&tier=public');
    const said = JSON.stringify({ ...report, queries: [] });
    for (const { decoy, peer } of madeCaptures()) {
      expect(said).not.toContain(decoy.split('@')[0]);
      expect(said).not.toContain(peer.id);
    }
    expect(said).not.toContain('only-you');
    expect(said).not.toContain('LoveLetter');
    expect(said).toContain('PrettyPark');
    // One decoy was touched on the 21st, none on the 22nd: both look alike.
    const days = new Map(tableOf(report, 'days').rows.map(([day, count]) => [day, count]));
    expect([days.get('2026-09-21'), days.get('2026-09-22'), days.get('2026-07-06')]).toEqual(['few', 'few', '10-29']);
    expect(report.sections.flatMap(({ figures }) => figures).map(({ id }) => id)).not.toContain('configured');
    expect(report.sections.flatMap(({ tables }) => tables).map(({ id }) => id)).not.toContain('silent');
    expect(figureOf(report, 'captures')).toMatchObject({ value: '30-99', change: null });
  });

  test('one more message to one decoy changes nothing that is told', async () => {
    const before = await reportOf('2026-08', '&tier=public');
    const [first] = madeCaptures();
    const more = {
      ...first,
      at: '2026-08-03T10:00:00.000Z',
      network: 'sametime',
      text: 'for one alone',
      peer: { id: 'x@y.example' },
    };
    for await (const _ of site.control.stream(
      '/api/v1/replay',
      Readable.from([`${JSON.stringify(more)}\n`]),
      'application/x-ndjson',
    ));
    const after = await reportOf('2026-08', '&tier=public&bulletin=true');
    const told = (report: ReportDocument): unknown =>
      report.sections
        .filter(({ id }) => id !== 'outlook' && after.sections.some((one) => one.id === id))
        .map((section) => ({ ...section, number: 0 }));
    expect(told(after)).toEqual(told(before));
  });

  test('lists whole quarters and months, and answers for nothing else', async () => {
    const list = (await (await site.call('GET', '/api/v1/reports')).json()) as z.infer<typeof ReportPeriodList>;
    expect(list.simulated).toBe(true);
    expect((await site.call('GET', '/api/v1/reports/2026-07-01..2026-07-02')).status).toBe(400);
    expect((await site.call('GET', `/api/v1/reports/${new Date().getUTCFullYear() + 2}-Q1`)).status).toBe(404);
    expect((await site.call('GET', '/api/v1/reports/nonsense')).status).toBe(400);
    for (const path of [QUARTER, `${QUARTER}/queries/days`])
      expect((await site.call('GET', `/api/v1/console/reports/${path}`)).status).toBe(401);
    const shown = await site.call('GET', `/api/v1/reports/${QUARTER}?format=html`);
    expect(shown.headers.get('content-disposition')).toBe('attachment; filename="sundew-report-2026-Q3.html"');
    expect(await shown.text()).toContain('Simulated');
  });

  test('an unknown query, and a period that would be SQL, are refused', async () => {
    const ask = (path: string): Promise<unknown> => site.control.call('GET', `/api/v1/console/reports/${path}`);
    await expect(ask(`${QUARTER}/queries/toString`)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(ask(`${encodeURIComponent("2026-Q1'; drop")}`)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });
});
