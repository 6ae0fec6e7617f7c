// The engine of signals: captures in the order in which they were recorded, folded one at a time; steps judged when captures say
// that they are over. Pure: memory in, signals and memory out. Batches of any size give the same.
import { hash } from 'node:crypto';
import type { Analysed } from '../../analysis/types.ts';
import { uuidOf } from '../../core/capture-id.ts';
import { discoveries } from '../detect/false-discovery.ts';
import { LATENESS_MS } from '../event-clock.ts';
import { type FamilyFacts, type Found, type KnownMemory, noveltyOf } from './novelty.ts';
import { type Outbreak, SeriesBook, type SeriesMemory } from './series-book.ts';
import { seriesOf, wordsOfSeries } from './series-names.ts';
import { addCapture, type SourceMemory, silenceTail } from './silence.ts';
import { lastClosed, lastClosedBy, STEP_MS, STEPS_OF_A_DAY, startOf, stepOf } from './steps.ts';
import type { Signal } from './types.ts';

/** Where the engine stands; plain JSON. */
export interface StepClock {
  /** First step counted, and the last that was judged. */
  readonly since: number;
  readonly closed: number;
  /** Last judged step with a capture, and the later ones that have one. */
  readonly counted: number;
  readonly open: readonly number[];
  readonly newestMs: number;
}

export interface EngineMemory {
  readonly clock: StepClock | undefined;
  readonly series: ReadonlyMap<string, SeriesMemory>;
  readonly sources: ReadonlyMap<string, SourceMemory>;
  readonly known: ReadonlyMap<string, KnownMemory>;
}

/** Silence of everything for longer is unknown: as like as not nothing was running. */
const MAX_SILENT_STEPS = STEPS_OF_A_DAY;
/** Share of steps in which a silence may be told although all that is silent is so by chance. */
export const FALSE_SILENCES = 0.001;
/** A pause under so many steps is no silence. */
const MIN_SILENT_STEPS = 4;
const HOUR = 3_600_000;

export class SignalEngine {
  readonly #book: SeriesBook;
  readonly #sources: Map<string, SourceMemory>;
  readonly #known: Map<string, KnownMemory>;
  readonly #families: ReadonlyMap<string, FamilyFacts>;
  readonly signals: Signal[] = [];
  #clock: StepClock | undefined;

  constructor(memory: EngineMemory, families: ReadonlyMap<string, FamilyFacts> = new Map()) {
    this.#book = new SeriesBook(memory.series);
    this.#sources = new Map(memory.sources);
    this.#known = new Map(memory.known);
    this.#families = families;
    this.#clock = memory.clock;
  }

  memory(): EngineMemory {
    return { clock: this.#clock, series: this.#book.memory(), sources: this.#sources, known: this.#known };
  }

  /** Folds one capture in. Times ahead of the wall clock are not counted by. */
  take(item: Analysed, nowMs: number): void {
    for (const found of noveltyOf(item, this.#known, this.#families)) this.#tell(found);
    const atMs = Date.parse(item.capture.at);
    if (atMs > nowMs + LATENESS_MS) return;
    const step = stepOf(atMs);
    const clock = this.#clock ?? { since: step, closed: step - 1, counted: step - 1, open: [], newestMs: atMs };
    this.#clock = { ...clock, newestMs: Math.max(clock.newestMs, atMs) };
    // First what was over before it: its own coming ends the silence of its source.
    this.#close(lastClosedBy(this.#clock.newestMs));
    for (const name of sourcesOf(item)) this.#sources.set(name, addCapture(this.#sources.get(name), atMs, STEP_MS));
    if (step > this.#clock.closed) this.#count(item, step, this.#clock);
  }

  #count(item: Analysed, step: number, clock: StepClock): void {
    if (!clock.open.includes(step)) this.#clock = { ...clock, open: [...clock.open, step] };
    const { network, peer } = item.capture;
    const sender = hash('sha256', `${network} ${peer.id}`, 'buffer').readUInt32LE(0);
    for (const name of seriesOf(item)) this.#book.add(name, step, sender, item.cluster?.campaign);
  }

  /** Has the wall clock say that steps before `timeMs` are over. */
  advance(timeMs: number): void {
    this.#close(lastClosed(timeMs));
  }

  #close(last: number): void {
    for (;;) {
      const clock = this.#clock;
      if (clock === undefined || clock.closed >= last) return;
      let step = clock.closed + 1;
      if (step - clock.counted > MAX_SILENT_STEPS) {
        const next = Math.min(...clock.open);
        if (next > last) {
          this.#clock = { ...clock, closed: last };
          return;
        }
        step = next;
      }
      for (const outbreak of this.#book.close(step, clock.since)) this.#tell(outbreakFound(outbreak));
      const counted = clock.open.includes(step) ? step : clock.counted;
      this.#clock = { ...clock, closed: step, counted, open: clock.open.filter((one) => one > step) };
      this.#silences(step);
    }
  }

  #silences(step: number): void {
    const endMs = startOf(step + 1);
    const tails: { readonly name: string; readonly source: SourceMemory; readonly p: number }[] = [];
    for (const [name, source] of this.#sources) {
      const silentMs = endMs - source.lastMs;
      const p = silenceTail(source, Math.max(0, silentMs));
      if (p !== undefined) tails.push({ name, source, p: silentMs < MIN_SILENT_STEPS * STEP_MS ? 1 : p });
    }
    const found = discoveries(
      tails.map(({ p }) => p),
      FALSE_SILENCES,
    );
    const silent = tails.filter(({ source }, at) => found[at] === true && source.told !== true);
    for (const { name, source, p } of silent.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      this.#sources.set(name, { ...source, told: true });
      this.#tell(silenceFound(name, source, p, step));
    }
  }

  #tell(found: Found): void {
    this.signals.push(withId(found));
  }
}

/** A finding with the id that it has whenever it is found. */
export function withId(found: Found): Signal {
  return { id: uuidOf('signal', found.rule, found.subject, found.at), ...found };
}

/** The sources that a capture comes from: its decoy and its sensor. */
export function sourcesOf({ capture }: Analysed): readonly string[] {
  return [`decoy ${capture.network} ${capture.decoy}`, `sensor ${capture.sensor}`];
}

function outbreakFound({ series, step, count, expected, p, campaigns }: Outbreak): Found {
  const rounded = Math.round(expected * 100) / 100;
  return {
    rule: 'outbreak',
    subject: series,
    ...wordsOfSeries(series),
    at: new Date(startOf(step)).toISOString(),
    count,
    expected: rounded,
    p,
    reason: `${count} senders in a quarter of an hour where ${rounded} were expected: ${series}`,
    campaigns,
  };
}

function silenceFound(subject: string, { lastMs, captures, mean }: SourceMemory, p: number, step: number): Found {
  const hours = (ms: number): string => `${Math.round((ms / HOUR) * 10) / 10} hours`;
  const endMs = startOf(step + 1);
  return {
    rule: 'silence',
    subject,
    at: new Date(startOf(step)).toISOString(),
    count: captures,
    p,
    reason: `${subject} has been silent for ${hours(endMs - lastMs)}; so far its pauses were ${hours(mean)} in the mean`,
    campaigns: [],
  };
}
