// Signals on made traffic in which nothing happens, and on the same with decoys that fall silent, and with worms.
import type { Analysed } from '../../../src/analysis/types.ts';
import type { CaptureId } from '../../../src/core/capture.ts';
import type { Network } from '../../../src/core/network.ts';
import type { VerdictClass } from '../../../src/core/verdict.ts';
import { seededRandom } from '../../../src/range/random.ts';
import { type EngineMemory, SignalEngine } from '../../../src/warning/signals/engine.ts';
import { STEP_MS } from '../../../src/warning/signals/steps.ts';
import type { Signal, SignalRule } from '../../../src/warning/signals/types.ts';
import { median } from '../../forecast/score.ts';
import { atLeast, atMost, type EvalPart, type Figure } from '../part.ts';
import { OUTBREAK, simulatedRuns, type WormRun } from '../worm-runs.ts';

const DAYS = 70;
/** The first days teach the baselines and are not scored. */
const TAUGHT_DAYS = 21;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 5);
const NETWORKS: readonly Network[] = ['xmpp', 'irc', 'oscar', 'msnp'];
const CLASSES: readonly VerdictClass[] = ['spam', 'phishing', 'recon', 'worm'];
const FAMILIES = 20;
const DECOYS = 40;
const SILENCED = 10;
const WORMS = 40;
/** The worm comes on the third of the networks, to which a quarter of the decoys belong. */
const WORM_NETWORK = 2;

export const signals: EvalPart = {
  name: 'signals',
  title: `signals of outbreaks and silences in ${DAYS - TAUGHT_DAYS} made days (after ${TAUGHT_DAYS} to learn from): ${DECOYS} decoys on ${NETWORKS.length} networks, touched between three times an hour and once in two days, with days, weeks, bursts and changing days; then ${SILENCED} decoys that fall silent; then ${WORMS} simulated worms on one network, of a class that is seen there every day`,
  async run() {
    return [...quiet(), ...silences(), ...outbreaks()];
  },
};

interface Touch {
  readonly atMs: number;
  readonly network: Network;
  readonly decoy: string;
  readonly peer: string;
  readonly class: VerdictClass;
  readonly threat?: string;
}

function background(seed: number): readonly Touch[] {
  const random = seededRandom(seed);
  const touches: Touch[] = [];
  for (let decoy = 0; decoy < DECOYS; decoy += 1) {
    const network = NETWORKS[decoy % NETWORKS.length] ?? 'xmpp';
    const anHour = 3 * (1 / 144) ** (decoy / (DECOYS - 1));
    let day = 1;
    for (let hour = 0; hour < DAYS * 24; hour += 1) {
      if (hour % 24 === 0) day = 0.5 + 1.5 * random() ** 2;
      const rhythm = (1 + 0.6 * Math.cos((2 * Math.PI * (hour - 15)) / 24)) * (hour % 168 >= 120 ? 0.7 : 1);
      for (let chance = anHour * rhythm * day * 1.5; chance > 0; chance -= 1) {
        if (random() < Math.min(1, chance)) touches.push(...burst(random, hour, network, `d${decoy}@decoys.example`));
      }
    }
  }
  return touches.sort((a, b) => a.atMs - b.atMs);
}

/** One to four captures within some minutes, mostly of one sender. */
function burst(random: () => number, hour: number, network: Network, decoy: string): readonly Touch[] {
  const peer = `p${Math.floor(random() * 1e9)}`;
  const verdict = CLASSES[Math.floor(random() ** 2 * CLASSES.length)] ?? 'spam';
  const threat = random() < 0.3 ? `family-${Math.floor(random() ** 2 * FAMILIES)}` : undefined;
  const at = START + (hour + random()) * HOUR;
  const captures = 1 + Math.floor(random() ** 3 * 4);
  return Array.from({ length: captures }, (_, n) => ({
    ...{ network, decoy, class: verdict, ...(threat === undefined ? {} : { threat }) },
    atMs: Math.floor(at + n * 90_000 * random()),
    peer: random() < 0.2 ? `${peer}-${n}` : peer,
  }));
}

const EMPTY: EngineMemory = { clock: undefined, series: new Map(), sources: new Map(), known: new Map() };

function play(touches: readonly Touch[], before = EMPTY): SignalEngine {
  const engine = new SignalEngine(before);
  for (const touch of touches) engine.take(itemOf(touch), Number.MAX_SAFE_INTEGER);
  return engine;
}

function itemOf({ atMs, network, decoy, peer, class: verdict, threat }: Touch): Analysed {
  const id = '' as CaptureId;
  return {
    capture: {
      ...{ v: 1, id, at: new Date(atMs).toISOString(), network, sensor: 'eval', decoy, peer: { id: peer } },
      ...{ kind: 'message', meta: {}, simulated: false },
    },
    analysis: {
      ...{ capture: id, folded: '', indicators: [], class: verdict, score: 1, reasons: [], severity: 'low' },
      ...{ threats: threat === undefined ? [] : [threat], fingerprint: { exact: '', words: new Uint32Array() } },
      unambiguousHarm: false,
    },
    cluster: undefined,
  };
}

const scoredFrom = START + TAUGHT_DAYS * DAY;
const told = (signals: readonly Signal[], rule: SignalRule, fromMs = scoredFrom): readonly Signal[] =>
  signals.filter((one) => one.rule === rule && Date.parse(one.at) >= fromMs);

const SEEDS = [1, 2];
/** Up to here traffic is everyday in all sets. */
const MIDDLE = START + 35 * DAY;

function quiet(): readonly Figure[] {
  const all = SEEDS.map((seed) => play(background(seed)).signals);
  const days = SEEDS.length * (DAYS - TAUGHT_DAYS);
  const wrong = (rule: SignalRule): number => all.reduce((sum, one) => sum + told(one, rule).length, 0);
  const steps = new Set(all.flatMap((one, seed) => told(one, 'outbreak').map(({ at }) => `${seed} ${at}`))).size;
  return [
    atMost('quarters of an hour with a false outbreak', steps / (days * 96), 0.001, 'share'),
    { metric: 'false outbreaks a month, all series together', value: (30 * wrong('outbreak')) / days },
    atMost('false silences a month, all decoys together', (30 * wrong('silence')) / days, 3),
    { metric: 'days', value: days, as: 'count' },
  ];
}

/** What follows the middle, after everyday traffic up to it. */
function after(base: readonly Touch[], memory: EngineMemory, more: readonly Touch[], days: number): readonly Signal[] {
  const rest = base.filter(({ atMs }) => atMs >= MIDDLE && atMs < MIDDLE + days * DAY);
  return play(
    [...rest, ...more].sort((a, b) => a.atMs - b.atMs),
    memory,
  ).signals;
}

function tellers(seed: number) {
  const base = background(seed);
  return { base, memory: play(base.filter(({ atMs }) => atMs < MIDDLE)).memory() };
}

function silences(): readonly Figure[] {
  const silent = new Set(Array.from({ length: SILENCED }, (_, at) => `d${at * 3}@decoys.example`));
  const { base, memory } = tellers(98);
  const left = base.filter(({ decoy }) => !silent.has(decoy));
  const signals = told(after(left, memory, [], 30), 'silence');
  const found = [...silent].map((decoy) => signals.find(({ subject }) => subject.endsWith(decoy)));
  const hours = found
    .flatMap((one) => (one === undefined ? [] : [(Date.parse(one.at) + STEP_MS - MIDDLE) / HOUR]))
    .sort((a, b) => a - b);
  return [
    atLeast('decoys that fell silent: told within 30 days', hours.length / found.length, 0.9, 'share'),
    { metric: 'hours until told, median', value: hours[Math.floor(hours.length / 2)] ?? Number.NaN },
  ];
}

/** How early the series tell a worm, each alone on the same everyday days; what campaigns tell of it is measured elsewhere. */
function outbreaks(): readonly Figure[] {
  const { base, memory } = tellers(99);
  const everyday = new Set(told(after(base, memory, [], 3), 'outbreak', MIDDLE).map(({ at }) => at));
  const runs = simulatedRuns('worm', 2 * WORMS)
    .filter(({ final }) => final >= OUTBREAK)
    .slice(0, WORMS);
  const reached = runs.map((run) => {
    const signals = told(after(base, memory, touchesOf(run), 3), 'outbreak', MIDDLE);
    const first = signals.find(({ at, network }) => network === wormNetwork && !everyday.has(at));
    if (first === undefined) return Number.POSITIVE_INFINITY;
    const minute = (Date.parse(first.at) + STEP_MS - MIDDLE) / 60_000;
    return (run.infected(minute) * run.places) / run.population;
  });
  const share = (most: number): number => reached.filter((one) => one <= most).length / reached.length;
  return [
    { metric: 'worms that series of counts told', value: share(1e9), as: 'share' },
    { metric: 'infected when told, median, in N/E', value: median(reached) },
    { metric: 'told within 10 N/E', value: share(10), as: 'share' },
  ];
}

const wormNetwork = NETWORKS[WORM_NETWORK] ?? 'xmpp';

function touchesOf(run: WormRun): readonly Touch[] {
  return run.hits
    .filter(({ sender }) => sender.startsWith('a'))
    .map(({ at, decoy, sender }) => ({
      atMs: MIDDLE + Math.floor(at * 60_000),
      network: wormNetwork,
      decoy: `d${WORM_NETWORK + NETWORKS.length * (Number(decoy.slice(1)) % (DECOYS / NETWORKS.length))}@decoys.example`,
      peer: sender,
      class: 'worm',
    }));
}
