// Contagion told from bursts of spim and from noise: how early, and how often wrongly, by how much decoys know of a hit.
import type { RunParameters } from '../../../src/range/simulate/parameters.ts';
import { Watch } from '../../../src/warning/forecast/alarm.ts';
import { type Evidence, knowing, median } from '../../forecast/score.ts';
import { CampaignWatch } from '../campaign-watch.ts';
import { atLeast, atMost, type EvalPart, type Figure } from '../part.ts';
import { givenRuns, OUTBREAK, simulatedRuns, type WormRun } from '../worm-runs.ts';

const WORMS = 300;
const OTHERS = 200;
const NAIVE_SENDERS = 3;
const NAIVE_MIN = 60;

export const worms: EvalPart = {
  name: 'worms',
  title: `alarms of contagion on 40 given runs and on ${WORMS + 2 * OTHERS} of our simulator with parameters spread widely (nothing fitted to these; the odds were chosen with the given runs in sight), beside a count of ${NAIVE_SENDERS} senders within an hour`,
  async run() {
    const runs = simulated({});
    const known = simulated({ contactsKnown: 1, payloadMiss: 0 });
    const plain = (): Watcher => new Watch({ since: 0 });
    const campaigns = (): Watcher => new CampaignWatch();
    const of = (evidence: Evidence): readonly WormRun[] => runs.map((run) => knowing(run, evidence));
    return [
      ...figures('given', givenRuns(), plain),
      ...figures('simulated', of('nothing more'), plain),
      ...rivals('given', givenRuns()),
      ...rivals('simulated', runs),
      ...figures('simulated, contacts', of('contacts'), plain),
      ...figures('simulated, payloads', of('payloads'), plain),
      ...figures('simulated, contacts and payloads', runs, plain),
      ...figures('simulated, all contacts and payloads', known, plain),
      ...figures('as campaigns, contacts not known', of('payloads'), campaigns),
      ...figures('as campaigns, contacts', runs, campaigns),
      ...figures('as campaigns, all contacts and payloads', known, campaigns),
    ];
  },
};

const simulated = (over: Partial<RunParameters>): readonly WormRun[] => [
  ...simulatedRuns('worm', WORMS, over),
  ...simulatedRuns('spim', OTHERS, over),
  ...simulatedRuns('quiet', OTHERS, over),
];

type Watcher = Pick<CampaignWatch, 'add'>;

interface Told {
  readonly contagion: number | undefined;
  /** Contagion or a burst: something is going on. */
  readonly anything: number | undefined;
}

const share = { as: 'share' } as const;

function figures(name: string, runs: readonly WormRun[], watcher: () => Watcher): readonly Figure[] {
  const told = runs.map((run) => ({ run, told: follow(run, watcher()) }));
  const outbreaks = told.filter(({ run }) => isOutbreak(run));
  const harmless = told.filter(({ run }) => run.kind !== 'worm');
  const falsely = harmless.filter((one) => one.told.contagion !== undefined).length / harmless.length;
  const contagion = outbreaks.map(({ run, told: at }) => reachedAt(run, at.contagion));
  const anything = outbreaks.map(({ run, told: at }) => reachedAt(run, at.anything));
  const second = outbreaks.map(({ run }) => reachedAt(run, secondContact(run)));
  return [
    atLeast(`${name}: ${outbreaks.length} outbreaks, contagion told within 3 N/E`, within(contagion, 3), 0.8, 'share'),
    atMost(`${name}: ${harmless.length} spim and quiet runs called contagion`, falsely, 1 / 30, 'share'),
    { metric: `${name}: contagion told at all`, value: within(contagion, 1e9), ...share },
    { metric: `${name}: infected when contagion is told, median, in N/E`, value: median(contagion) },
    { metric: `${name}: contagion or burst told within 3 N/E`, value: within(anything, 3), ...share },
    ...(within(second, 1e9) > 0
      ? [{ metric: `${name}: a second contact had written by 3 N/E`, value: within(second, 3), ...share }]
      : []),
  ];
}

/** Whoever counts senders alone. */
function rivals(name: string, runs: readonly WormRun[]): readonly Figure[] {
  const outbreaks = runs.filter(isOutbreak);
  const harmless = runs.filter(({ kind }) => kind !== 'worm');
  const falsely = harmless.filter((run) => sendersWithinAnHour(run) !== undefined).length / harmless.length;
  const reached = outbreaks.map((run) => reachedAt(run, sendersWithinAnHour(run)));
  const rival = `${NAIVE_SENDERS} senders in ${NAIVE_MIN} min`;
  return [
    { metric: `${name}: told within 3 N/E`, value: within(reached, 3), ...share, rival },
    { metric: `${name}: spim and quiet runs called an outbreak`, value: falsely, ...share, rival },
  ];
}

const isOutbreak = ({ kind, final }: WormRun): boolean => kind === 'worm' && final >= OUTBREAK;
const within = (reached: readonly number[], most: number): number =>
  reached.filter((one) => one <= most).length / reached.length;

/** Infected at a time, in N/E. */
function reachedAt(run: WormRun, at: number | undefined): number {
  return at === undefined ? Number.POSITIVE_INFINITY : (run.infected(at) * run.places) / run.population;
}

/** When a second sender who had the decoy on its list sent what one had sent before: no rule on contacts is earlier. */
function secondContact(run: WormRun): number | undefined {
  const senders = new Map<string, string>();
  for (const { at, sender, contact, payload = '' } of run.hits) {
    if (contact !== true || run.infected(at) <= 1) continue;
    if ((senders.get(payload) ?? sender) !== sender) return at;
    senders.set(payload, sender);
  }
  return undefined;
}

function sendersWithinAnHour(run: WormRun): number | undefined {
  const first = new Map<string, number>();
  for (const { at, sender } of run.hits) {
    if (first.has(sender)) continue;
    first.set(sender, at);
    const last = [...first.values()].slice(-NAIVE_SENDERS);
    if (last.length === NAIVE_SENDERS && last.every((time) => at - time <= NAIVE_MIN)) return at;
  }
  return undefined;
}

/** Of a worm run, what was told before it began does not count as early. */
function follow(run: WormRun, watch: Watcher): Told {
  let anything: number | undefined;
  for (const hit of run.hits) {
    const { at, spread } = watch.add(hit);
    const early = run.kind === 'worm' && run.infected(at) <= 1;
    if (!early && spread !== 'none') anything ??= at;
    if (spread === 'self-propagating') return { anything, contagion: at };
  }
  return { anything, contagion: undefined };
}
