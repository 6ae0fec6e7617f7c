// `npm run bench:analysis`: messages a core second through the whole analysis beside rspamd, what each stage costs, what
// hostile texts cost, and whether the cost stays flat. `-- --most=10000000` takes flatness to 10⁷ messages (a quarter of an hour or more);
// `-- stages`, `-- rspamd`, `-- hostile`, `-- flatness` run one part.
import { parseArgs } from 'node:util';
import { analyze } from '../src/analysis/analyze.ts';
import { compileSignatures } from '../src/analysis/signatures.ts';
import { shippedSignatures } from '../src/knowledge/shipped-signatures.ts';
import { measureAgainstRspamd } from './analysis/against-rspamd.ts';
import { measureFlatness } from './analysis/flatness.ts';
import { measureHostile } from './analysis/hostile.ts';
import { measureStages } from './analysis/stages.ts';
import { mixedCaptures } from './pipeline/captures.ts';

const COUNT = 20_000;
const WARM = 3_000;
const MADE = Date.parse('2026-01-01T00:00:00Z');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { most: { type: 'string', default: '1000000' } },
});
const wanted = (part: string): boolean => positionals.length === 0 || positionals.includes(part);
const signatures = compileSignatures(await shippedSignatures());
const captures = mixedCaptures(COUNT, MADE);
for (const capture of captures.slice(0, WARM)) analyze(capture, signatures);
if (wanted('stages')) measureStages(captures, signatures);
if (wanted('rspamd')) await measureAgainstRspamd(signatures);
if (wanted('hostile')) measureHostile(signatures);
if (wanted('flatness')) measureFlatness(Number(values.most), signatures);
