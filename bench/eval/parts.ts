// The parts of the scorecard, in the order in which they are printed.
import type { EvalPart } from './part.ts';
import { hosts } from './parts/hosts.ts';

export const PARTS: readonly EvalPart[] = [hosts];
