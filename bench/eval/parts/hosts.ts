// Hosts in disguised links: how many are found, how many that are none, beside ioc-extractor.
import { extractIOC } from 'ioc-extractor';
import { analyze } from '../../../src/analysis/analyze.ts';
import { trainingRows } from '../../../src/analysis/classify/training-data.ts';
import { compileSignatures } from '../../../src/analysis/signatures.ts';
import { captureOf } from '../../../src/analysis/testing/captures.ts';
import { dataLines } from '../data.ts';
import { generatedRows, type HostRow, lateRows } from '../hosts/generate.ts';
import { atLeast, atMost, type EvalPart, type Figure } from '../part.ts';

const RIVAL = 'ioc-extractor 8.2.0';
const SEED = 20_260;
const EACH = 12;
const HOST_TYPES: ReadonlySet<string> = new Set(['domain', 'ipv4', 'ipv6', 'onion']);
const none = compileSignatures([]);

interface Score {
  readonly recall: number;
  readonly precision: number;
  readonly falseLines: number;
}

export const hosts: EvalPart = {
  name: 'hosts',
  title:
    'hosts found in lures with disguised links: a made set of 14 transforms (rules were tuned on it), and a generated, seeded set of over 120 (rules were written knowing the list), and rarer ways; no network',
  async run() {
    const tuned = dataLines('obfuscated-hosts.tsv.gz').map(([transform = '', json = '', host]): HostRow => {
      const row = { transform, text: String(JSON.parse(json)) };
      return host === undefined || host === '' ? row : { ...row, host };
    });
    const generated = generatedRows(SEED, EACH);
    const figures: Figure[] = [];
    for (const [name, rows] of [
      ['made', tuned],
      ['generated', generated],
    ] as const) {
      const ours = score(rows, ourHosts);
      figures.push(
        atLeast(`${name}: recall`, ours.recall, 0.97),
        atLeast(`${name}: precision`, ours.precision, 0.98),
        atMost(`${name}: harmless lines with a host`, ours.falseLines, 0.01, 'share'),
      );
      const theirs = score(rows, rivalHosts);
      figures.push({ metric: `${name}: recall`, value: theirs.recall, rival: RIVAL });
      figures.push({ metric: `${name}: precision`, value: theirs.precision, rival: RIVAL });
      figures.push({
        metric: `${name}: harmless lines with a host`,
        value: theirs.falseLines,
        rival: RIVAL,
        as: 'share',
      });
    }
    const late = lateRows(SEED, EACH);
    const [ours, theirs] = [score(late, ourHosts), score(late, rivalHosts)];
    figures.push({ metric: 'rarer ways, no goal: recall', value: ours.recall });
    figures.push({ metric: 'rarer ways, no goal: precision', value: ours.precision });
    figures.push({ metric: 'rarer ways: recall', value: theirs.recall, rival: RIVAL });
    return [...figures, ...everydayTalk()];
  },
};

function score(rows: readonly HostRow[], hostsOf: (text: string) => readonly string[]): Score {
  let [wanted, hits, wrong, harmless, falseLines] = [0, 0, 0, 0, 0];
  for (const { text, host } of rows) {
    const found = hostsOf(text);
    if (host === undefined) {
      harmless++;
      if (found.length > 0) falseLines++;
      continue;
    }
    wanted++;
    if (found.includes(host)) hits++;
    wrong += found.filter((name) => name !== host).length;
  }
  return {
    recall: hits / wanted,
    precision: hits / Math.max(1, hits + wrong),
    falseLines: falseLines / Math.max(1, harmless),
  };
}

// Real chatter holds real links: a host that stands there letter by letter, behind a scheme or with a plain suffix, is
// right; what had to be made of other signs, or has a rare suffix, counts as wrong.
function everydayTalk(): readonly Figure[] {
  const lines = trainingRows().filter(({ label }) => label === 'ham');
  const wrong = (hostsOf: (text: string) => readonly string[]): number =>
    lines.filter(({ text }) => hostsOf(text).some((host) => !standsThere(text.toLowerCase(), host))).length /
    lines.length;
  return [
    atMost(`everyday talk, ${lines.length} lines: lines with a wrong host`, wrong(ourHosts), 0.001, 'share'),
    { metric: 'everyday talk: lines with a wrong host', value: wrong(rivalHosts), rival: RIVAL, as: 'share' },
  ];
}

function standsThere(text: string, host: string): boolean {
  if (text.includes(`://${host}`) || text.includes(`www.${host}`)) return true;
  const at = text.indexOf(host);
  if (at < 0 || /[\w.@-]/.test(text.charAt(at - 1))) return false;
  return /\.(?:com|net|org|edu|gov|uk|de|info)$/.test(host) || /^[/?:]/.test(text.slice(at + host.length));
}

function ourHosts(text: string): readonly string[] {
  return analyze(captureOf(text), none)
    .indicators.filter(({ type }) => HOST_TYPES.has(type))
    .map(({ value }) => value);
}

function rivalHosts(text: string): readonly string[] {
  const { domains, ipv4s, ipv6s } = extractIOC(text);
  return [...domains, ...ipv4s, ...ipv6s].map((host) => host.toLowerCase());
}
