// The report over a large store: `node bench/report.ts [--captures=N]`. Real embedded PostgreSQL with fsync; rows are made by SQL, with the
// widths that captures of the range have. While a report is made, captures are inserted one a transaction beside it.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { SILENT } from '../src/core/clock.ts';
import { makeReport } from '../src/report/compose.ts';
import { parsePeriod } from '../src/report/period.ts';
import { QUERIES, type QueryId } from '../src/report/queries-store.ts';
import { askOne } from '../src/report/report-store.ts';
import { type Db, openDatabase } from '../src/storage/database.ts';
import { startEmbedded } from '../src/storage/embedded/embedded.ts';
import { migrate } from '../src/storage/migrate.ts';
import { print, quantile, whole } from './pipeline/print.ts';

const { values } = parseArgs({ options: { captures: { type: 'string', default: '1000000' } } });
const captures = Number(values.captures);
const NOW = new Date('2026-10-02T00:00:00Z');

const dir = await mkdtemp(join(tmpdir(), 'sundew-bench-report-'));
const embedded = await startEmbedded({ dir, log: SILENT });
const database = openDatabase({ url: embedded.url, realm: 'live' });
try {
  await migrate(database);
  await fill(database.db, captures);
  await measure(database.db);
} finally {
  await database.close();
  await embedded.stop();
  await rm(dir, { recursive: true, force: true });
}

/** Two quarters, three quarters of the captures in the later one; 400 decoys, 20,000 campaigns, 4,000 warnings. */
async function fill(db: Db, count: number): Promise<void> {
  await sql`insert into capture (id, at, network, sensor, decoy, peer_id, peer, kind, text, meta, journal_seq, class, score, severity, reasons,
      indicators, language, campaign, threats, simulated)
    select gen_random_uuid(), timestamptz '2026-04-01' + interval '183 days' * sqrt(i::float8 / ${count}), 
      (array['xmpp','irc','oscar','msnp','ymsg','sametime'])[1 + i % 6], 'edge', 'd' || i % 400 || '@decoys.example', 'peer' || i % 5000 || '@senders.example',
      jsonb_build_object('id', 'peer' || i % 5000 || '@senders.example', 'address', '203.0.113.9:5222', 'client', 'bench'),
      (array['message','message','message','file-offer','contact-request'])[1 + i % 5], repeat('hello you look at this picture of us ', 3) || i, '{}', i,
      (array['worm','malware','phishing','spam','unknown'])[1 + i % 5], 0.9, 1 + i % 5, array['a link to an executable', 'the same text from several senders'],
      jsonb_build_array(jsonb_build_object('type', case when i % 3 = 0 then 'url' else 'email' end, 'value', 'http://host' || i % 900 || '.example/a.scr')),
      (array['en','de','es',null])[1 + i % 4], md5('c' || i % 20000)::uuid, case when i % 4 = 0 then array['im.t' || i % 40 || '.msn'] else '{}' end, false
    from generate_series(1, ${count}) i`.execute(db);
  await sql`insert into campaign (id, title, class, severity, networks, threats, first_seen, last_seen, captures, senders, decoys, unambiguous_harm, samples)
    select campaign, 'Campaign', 'worm', 4, array_agg(distinct network), '{}', min(at), max(at), count(*), 9, count(distinct decoy), false, '[]'
    from capture group by campaign`.execute(db);
  await sql`insert into campaign_decoy select campaign, network, decoy, min(at) from capture group by 1, 2, 3`.execute(
    db,
  );
  await sql`insert into threat (id, revision, entry, name, type, networks, severity, confirmed, search, updated_at)
    select 'im.t' || t || '.msn', 1, jsonb_build_object('tlp', 'clear', 'techniques', jsonb_build_array(jsonb_build_object('id', 'T1566', 'name', 'Phishing')),
      'variants', '[]'::jsonb), 'Family ' || t, 'im-worm', array['msn'], 4, true, '', now() from generate_series(0, 39) t`.execute(
    db,
  );
  const record = JSON.stringify({
    kind: 'advisory',
    title: 'Campaign',
    networks: ['xmpp'],
    severity: 'high',
    class: 'worm',
    growth: 'steady',
    reasons: [],
    advice: [],
    indicators: [],
    template: 'x'.repeat(2_000),
  });
  await sql`insert into warning (campaign, id, revision, kind, at, updated_at, last_seen, severity, class, networks, growth, decoys, senders, captures, open, record)
    select id, 'W-' || left(id::text, 8), 6, 'update', first_seen, last_seen, last_seen, 4, class, networks, 'steady', decoys, senders, captures, false,
      ${record}::jsonb || jsonb_build_object('id', 'W-' || left(id::text, 8), 'campaign', id, 'at', first_seen, 'updatedAt', last_seen, 'decoys', decoys, 'senders', senders, 'captures', captures)
    from campaign order by id limit 4000`.execute(db);
  await sql`insert into warning_revision select campaign, r, at + r * interval '1 minute', true, 'updated', record from warning, generate_series(1, 6) r`.execute(
    db,
  );
  await sql`insert into forecast (campaign, revision, ahead_min, made_at, due_at, hits, expected, low, high, came, log2_error, interval_score, scored_at)
    select campaign, 1, ahead, at, at + ahead * interval '1 minute', 10, 20, 10, 40, 25, 0.3, 1, now() from warning, unnest(array[60, 120, 360, 1440]) ahead`.execute(
    db,
  );
  await sql`analyze`.execute(db);
}

async function measure(db: Db): Promise<void> {
  const [load = 0] = loadavg();
  const { rows } = await sql<{
    size: string;
  }>`select pg_size_pretty(pg_total_relation_size('capture')) as size`.execute(db);
  print(
    `-- ${availableParallelism()} cores, load ${load.toFixed(1)}; ${whole(captures)} captures (${rows[0]?.size}), 4,000 warnings`,
  );
  const options = {
    realm: 'live',
    tier: 'operator',
    kind: 'report',
    now: NOW,
    delayMs: 900_000,
    decoys: [],
    scrub: (text: string) => text,
  } as const;
  const alone = await insertsWhile(db, () => new Promise((resolve) => setTimeout(resolve, 5_000)));
  print(`one insert and commit, alone: median ${alone.median.toFixed(1)} ms, p99 ${alone.p99.toFixed(1)} ms`);
  for (const id of ['2026-Q3', '2026-09', '2026-Q3']) {
    const period = parsePeriod(id);
    const from = performance.now();
    const beside = await insertsWhile(db, () => makeReport(db, { ...options, period }));
    print(
      `report of ${id}: ${((performance.now() - from) / 1_000).toFixed(1)} s; inserts beside it: median ${beside.median.toFixed(1)} ms, p99 ${beside.p99.toFixed(1)} ms`,
    );
  }
  const { from, to } = parsePeriod('2026-Q3');
  for (const query of Object.keys(QUERIES) as QueryId[]) {
    const start = performance.now();
    await askOne(db, query, { from, to, delayMs: 900_000 });
    print(`  ${query}: ${whole(performance.now() - start)} ms`);
  }
}

/** How long single inserts take while something else runs. */
async function insertsWhile(db: Db, work: () => Promise<unknown>): Promise<{ median: number; p99: number }> {
  let running = true;
  const done = work().finally(() => {
    running = false;
  });
  const times: number[] = [];
  while (running) {
    const start = performance.now();
    await sql`insert into capture select (c).* from (select jsonb_populate_record(c, jsonb_build_object('id', ${randomUUID()}::text)) as c from capture c limit 1) x`.execute(
      db,
    );
    times.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await done;
  times.sort((a, b) => a - b);
  return { median: quantile(times, 0.5), p99: quantile(times, 0.99) };
}
