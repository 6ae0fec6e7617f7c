// The policy table as it is expected: of warnings, and of what is made of them.
import type { Release } from '../disclosure.ts';

/** Decoys, unambiguous harm, delay over → operator, subscriber, public. */
export const RELEASE_CASES: readonly (readonly [number, boolean, boolean, Release, Release, Release])[] = [
  [0, false, true, 'nothing', 'nothing', 'nothing'],
  [1, false, false, 'content', 'nothing', 'nothing'],
  [1, false, true, 'content', 'nothing', 'nothing'],
  [1, true, false, 'content', 'content', 'outline'],
  [1, true, true, 'content', 'content', 'outline'],
  [2, false, false, 'content', 'content', 'outline'],
  [2, false, true, 'content', 'content', 'outline'],
  [2, true, false, 'content', 'content', 'outline'],
  [2, true, true, 'content', 'content', 'outline'],
  [3, false, false, 'content', 'content', 'outline'],
  [3, false, true, 'content', 'content', 'content'],
  [3, true, false, 'content', 'content', 'outline'],
  [3, true, true, 'content', 'content', 'content'],
  [500, false, false, 'content', 'content', 'outline'],
  [500, false, true, 'content', 'content', 'content'],
];
