// Series of touches in steps: counted as captures come, judged when a step is over, all series of a step together.
import { discoveries } from '../detect/false-discovery.ts';
import { seasonsOf } from '../detect/seasons.ts';
import { createSeriesDetector, type SeriesDetector } from '../detect/series-detector.ts';
import { STEP_MS, STEPS_OF_A_DAY } from './steps.ts';
import { MAX_CAMPAIGNS } from './types.ts';

/** What is remembered of a series; plain JSON. */
export interface SeriesMemory {
  /** Of the detector, base64; absent before its first step is over. */
  readonly state?: string;
  /** Last step with a touch. */
  readonly countedStep: number;
  /** While it lasts, an outbreak was told and is not told again. */
  readonly hotUntil?: number;
  /** Steps that are not over yet. */
  readonly pending: readonly PendingStep[];
}

export interface PendingStep {
  readonly step: number;
  readonly count: number;
  /** Hashes of the first senders, whose further captures in this step do not count. */
  readonly senders: readonly number[];
  readonly campaigns: readonly string[];
}

export interface Outbreak {
  readonly series: string;
  readonly step: number;
  readonly count: number;
  readonly expected: number;
  readonly p: number;
  readonly campaigns: readonly string[];
}

/** Share of steps in which an outbreak may be told although there is none in any series. */
export const FALSE_STEPS = 0.0005;
/** Fewer senders in a step are no outbreak, however seldom they are. */
export const MIN_SENDERS = 3;
/** Series beyond this number: those with no touch for longest are forgotten. */
export const MAX_SERIES = 4096;
const MAX_SENDERS = 64;
const FORGET_STEPS = 28 * STEPS_OF_A_DAY;
/** A new series had no touch for a day, since steps were counted at all. */
const SEED_STEPS = STEPS_OF_A_DAY;
/** Steps without a discovery after which an outbreak is over. */
const HOT_STEPS = 4;

type Entry = { -readonly [K in keyof SeriesMemory]: SeriesMemory[K] } & { restored: boolean };

export class SeriesBook {
  readonly #entries: Map<string, Entry>;
  readonly #detector: SeriesDetector = createSeriesDetector({ shape: seasonsOf(STEP_MS) });

  constructor(memory: ReadonlyMap<string, SeriesMemory>) {
    this.#entries = new Map([...memory].map(([name, one]) => [name, { ...one, restored: false }]));
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Counts a touch in a step that is not over; a sender counts once a step. */
  add(name: string, step: number, sender: number, campaign: string | undefined): void {
    const entry = this.#entries.get(name) ?? { countedStep: step, pending: [], restored: false };
    this.#entries.set(name, entry);
    const place = entry.pending.findIndex((one) => one.step === step);
    const before = entry.pending[place] ?? { step, count: 0, senders: [], campaigns: [] };
    const after = addSender(before, sender, campaign);
    entry.pending = place < 0 ? [...entry.pending, after] : entry.pending.with(place, after);
    entry.countedStep = Math.max(entry.countedStep, step);
  }

  /**
   * Judges a step that is over. @param since the first step that was ever counted
   * @returns outbreaks that begin with it, by name of the series
   */
  close(step: number, since: number): readonly Outbreak[] {
    const judged: (Outbreak & { readonly entry: Entry })[] = [];
    for (const [series, entry] of this.#entries) {
      const pending = entry.pending.find((one) => one.step === step);
      if (pending === undefined && step - entry.countedStep > FORGET_STEPS) {
        this.#entries.delete(series);
        continue;
      }
      if (!this.#wake(series, entry, step, since, pending !== undefined)) continue;
      const count = pending?.count ?? 0;
      const judgement = this.#detector.observe(series, step, count);
      if (pending !== undefined) entry.pending = entry.pending.filter((one) => one.step > step);
      if (judgement === undefined) continue;
      const { expected, p } = judgement;
      judged.push({ series, step, count, expected, p, campaigns: pending?.campaigns ?? [], entry });
    }
    this.#forget();
    return begun(judged, step);
  }

  /** What is to be remembered, of all series that were given or touched. */
  memory(): ReadonlyMap<string, SeriesMemory> {
    return new Map(
      [...this.#entries].map(([name, { restored, ...entry }]) => {
        const state = restored ? this.#detector.stateOf(name) : undefined;
        return [name, state === undefined ? entry : { ...entry, state: encode(state) }];
      }),
    );
  }

  /** Has the detector know the series. @returns false for one that begins later */
  #wake(series: string, entry: Entry, step: number, since: number, counted: boolean): boolean {
    if (entry.restored) return true;
    if (entry.state === undefined && !counted) return false;
    entry.restored = true;
    if (entry.state !== undefined && this.#detector.restore(series, decode(entry.state))) return true;
    for (let before = Math.max(since, step - SEED_STEPS); before < step; before += 1) {
      this.#detector.observe(series, before, 0);
    }
    return true;
  }

  #forget(): void {
    if (this.#entries.size <= MAX_SERIES) return;
    const idle = [...this.#entries].sort(([a, m], [b, n]) => m.countedStep - n.countedStep || (a < b ? -1 : 1));
    for (const [name] of idle.slice(0, this.#entries.size - MAX_SERIES)) this.#entries.delete(name);
  }
}

function addSender(before: PendingStep, sender: number, campaign: string | undefined): PendingStep {
  const { step, count, senders, campaigns } = before;
  if (senders.includes(sender)) return before;
  return {
    step,
    count: count + 1,
    senders: senders.length < MAX_SENDERS ? [...senders, sender] : senders,
    campaigns:
      campaign === undefined || campaigns.length >= MAX_CAMPAIGNS || campaigns.includes(campaign)
        ? campaigns
        : [...campaigns, campaign],
  };
}

function begun(judged: readonly (Outbreak & { readonly entry: Entry })[], step: number): readonly Outbreak[] {
  const found = discoveries(
    judged.map(({ p }) => p),
    FALSE_STEPS,
  );
  const fresh = judged.flatMap(({ entry, ...outbreak }, place) => {
    if (found[place] !== true || outbreak.count < MIN_SENDERS) return [];
    const told = entry.hotUntil !== undefined && entry.hotUntil >= step;
    entry.hotUntil = step + HOT_STEPS;
    return told ? [] : [outbreak];
  });
  return fresh.sort((a, b) => (a.series < b.series ? -1 : 1));
}

function encode(state: Float64Array): string {
  return Buffer.from(state.buffer, state.byteOffset, state.byteLength).toString('base64');
}

function decode(text: string): Float64Array {
  const bytes = Buffer.from(text, 'base64');
  return Float64Array.from({ length: Math.floor(bytes.length / 8) }, (_value, at) => bytes.readDoubleLE(at * 8));
}
