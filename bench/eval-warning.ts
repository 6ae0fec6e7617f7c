// `npm run eval:warning [-- PART …]`: how early and how right warnings and forecasts are, as a scorecard beside baselines.
// The same figures as NDJSON with `--json`. Exit status 1 when a goal is missed.
import { runParts } from './eval/run.ts';
import { WARNING_PARTS } from './eval/warning-parts.ts';

await runParts(WARNING_PARTS);
