// What must hold once everything is drained: the store, the evidence and the far side agree with what was promised.
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import type { Received } from './far-side.ts';
import type { Report } from './report.ts';
import type { World } from './world.ts';

const SHOWN = 5;
const some = (items: Iterable<unknown>): string => [...items].slice(0, SHOWN).join(', ');

/** Runs every check. The store is asked directly, over the embedded database's socket. */
export async function checkWorld(world: World, report: Report): Promise<void> {
  await using database = openDatabase({ url: await urlOf(world.dataDir), realm: 'live', max: 1 });
  await checkCaptures(world, database, report);
  await checkCampaigns(database, report);
  await checkEvidence(world, report);
  await checkDeliveries(world, database, report);
}

async function urlOf(dataDir: string): Promise<string> {
  const socket = join(await realpath(dataDir), 'postgres', 'run');
  return `postgresql://sundew@localhost/sundew?host=${encodeURIComponent(socket)}&port=5432`;
}

async function checkCaptures({ flow }: World, { db }: Database, report: Report): Promise<void> {
  const rows = await db.selectFrom('capture').select(['id', 'text']).where('text', 'like', '%(soak %').execute();
  const ids = new Map<number, string[]>();
  for (const { id, text } of rows) {
    const number = Number(/\(soak (\d{6})\)$/.exec(text ?? '')?.[1]);
    ids.set(number, [...(ids.get(number) ?? []), id]);
  }
  const missing = Array.from({ length: flow.total }, (_, number) => number).filter((number) => !ids.has(number));
  const twice = [...ids].filter(([, of]) => of.length > 1).map(([number]) => number);
  const wrong = [...flow.replayIds].filter(([number, id]) => ids.has(number) && !ids.get(number)?.includes(id));
  report.figure('captures acknowledged', flow.acknowledged);
  report.check('every acknowledged capture is in the store', missing.length === 0, missingText(missing, flow.total));
  report.check('none is there twice', twice.length === 0 && ids.size <= flow.total, some(twice) || 'by number and id');
  report.check('replayed captures have the ids of their messages', wrong.length === 0, some(wrong.map(([n]) => n)));
}

const missingText = (missing: readonly number[], total: number): string =>
  missing.length === 0 ? `${total} of ${total}` : `${missing.length} missing: ${some(missing)}`;

/** What is derived counts each capture once as well, and no lure was without its alert. */
async function checkCampaigns({ db }: Database, report: Report): Promise<void> {
  const { rows } = await sql<{ stored: string; counted: string | null; told: boolean }>`
    select count(*) as stored, max(k.captures) as counted, bool_and(exists (
      select 1 from warning w join alert a on a.warning = w.id where w.campaign = c.campaign)) as told
    from capture c left join campaign k on k.id = c.campaign where c.text like '%(soak %' group by c.campaign`.execute(
    db,
  );
  const wrong = rows.filter(({ stored, counted }) => Number(stored) !== Number(counted));
  const counts = wrong.map(({ stored, counted }) => `${counted} for ${stored}`);
  report.check('campaigns count each capture once', wrong.length === 0, some(counts) || `${rows.length} campaigns`);
  const untold = rows.filter(({ told }) => !told);
  report.check(
    'every lure has raised an alert',
    untold.length === 0,
    `${rows.length - untold.length} of ${rows.length}`,
  );
}

async function checkEvidence({ sundew }: World, report: Report): Promise<void> {
  const { entries, problems } = await sundew.control.call<{ entries: number; problems: readonly string[] }>(
    'GET',
    '/api/v1/evidence/verify',
  );
  report.check('the evidence journal verifies', problems.length === 0, some(problems) || `${entries} entries`);
  const { deadLetters } = await sundew.control.call<{ deadLetters: readonly { cause: string }[] }>(
    'GET',
    '/api/v1/dead-letters',
  );
  report.check('no dead letters', deadLetters.length === 0, some(deadLetters.map(({ cause }) => cause)));
}

interface DeliveryRow {
  readonly id: string;
  readonly address: string;
  readonly alert: string;
  readonly state: string;
  readonly attempt: number;
  readonly last_error: string | null;
}

async function checkDeliveries({ far }: World, { db }: Database, report: Report): Promise<void> {
  const { rows } = await sql<DeliveryRow>`
    select d.id || '.' || d.revision as id, s.address, d.alert, d.state, d.attempt, d.last_error
    from delivery d join subscriber s on s.id = d.subscriber where d.purpose = 'alert'`.execute(db);
  const { rows: alerts } = await sql<{ alerts: string; warnings: string }>`
    select count(*) as alerts, count(distinct warning) as warnings from alert`.execute(db);
  const [{ alerts: count, warnings } = { alerts: 0, warnings: 0 }] = alerts;
  report.figure('alerts raised', `${count} on ${warnings} warnings`);
  report.check('warnings were raised over the run', Number(warnings) >= 3, `${warnings}`);
  const pairs = new Set(rows.map(({ alert, address }) => `${alert} ${address}`));
  const expected = Number(count) * far.subscribers.length;
  report.check(
    'one delivery for each alert and subscriber',
    pairs.size === rows.length && rows.length === expected,
    `${rows.length} of ${expected}`,
  );
  const known = rows.filter(({ state }) => state === 'sent' || state === 'superseded');
  const stuck = rows.filter((row) => !known.includes(row));
  report.check(
    'every delivery is sent, or overtaken by a later revision',
    stuck.length === 0,
    some(stuck.map(({ state, last_error }) => `${state}: ${last_error}`)) || countsOf(rows),
  );
  report.check('the last word of every warning was sent', (await lastUnsent(db)) === 0);
  compare(rows, far.received, report);
}

const countsOf = (rows: readonly DeliveryRow[]): string =>
  [...Map.groupBy(rows, ({ state }) => state)].map(([state, of]) => `${of.length} ${state}`).join(', ');

/** Subscribers whose newest revision of a warning did not go out. */
async function lastUnsent(db: Database['db']): Promise<number> {
  const { rows } = await sql<{ state: string }>`
    select distinct on (warning, subscriber) state from delivery where purpose = 'alert'
    order by warning, subscriber, revision desc`.execute(db);
  return rows.filter(({ state }) => state !== 'sent').length;
}

/** A far side that knows messages by their ids, as RFC 5322 3.6.4 and XEP-0359 let it. */
function compare(rows: readonly DeliveryRow[], received: readonly Received[], report: Report): void {
  const told = received.filter(({ text }) => warningOf(text) !== undefined);
  const distinct = new Set(told.map(({ to, id }) => `${to} ${id}`));
  const sent = rows.filter(({ state }) => state === 'sent').map(({ address, id }) => `${address} ${id}`);
  const all = new Set(rows.map(({ address, id }) => `${address} ${id}`));
  const unheard = sent.filter((one) => !distinct.has(one));
  const unknown = [...distinct].filter((one) => !all.has(one));
  report.figure('messages that arrived', `${told.length}, ${distinct.size} distinct`);
  report.check('everything sent has arrived', unheard.length === 0, some(unheard) || `${sent.length}`);
  report.check('nothing arrived that was not to be sent', unknown.length === 0, some(unknown));
  const idsOf = new Map<string, Set<string>>();
  for (const { to, id, text } of told) {
    const what = `${to} ${warningOf(text)}`;
    idsOf.set(what, (idsOf.get(what) ?? new Set()).add(id));
  }
  const twice = [...idsOf].filter(([, ids]) => ids.size > 1).map(([what]) => what);
  report.check('no subscriber was told the same under two ids', twice.length === 0, some(twice));
}

/** `W-XXXX.3`, as mail and instant message name the alert. */
function warningOf(text: string): string | undefined {
  const mail = /^Warning (W-\S+?), revision (\d+),/m.exec(text);
  if (mail !== null) return `${mail[1]}.${mail[2]}`;
  return /\((W-[^\s()]+\.\d+)\)/.exec(text)?.[1];
}
