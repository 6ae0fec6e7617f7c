// The parts of the scorecard of warnings, in the order in which they are printed.
import type { EvalPart } from './part.ts';
import { agreement } from './parts/agreement.ts';
import { counts } from './parts/counts.ts';
import { forecast } from './parts/forecast.ts';
import { proof } from './parts/proof.ts';
import { quiet } from './parts/quiet.ts';
import { rules } from './parts/rules.ts';
import { signals } from './parts/signals.ts';
import { worms } from './parts/worms.ts';

export const WARNING_PARTS: readonly EvalPart[] = [counts, agreement, worms, forecast, signals, rules, proof, quiet];
