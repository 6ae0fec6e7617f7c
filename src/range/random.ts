// Chance that can be repeated: the same seed plays the same outbreak.
import type { Random } from '../core/clock.ts';

export { seededRandom } from '../core/seeded-random.ts';

/** A whole number from `low` to `high`, both possible. */
export const between = (random: Random, low: number, high: number): number =>
  low + Math.floor(random() * (high - low + 1));

/** One of a list. @throws RangeError when it is empty */
export function pick<T>(random: Random, list: readonly T[]): T {
  const chosen = list[Math.floor(random() * list.length)];
  if (chosen === undefined) throw new RangeError('nothing to pick from');
  return chosen;
}

/** Some of a list, each once, in drawn order. */
export function sample<T>(random: Random, list: readonly T[], count: number): readonly T[] {
  const left = [...list];
  const drawn: T[] = [];
  while (drawn.length < count && left.length > 0) drawn.push(...left.splice(Math.floor(random() * left.length), 1));
  return drawn;
}

/** Milliseconds to the next of events that come at `meanMs` on average. */
export const waitMs = (random: Random, meanMs: number): number => -Math.log(1 - random()) * meanMs;
