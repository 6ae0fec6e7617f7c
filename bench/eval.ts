// `npm run eval [-- PART …]`: how right the analysis is, as a scorecard, beside rivals where they are installed.
// The same figures as NDJSON with `--json`. Exit status 1 when a goal is missed.

import { PARTS } from './eval/parts.ts';
import { runParts } from './eval/run.ts';

await runParts(PARTS);
