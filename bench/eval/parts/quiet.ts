// How often what was called over comes back: slow worms and spim with pauses, through the decisions that end warnings.
import type { VerdictClass } from '../../../src/core/verdict.ts';
import type { CampaignTouch } from '../../../src/knowledge/types.ts';
import { seededRandom } from '../../../src/range/random.ts';
import type { PlainHit } from '../../../src/range/simulate/evidence.ts';
import { checkParameters, type RunParameters } from '../../../src/range/simulate/parameters.ts';
import { simulate } from '../../../src/range/simulate/simulate.ts';
import { foldTouches } from '../../../src/warning/assess.ts';
import { elapse } from '../../../src/warning/elapse.ts';
import { DEFAULT_POLICY, type WarningPolicy } from '../../../src/warning/policy.ts';
import { SEEDS, wideParameters } from '../../forecast/wide.ts';
import type { EvalPart, Figure } from '../part.ts';

const RUNS = 300;
const MINUTE = 60_000;
const HOUR_MIN = 60;
const DAY_MIN = 24 * HOUR_MIN;
const DAYS = 42;
/** What comes later than so long after the end is another outbreak to whoever reads it. */
const BACK_DAYS = 7;
/** The time without a capture after which a warning ends: ours, and what a longer one would change. */
const QUIET_HOURS = [24, 72];
const START = Date.UTC(2026, 0, 5);

export const quiet: EvalPart = {
  name: 'quiet',
  title: `all-clears after which the same campaign comes back within ${BACK_DAYS} days, in ${RUNS} simulated worms that are opened an hour to two days later (many smoulder or die out) and ${RUNS} campaigns of spim in bursts with pauses of 2 hours to 14 days, each ${DAYS} days long`,
  run: async () => [...figures('worms', 'worm', slowWorm), ...figures('spim', 'spam', pausingSpim)],
};

function figures(name: string, verdict: VerdictClass, hitsOf: (number: number) => readonly PlainHit[]): Figure[] {
  const runs = Array.from({ length: RUNS }, (_, number) => hitsOf(number));
  return QUIET_HOURS.flatMap((hours): Figure[] => {
    const ends = runs.flatMap((hits) => endsOf(verdict, hits, { ...DEFAULT_POLICY, quietMs: hours * 60 * MINUTE }));
    const back = ends.filter(Boolean).length;
    return [
      { metric: `${name}, ${hours} hours of quiet: all-clears`, value: ends.length, as: 'count' },
      { metric: `${name}, ${hours} hours of quiet: came back`, value: back, as: 'count' },
      { metric: `${name}, ${hours} hours of quiet: came back of all`, value: back / ends.length, as: 'share' },
    ];
  });
}

/** For each all-clear that is followed for long enough, whether the campaign came back. */
function endsOf(verdict: VerdictClass, hits: readonly PlainHit[], policy: WarningPolicy): readonly boolean[] {
  const steps = foldTouches(undefined, touchesOf(verdict, hits), policy);
  const last = steps.at(-1)?.state;
  if (last === undefined) return [];
  const untilMs = START + DAYS * DAY_MIN * MINUTE;
  return [...steps, ...elapse(last, untilMs, policy)].flatMap(({ decision }) => {
    if (decision.act !== 'end') return [];
    const at = (decision.standing.changedMs - START) / MINUTE;
    if (at + BACK_DAYS * DAY_MIN > DAYS * DAY_MIN) return [];
    return [hits.some((hit) => hit.at > at && hit.at <= at + BACK_DAYS * DAY_MIN)];
  });
}

function touchesOf(verdict: VerdictClass, hits: readonly PlainHit[]): readonly CampaignTouch[] {
  const [decoys, senders] = [new Set<string>(), new Set<string>()];
  return hits.map(({ at, decoy, sender }) => {
    const [newDecoy, newSender] = [!decoys.has(decoy), !senders.has(sender)];
    decoys.add(decoy);
    senders.add(sender);
    return {
      ...{ atMs: START + at * MINUTE, network: 'xmpp', class: verdict, newDecoy, newSender, reasons: [] },
      ...{ severity: verdict === 'spam' ? 'low' : 'high', unambiguousHarm: false, known: false },
    };
  });
}

function slowWorm(number: number): readonly PlainHit[] {
  const seed = SEEDS.test + 300_000 + number;
  const random = seededRandom(seed ^ 0x51_0e);
  const slow = { click: logUniform(random, 0.03, 0.2), delayMin: logUniform(random, HOUR_MIN, 2 * DAY_MIN) };
  return play({ ...wideParameters('worm', seed), ...slow, startMin: 0, lengthMin: DAYS * DAY_MIN }, seed);
}

function pausingSpim(number: number): readonly PlainHit[] {
  const seed = SEEDS.test + 400_000 + number;
  const random = seededRandom(seed ^ 0x51_0e);
  const burst = wideParameters('spim', seed);
  const hits: PlainHit[] = [];
  for (let [from, count] = [0, 0]; from < DAYS * DAY_MIN; count += 1) {
    const own = play({ ...burst, startMin: 0, lengthMin: burst.burstMin }, seed + 1_000 * count);
    hits.push(...own.map((hit) => ({ ...hit, at: hit.at + from })));
    from += burst.burstMin + logUniform(random, 2 * HOUR_MIN, 14 * DAY_MIN);
  }
  return hits.filter(({ at }) => at <= DAYS * DAY_MIN);
}

/** Noise belongs to other campaigns. */
const play = (parameters: RunParameters, seed: number): readonly PlainHit[] =>
  simulate(checkParameters({ ...parameters, noisePerHour: 0 }), seed).hits;

const logUniform = (random: () => number, low: number, high: number): number => low * (high / low) ** random();
