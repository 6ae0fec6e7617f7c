// `sundew detect`: reads counts line by line, judges each, and writes what is thought of it, in the order of the input.
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { messageOf, SundewError } from '../core/error.ts';
import { seasonOf, seasonsOf } from '../warning/detect/seasons.ts';
import { createSeriesDetector, type SeriesDetector } from '../warning/detect/series-detector.ts';
import { type CountLine, isHeading, parseCountLine } from './count-lines.ts';

export interface DetectInput {
  readonly name: string;
  open(): Readable;
}

export interface DetectOutput {
  out(line: string): Promise<void>;
  err(line: string): void;
}

export interface DetectSettings {
  readonly falseAlarms: number;
  /** Steps of a season; where it is absent it follows from the times, or is 52 for numbered steps. */
  readonly season: number | undefined;
}

const DEFAULT_SEASON = 52;
// Lines kept back until one series has shown two points, which tell the length of a step.
const MAX_HELD = 200_000;
const MAX_ERRORS = 100;
// How far from a whole number of steps a time may be, in steps.
const TOLERANCE = 1e-3;

interface HeldLine {
  readonly number: number;
  readonly line: CountLine;
}

/** @returns how many lines were refused, each with a line on `err` @throws SundewError INPUT_INVALID when it makes no sense to go on */
export async function detectCounts(
  input: DetectInput,
  output: DetectOutput,
  settings: DetectSettings,
): Promise<number> {
  const run = new DetectRun(input.name, output, settings);
  const lines = createInterface({ input: input.open(), crlfDelay: Number.POSITIVE_INFINITY });
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text.trim() === '' || (number === 1 && isHeading(text))) continue;
    await run.take(text, number);
  }
  await run.end();
  return run.refused;
}

class DetectRun {
  readonly #name: string;
  readonly #output: DetectOutput;
  readonly #settings: DetectSettings;
  readonly #last = new Map<string, number>();
  #held: HeldLine[] | undefined = [];
  #step = 1;
  #isTime: boolean | undefined;
  #detector: SeriesDetector | undefined;
  refused = 0;

  constructor(name: string, output: DetectOutput, settings: DetectSettings) {
    this.#name = name;
    this.#output = output;
    this.#settings = settings;
  }

  async take(text: string, number: number): Promise<void> {
    const line = this.#parse(text, number);
    if (line === undefined) return;
    if (this.#held === undefined) return await this.#judge({ number, line });
    const before = this.#last.get(line.series);
    this.#held.push({ number, line });
    if (before !== undefined && line.time > before) return await this.#begin(line.time - before);
    if (before === undefined) this.#last.set(line.series, line.time);
    if (this.#held.length > MAX_HELD) {
      throw new SundewError(
        'INPUT_INVALID',
        `${this.#name}: ${MAX_HELD} lines and no series with two points, so the length of a step is unknown: sort the file by series`,
      );
    }
  }

  /** What was held back is judged even if no series has two points: then nothing can be said of any. */
  async end(): Promise<void> {
    if (this.#held !== undefined) await this.#begin(1);
  }

  async #begin(step: number): Promise<void> {
    const held = this.#held ?? [];
    this.#held = undefined;
    this.#step = step;
    this.#last.clear();
    const { season, falseAlarms } = this.#settings;
    const shape = season === undefined && this.#isTime === true ? seasonsOf(step) : seasonOf(season ?? DEFAULT_SEASON);
    this.#detector = createSeriesDetector({ shape, falseAlarms, bounds: true });
    for (const one of held) await this.#judge(one);
  }

  async #judge({ number, line }: HeldLine): Promise<void> {
    const { series, at, time, count } = line;
    const last = this.#last.get(series);
    if (last !== undefined) {
      const gap = (time - last) / this.#step;
      if (gap < TOLERANCE)
        return this.#refuse(number, `at ${at} of series ${series} is not after the one before: sort by time`);
      if (Math.abs(gap - Math.round(gap)) > TOLERANCE)
        return this.#refuse(
          number,
          `at ${at} of series ${series} is ${gap.toFixed(3)} steps on; steps must be equal (${this.#words()})`,
        );
      if (gap > 1 + TOLERANCE)
        this.#complain(
          number,
          `${Math.round(gap) - 1} steps of series ${series} are missing before ${at}: write 0 where nothing was counted`,
        );
    }
    this.#last.set(series, time);
    const judged = this.#detector?.observe(series, Math.round(time / this.#step), count);
    const { expected = null, upper = null, p = null, alarm = false } = judged ?? {};
    await this.#output.out(JSON.stringify({ series, at: line.isTime ? at : time, count, expected, upper, p, alarm }));
  }

  #parse(text: string, number: number): CountLine | undefined {
    try {
      const line = parseCountLine(text);
      this.#isTime ??= line.isTime;
      if (line.isTime === this.#isTime) return line;
      this.#refuse(
        number,
        `at ${line.at} is ${line.isTime ? 'a time' : 'a number'} where the lines before have the other: use one of both`,
      );
    } catch (error) {
      this.#refuse(number, messageOf(error));
    }
    return undefined;
  }

  #words(): string {
    return this.#isTime === true ? `${this.#step / 1000} s by the first two` : `${this.#step} by the first two`;
  }

  #refuse(number: number, what: string): void {
    this.#complain(number, `${what}; the line is left out`);
  }

  #complain(number: number, what: string): void {
    this.refused += 1;
    this.#output.err(`${this.#name}, line ${number}: ${what}`);
    if (this.refused >= MAX_ERRORS)
      throw new SundewError('INPUT_INVALID', `${this.#name}: ${MAX_ERRORS} wrong lines, so no more are read`);
  }
}
