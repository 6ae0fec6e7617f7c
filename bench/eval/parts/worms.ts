// Contagion told from bursts of spim and from noise, by decoy hits alone: how early, and how often wrongly.
import { Watch } from '../../../src/warning/forecast/alarm.ts';
import { median } from '../../forecast/score.ts';
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
    return [...figures('given', givenRuns()), ...figures('simulated', simulated())];
  },
};

const simulated = (): readonly WormRun[] => [
  ...simulatedRuns('worm', WORMS),
  ...simulatedRuns('spim', OTHERS),
  ...simulatedRuns('quiet', OTHERS),
];

interface Told {
  readonly contagion: number | undefined;
  /** Contagion or a burst: something is going on. */
  readonly anything: number | undefined;
  readonly naive: number | undefined;
}

function figures(name: string, runs: readonly WormRun[]): readonly Figure[] {
  const told = runs.map((run) => ({ run, told: follow(run) }));
  const outbreaks = told.filter(({ run }) => run.kind === 'worm' && run.final >= OUTBREAK);
  const harmless = told.filter(({ run }) => run.kind !== 'worm');
  const falsely = (of: keyof Told): number =>
    harmless.filter((one) => one.told[of] !== undefined).length / harmless.length;
  const reach = (of: keyof Told): readonly number[] =>
    outbreaks.map(({ run, told: at }) => {
      const time = at[of];
      return time === undefined ? Number.POSITIVE_INFINITY : (run.infected(time) * run.places) / run.population;
    });
  const within = (of: keyof Told, most: number): number =>
    reach(of).filter((one) => one <= most).length / outbreaks.length;
  const quiet = harmless.filter(({ run }) => run.kind === 'quiet');
  const quietly = quiet.filter((one) => one.told.anything !== undefined).length / quiet.length;
  const share = { as: 'share' } as const;
  const naive = { rival: `${NAIVE_SENDERS} senders in ${NAIVE_MIN} min` };
  return [
    atLeast(
      `${name}: ${outbreaks.length} outbreaks, contagion told within 3 N/E infected`,
      within('contagion', 3),
      0.8,
      'share',
    ),
    atMost(`${name}: ${harmless.length} spim and quiet runs called contagion`, falsely('contagion'), 1 / 30, 'share'),
    { metric: `${name}: contagion told at all`, value: within('contagion', 1e9), ...share },
    { metric: `${name}: infected when contagion is told, median, in N/E`, value: median(reach('contagion')) },
    { metric: `${name}: contagion or burst told within 3 N/E`, value: within('anything', 3), ...share },
    { metric: `${name}: infected at that time, median, in N/E`, value: median(reach('anything')) },
    { metric: `${name}: quiet runs called a burst or contagion`, value: quietly, ...share },
    { metric: `${name}: told within 3 N/E`, value: within('naive', 3), ...share, ...naive },
    { metric: `${name}: spim and quiet runs called an outbreak`, value: falsely('naive'), ...share, ...naive },
  ];
}

/** Of a worm run, what was told before it began does not count as early. */
function follow(run: WormRun): Told {
  const watch = new Watch({ since: 0 });
  let told: Told = { contagion: undefined, anything: undefined, naive: undefined };
  const first = new Map<string, number>();
  for (const hit of run.hits) {
    const { at, spread } = watch.add(hit);
    if (!first.has(hit.sender)) first.set(hit.sender, at);
    const early = run.kind === 'worm' && run.infected(at) <= 1;
    if (!early && spread !== 'none' && told.anything === undefined) told = { ...told, anything: at };
    if (
      told.naive === undefined &&
      [...first.values()]
        .slice(-NAIVE_SENDERS)
        .every((time, _, all) => all.length === NAIVE_SENDERS && at - time <= NAIVE_MIN)
    ) {
      told = { ...told, naive: at };
    }
    if (spread === 'self-propagating') return { ...told, contagion: at };
  }
  return told;
}
