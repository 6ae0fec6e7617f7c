// Captures a second through the analysis on one core: `node bench/analysis.ts [COUNT]`. Mixed data: everyday talk and
// lures of the training texts, obfuscated links of the fixtures, file offers, contact requests; each capture differs.
import { readFileSync } from 'node:fs';
import { analyze } from '../src/analysis/analyze.ts';
import { trainingRows } from '../src/analysis/classify/training-data.ts';
import { createClusterer } from '../src/analysis/cluster/clusterer.ts';
import { minhash } from '../src/analysis/fingerprint/minhash.ts';
import { compileSignatures } from '../src/analysis/signatures.ts';
import type { ThreatSignature } from '../src/analysis/types.ts';
import type { Capture } from '../src/core/capture.ts';
import { parseCapture } from '../src/core/parse-capture.ts';

const FIXTURE = new URL('../src/analysis/fixtures/obfuscated-hosts.json', import.meta.url);
const lures = (JSON.parse(readFileSync(FIXTURE, 'utf8')) as { readonly text: string }[]).map(({ text }) => text);
const talk = trainingRows().map(({ text }) => text);
const count = Number(process.argv[2] ?? 20_000);

const captures = Array.from({ length: count }, (_value, at) => captureAt(at));
const signatures = compileSignatures(
  Array.from(
    { length: 5000 },
    (_value, at): ThreatSignature => ({
      threat: `t${at}`,
      kind: 'indicator',
      type: 'domain',
      value: `known${at}.example`,
    }),
  ),
);
const texts = captures.map(({ text }) => text ?? '').filter((text) => text.length > 40);

for (const capture of captures.slice(0, 3000)) analyze(capture, signatures);
rate('minhash alone', texts.length, () => {
  for (const text of texts) minhash(text);
});
rate('analyze', count, () => {
  for (const capture of captures) analyze(capture, signatures);
});
const clusterer = createClusterer();
rate('analyze + cluster', count, () => {
  for (const capture of captures) clusterer.assign(capture, analyze(capture, signatures));
});
process.stdout.write(`${clusterer.size} campaigns\n`);

function captureAt(at: number): Capture {
  const base = {
    v: 1,
    at: '2026-01-01T00:00:00Z',
    network: 'xmpp',
    decoy: `d${at % 50}@decoys.example`,
    peer: { id: `p${at % 900}@x.example` },
    native: String(at),
  };
  const shape = at % 20;
  if (shape === 0)
    return parse({ ...base, kind: 'file-offer', file: { name: `photo${at}.jpg.scr`, size: 48_000 + (at % 5) } });
  if (shape === 1) return parse({ ...base, kind: 'contact-request', text: `hi, see http://cam${at % 7}.example/` });
  if (shape === 2) return parse({ ...base, kind: 'presence' });
  const text = shape < 8 ? `${lures[at % lures.length]} ${at}` : talk[at % talk.length];
  return parse({ ...base, kind: 'message', text: text === undefined || text === '' ? 'hello' : text });
}

function parse(value: unknown): Capture {
  return parseCapture(value, { sensor: 'bench' });
}

// Counted in processor time, so that a busy machine does not make the figure; the wall clock stands beside it.
function rate(name: string, items: number, run: () => void): void {
  const [started, before] = [performance.now(), process.cpuUsage()];
  run();
  const { user, system } = process.cpuUsage(before);
  const [core, wall] = [(user + system) / 1e6, (performance.now() - started) / 1000];
  process.stdout.write(`${name}: ${Math.round(items / core)} a core second, ${Math.round(items / wall)} a second\n`);
}
