// The engine of signals at work: in the transaction of a batch, and by the clock.
import type { Analysed } from '../../analysis/types.ts';
import { isContactList } from '../../core/contact-list.ts';
import { threatStatuses } from '../../knowledge/threat-store.ts';
import type { Db } from '../../storage/database.ts';
import { type EventClock, eventTime, runClock } from '../event-clock.ts';
import { type EngineMemory, SignalEngine, type StepClock, sourcesOf } from './engine.ts';
import { type KnownMemory, knownNames } from './novelty.ts';
import type { SeriesMemory } from './series-book.ts';
import { seriesOf } from './series-names.ts';
import {
  dropUnsure,
  forgetIdle,
  loadMemory,
  type MemoryRow,
  saveMemory,
  saveSignals,
  trimSignals,
} from './signal-store.ts';
import type { SourceMemory } from './silence.ts';
import { lastClosed, lastClosedBy, startOf, stepOf } from './steps.ts';

/** Decoys and sensors whose silence is watched; decoys, classes and families that are known. */
export const MAX_SOURCES = 20_000;
export const MAX_KNOWN = 100_000;

/** Both clocks; `seen` is the last step judged by the wall clock. */
export interface Clocks {
  readonly event: EventClock;
  readonly steps?: StepClock;
  readonly seen?: number;
}

const CLOCK = { kind: 'clock', name: '' } as const;

/** Folds captures in, in the order given; in the transaction that records them. A server's word on contact lists is no touch. */
export async function recordSignals(tx: Db, all: readonly Analysed[], now: Date): Promise<void> {
  const items = all.filter(({ capture }) => !isContactList(capture));
  if (items.length === 0) return;
  const clocks = await loadClocks(tx);
  const times = items.map(({ capture }) => Date.parse(capture.at));
  const event = runClock(clocks?.event, times, now.getTime());
  if (event === undefined) return;
  const closes = clocks?.steps !== undefined && lastClosedBy(event.newestMs) > clocks.steps.closed;
  const before = await loadEngine(tx, clocks?.steps, items, closes || clocks?.steps === undefined);
  const fresh = items.flatMap(({ analysis }) => analysis.threats).filter((id) => !before.known.has(`family ${id}`));
  const engine = new SignalEngine(before, await threatStatuses(tx, [...new Set(fresh)]));
  for (const item of items) engine.take(item, now.getTime());
  const after = engine.memory();
  await saveMemory(
    tx,
    [clockRow({ event, ...seenAfter(clocks, after, times) }, after), ...rowsOf(after)],
    gone(before, after),
  );
  const closed = after.clock?.closed;
  if (closed !== undefined && closed !== clocks?.steps?.closed) {
    await dropUnsure(tx, new Date(startOf(closed + 1)));
    await forgetIdle(tx, 'source', MAX_SOURCES);
    await forgetIdle(tx, 'known', MAX_KNOWN);
    await trimSignals(tx);
  }
  await saveSignals(tx, engine.signals, now, true);
}

/** The time up to which captures are thought to be in. */
export function eventTimeBy(clocks: Clocks | undefined, now: Date): Date {
  return new Date(eventTime(clocks?.event, now.getTime()));
}

/**
 * What the wall clock says beyond the captures: steps without a capture are over too. What is found so is not firm, and nothing
 * is learnt of it; captures that come after all are judged in their place.
 */
export async function judgeSilence(tx: Db, clocks: Clocks | undefined, now: Date): Promise<void> {
  const time = eventTimeBy(clocks, now);
  const last = lastClosed(time.getTime());
  if (clocks?.steps === undefined || last <= Math.max(clocks.steps.closed, clocks.seen ?? clocks.steps.closed)) return;
  const engine = new SignalEngine(await loadEngine(tx, clocks.steps, [], true));
  engine.advance(time.getTime());
  await dropUnsure(tx);
  await saveSignals(tx, engine.signals, now, false);
  await saveMemory(tx, [{ ...CLOCK, lastMs: clocks.event.newestMs, state: { ...clocks, seen: last } }]);
}

/** As they stand. */
export async function loadClocks(tx: Db): Promise<Clocks | undefined> {
  const [row] = await loadMemory(tx, ['clock'], []);
  return row?.state as Clocks | undefined;
}

async function loadEngine(
  tx: Db,
  clock: StepClock | undefined,
  items: readonly Analysed[],
  whole: boolean,
): Promise<EngineMemory> {
  const named = (
    kind: MemoryRow['kind'],
    names: (item: Analysed) => readonly string[],
  ): Pick<MemoryRow, 'kind' | 'name'>[] => [...new Set(items.flatMap(names))].map((name) => ({ kind, name }));
  const rows = await loadMemory(tx, whole ? ['series', 'source'] : [], [
    ...named('known', knownNames),
    ...(whole ? [] : [...named('series', seriesOf), ...named('source', sourcesOf)]),
  ]);
  const of = <T>(kind: MemoryRow['kind']): Map<string, T> =>
    new Map(rows.flatMap((row) => (row.kind === kind ? [[row.name, row.state as T]] : [])));
  return {
    clock,
    series: of<SeriesMemory>('series'),
    sources: of<SourceMemory>('source'),
    known: of<KnownMemory>('known'),
  };
}

function rowsOf({ series, sources, known }: EngineMemory): readonly MemoryRow[] {
  return [
    ...[...series].map(
      ([name, state]) => ({ kind: 'series', name, lastMs: startOf(state.countedStep), state }) as const,
    ),
    ...[...sources].map(([name, state]) => ({ kind: 'source', name, lastMs: state.lastMs, state }) as const),
    ...[...known].map(([name, state]) => ({ kind: 'known', name, lastMs: state.lastMs, state }) as const),
  ];
}

function clockRow(clocks: Omit<Clocks, 'steps'>, { clock }: EngineMemory): MemoryRow {
  return { ...CLOCK, lastMs: clocks.event.newestMs, state: clock === undefined ? clocks : { ...clocks, steps: clock } };
}

function gone(before: EngineMemory, after: EngineMemory): readonly Pick<MemoryRow, 'kind' | 'name'>[] {
  return [...before.series.keys()].filter((name) => !after.series.has(name)).map((name) => ({ kind: 'series', name }));
}

/** A capture in a step that the wall clock closed has it judged again. */
function seenAfter(
  clocks: Clocks | undefined,
  after: EngineMemory,
  times: readonly number[],
): { readonly seen?: number } {
  const seen = clocks?.seen;
  if (seen === undefined) return {};
  return times.some((at) => stepOf(at) <= seen) ? { seen: after.clock?.closed ?? seen } : { seen };
}
