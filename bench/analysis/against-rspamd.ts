// Messages a core second of the whole analysis beside rspamd's scan (rules and Bayes, everything that asks the network
// off) of the same texts, in turns in the same run. rspamd's own processes are counted, not its client.
import { analyze } from '../../src/analysis/analyze.ts';
import { trainingRows } from '../../src/analysis/classify/training-data.ts';
import { createClusterer } from '../../src/analysis/cluster/clusterer.ts';
import type { CompiledSignatures } from '../../src/analysis/signatures.ts';
import { parseCapture } from '../../src/core/parse-capture.ts';
import { rspamd } from '../eval/rivals/rspamd.ts';
import { print, quantile, whole } from '../pipeline/print.ts';

const ROUNDS = 9;
const TEXTS = 1_500;
const AIM = 10;
const WARM_ROUNDS = 8;

/** Prints both rates and their ratio, round by round; says so when rspamd is not installed. */
export async function measureAgainstRspamd(signatures: CompiledSignatures): Promise<void> {
  print();
  const version = await rspamd.version();
  if (version === undefined) {
    print('rspamd is not installed (scripts/install-rivals.sh); no comparison');
    return;
  }
  const rows = trainingRows().filter(({ source }) => source === 'uci' || source === 'mendeley');
  const half = (odd: number) => rows.filter((_row, at) => at % 2 === odd);
  const textsOf = (bad: boolean) => half(0).flatMap(({ label, text }) => ((label !== 'ham') === bad ? [text] : []));
  const texts = half(1)
    .slice(0, TEXTS * ROUNDS)
    .map(({ text }) => text);
  await using rival = await rspamd.train(textsOf(true), textsOf(false));
  const clusterer = createClusterer();
  const ratios: number[] = [];
  // Warm on both sides, as a server is after its first minute: the first texts are compiled for.
  await rival.scan(texts.slice(0, TEXTS));
  for (let time = 0; time < WARM_ROUNDS; time++) analysed(texts.slice(0, TEXTS), -1 - time);
  for (let round = 0; round < ROUNDS; round++) {
    const part = Array.from({ length: TEXTS }, (_value, at) => texts[(round * TEXTS + at) % texts.length] ?? '');
    const before = await rival.cpuSeconds();
    await rival.scan(part);
    const theirs = part.length / ((await rival.cpuSeconds()) - before);
    const ours = part.length / analysed(part, round);
    ratios.push(ours / theirs);
    print(
      `  round ${round + 1}: Sundew ${whole(ours)}, rspamd ${version} ${whole(theirs)} messages a core second: ${(ours / theirs).toFixed(1)} times`,
    );
  }
  const median = quantile(
    [...ratios].sort((a, b) => a - b),
    0.5,
  );
  print(`  median ${median.toFixed(1)} times (aim ${AIM}): ${median >= AIM ? 'met' : 'MISSED'}`);

  /** Processor seconds, from the line of NDJSON to the campaign. */
  function analysed(part: readonly string[], round: number): number {
    const lines = part.map((text, at) =>
      JSON.stringify({
        ...{ v: 1, native: `${round}-${at}`, at: '2026-01-01T00:00:00Z', network: 'xmpp', decoy: 'd@decoys.example' },
        ...{ peer: { id: `p${at % 900}@x.example` }, kind: 'message', text: text === '' ? '.' : text },
      }),
    );
    const before = process.cpuUsage();
    for (const line of lines) {
      const capture = parseCapture(JSON.parse(line), { sensor: 'bench' });
      clusterer.assign(capture, analyze(capture, signatures));
    }
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  }
}
