// How far it goes: infected accounts and hits ahead, beside an exponential fit, from the alarm on.
import { holds, knowing, log2Error, median, REFRESHES_MIN, type Scored, scoreRun } from '../../forecast/score.ts';
import { atLeast, atMost, type EvalPart, type Figure } from '../part.ts';
import { givenRuns, OUTBREAK, simulatedRuns } from '../worm-runs.ts';

const RUNS = 700;
const FIT = 'exponential fit';

export const forecast: EvalPart = {
  name: 'forecast',
  title: `infected accounts ahead, at the alarm and ${REFRESHES_MIN.slice(1).join(', ')} min later, on the given worm runs and on ${RUNS} of our simulator (library, calibration and test seeds disjoint)`,
  async run() {
    const given = givenRuns().filter(({ kind, final }) => kind === 'worm' && final >= OUTBREAK);
    const ours = simulatedRuns('worm', RUNS).filter(({ final }) => final >= OUTBREAK);
    const plain = ours.map((run) => knowing(run, 'nothing more'));
    const sets = { given, simulated: plain, 'simulated, contacts and payloads': ours };
    return Object.entries(sets).flatMap(([name, runs]) =>
      figures(
        name,
        runs.map((run) => scoreRun(run)),
      ),
    );
  },
};

function figures(name: string, runs: readonly (readonly Scored[])[]): readonly Figure[] {
  const all = runs.flat();
  const two = all.filter(({ aheadMin }) => aheadMin === 120);
  const atAlarm = two.filter(({ afterMin }) => afterMin === 0);
  return [
    { metric: `${name}: outbreaks with an alarm`, value: atAlarm.length, as: 'count' },
    atMost(`${name}: 2 h ahead, median abs log2 error, at the alarm`, errorOf(atAlarm), 0.5),
    { metric: `${name}: 2 h ahead, median abs log2 error, at the alarm`, value: naiveOf(atAlarm), rival: FIT },
    atMost(`${name}: 2 h ahead, median abs log2 error, all refreshes`, errorOf(two), 0.35),
    { metric: `${name}: 2 h ahead, median abs log2 error, all refreshes`, value: naiveOf(two), rival: FIT },
    atLeast(`${name}: 2 h ahead, 90 % interval holds, all refreshes`, cover(two), 0.85, 'share'),
    atMost(`${name}: 2 h ahead, 90 % interval holds, not too often`, cover(two), 0.95, 'share'),
    { metric: `${name}: 2 h ahead, 90 % interval holds, at the alarm`, value: cover(atAlarm), as: 'share' },
    ...[60, 360, 1_440].flatMap((ahead): readonly Figure[] => {
      const some = all.filter(({ aheadMin }) => aheadMin === ahead);
      return [
        { metric: `${name}: ${ahead / 60} h ahead, median abs log2 error`, value: errorOf(some) },
        { metric: `${name}: ${ahead / 60} h ahead, 90 % interval holds`, value: cover(some), as: 'share' },
      ];
    }),
    {
      metric: `${name}: hits 2 h ahead, 90 % interval holds`,
      value: share(two, (one) => holds(one.hits, one.cameHits)),
      as: 'share',
    },
    { metric: `${name}: processor time of one refresh, median, ms`, value: median(two.map(({ tookMs }) => tookMs)) },
  ];
}

const errorOf = (some: readonly Scored[]): number =>
  median(some.map((one) => log2Error(one.infected.expected, one.cameInfected)));
const naiveOf = (some: readonly Scored[]): number => median(some.map((one) => log2Error(one.naive, one.cameInfected)));
const cover = (some: readonly Scored[]): number => share(some, (one) => holds(one.infected, one.cameInfected));
const share = (some: readonly Scored[], is: (one: Scored) => boolean): number => some.filter(is).length / some.length;
