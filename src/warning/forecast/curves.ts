// Outbreaks that our simulator played, as normalised curves: how the forecast knows what contagion on contact lists looks
// like. bench/forecast-library.ts makes the file.
import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { SundewError } from '../../core/error.ts';

/** Shares of the final size at which each curve has a time, evenly spread in their logit. */
export const LEVELS: readonly number[] = logitSpaced(0.001, 0.998, 44);
/** The level that times are counted from. */
const ORIGIN_LEVEL = LEVELS.findIndex((level) => level >= 0.05);

/** Played outbreaks side by side; times are in units of the median delay from message to infection. */
export interface CurveLibrary {
  readonly count: number;
  /** Share of the population infected in the end, one a curve, ascending. */
  readonly finals: Float64Array;
  /** `LEVELS.length` times a curve, ascending; 0 at the origin level. */
  readonly times: Float64Array;
}

const FILE = new URL('../data/curves.bin.gz', import.meta.url);
const UNIT = 100;
const MAX_CURVES = 10_000;

let shipped: CurveLibrary | undefined;

/** The library that comes with Sundew, loaded at first use. */
export function shippedCurves(): CurveLibrary {
  shipped ??= unpackCurves(readFileSync(FILE));
  return shipped;
}

/** A curve of a played outbreak. @param infectedAt ascending, in units of the median delay */
export function curveOf(infectedAt: ArrayLike<number>, population: number): readonly number[] {
  const size = infectedAt.length;
  const timeAt = (level: number): number => {
    const at = level * size - 1;
    const below = infectedAt[Math.max(Math.floor(at), 0)] ?? 0;
    return below + ((infectedAt[Math.max(Math.ceil(at), 0)] ?? 0) - below) * (at - Math.floor(at));
  };
  const origin = timeAt(LEVELS[ORIGIN_LEVEL] ?? 0.05);
  return [size / population, ...LEVELS.map((level) => timeAt(level) - origin)];
}

/** Curves as `curveOf` makes them, as a file: final share and times as 16-bit numbers, column by column, compressed. */
export function packCurves(curves: readonly (readonly number[])[]): Uint8Array {
  const sorted = [...curves].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
  const view = new DataView(new ArrayBuffer(2 + 2 * sorted.length * (LEVELS.length + 1)));
  view.setUint16(0, sorted.length);
  let at = 2;
  for (let column = 0; column <= LEVELS.length; column += 1) {
    for (const curve of sorted) {
      const value = (curve[column] ?? 0) * (column === 0 ? 10_000 : UNIT);
      view.setInt16(at, Math.max(-32_768, Math.min(32_767, Math.round(value))));
      at += 2;
    }
  }
  return gzipSync(new Uint8Array(view.buffer), { level: 9 });
}

/** @throws SundewError INPUT_INVALID */
export function unpackCurves(packed: Uint8Array): CurveLibrary {
  const most = 2 + 2 * MAX_CURVES * (LEVELS.length + 1);
  const bytes = gunzipSync(packed, { maxOutputLength: most });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = bytes.length < 2 ? 0 : view.getUint16(0);
  if (count === 0 || bytes.length !== 2 + 2 * count * (LEVELS.length + 1)) {
    throw new SundewError('INPUT_INVALID', 'the file of outbreak curves is not whole');
  }
  const finals = new Float64Array(count);
  const times = new Float64Array(count * LEVELS.length);
  for (let curve = 0; curve < count; curve += 1) {
    finals[curve] = view.getInt16(2 + 2 * curve) / 10_000;
    for (let level = 0; level < LEVELS.length; level += 1) {
      times[curve * LEVELS.length + level] = view.getInt16(2 + 2 * ((level + 1) * count + curve)) / UNIT;
    }
  }
  return { count, finals, times };
}

/** Share of the population infected, for each of ascending times of a curve; written into `into`. */
export function sharesAt(
  { finals, times }: CurveLibrary,
  curve: number,
  at: ArrayLike<number>,
  into: Float64Array,
): void {
  const first = curve * LEVELS.length;
  const last = LEVELS.length - 1;
  const final = finals[curve] ?? 0;
  const start = times[first] ?? 0;
  const growth = earlyGrowth(times, first);
  let level = 0;
  for (let point = 0; point < at.length; point += 1) {
    const time = at[point] ?? 0;
    if (time < start) {
      into[point] = final * (LEVELS[0] ?? 0) * Math.exp(growth * (time - start));
      continue;
    }
    while (level < last && (times[first + level + 1] ?? 0) <= time) level += 1;
    into[point] = final * between(times, first, level, time);
  }
}

/** Before the first level everything grew as fast as between the first levels. */
function earlyGrowth(times: Float64Array, first: number): number {
  const ratio = (LEVELS[4] ?? 1) / (LEVELS[0] ?? 1);
  return Math.log(ratio) / Math.max((times[first + 4] ?? 0) - (times[first] ?? 0), 1 / UNIT);
}

function between(times: Float64Array, first: number, level: number, time: number): number {
  const low = LEVELS[level] ?? 0;
  const high = LEVELS[level + 1];
  if (high === undefined) return low + (1 - low) * (1 - Math.exp(-(time - (times[first + level] ?? 0)) / 4));
  const from = times[first + level] ?? 0;
  const width = (times[first + level + 1] ?? 0) - from;
  return width <= 0 ? high : low + ((high - low) * (time - from)) / width;
}

/** Time, in units of the delay, at which most fall ill. */
export function peakOf({ times }: CurveLibrary, curve: number): number {
  let [best, at] = [0, 0];
  for (let level = 0; level + 2 < LEVELS.length; level += 1) {
    const from = times[curve * LEVELS.length + level] ?? 0;
    const until = times[curve * LEVELS.length + level + 2] ?? 0;
    const slope = ((LEVELS[level + 2] ?? 0) - (LEVELS[level] ?? 0)) / Math.max(until - from, 1 / UNIT);
    if (slope > best) [best, at] = [slope, (from + until) / 2];
  }
  return at;
}

function logitSpaced(from: number, to: number, count: number): readonly number[] {
  const logit = (share: number): number => Math.log(share / (1 - share));
  const step = (logit(to) - logit(from)) / (count - 1);
  return Array.from({ length: count }, (_, at) => 1 / (1 + Math.exp(-(logit(from) + step * at))));
}
