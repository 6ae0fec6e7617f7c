// What comes for the first time, again after long, or on another network: told by single captures, in their order.
import type { Analysed } from '../../analysis/types.ts';
import type { Network } from '../../core/network.ts';
import { HARMFUL } from '../policy.ts';
import type { Signal, SignalRule } from './types.ts';

/** What is remembered of a decoy, a class on a network, or a family; plain JSON. */
export interface KnownMemory {
  readonly lastMs: number;
  readonly networks: readonly Network[];
}

/** A family as the knowledge base has it. */
export interface FamilyFacts {
  readonly name: string;
  readonly status: string;
}

const DAY = 86_400_000;
/** A family or campaign that was not seen for so long comes back when it is. */
export const DORMANT_DAYS = 30;
const RESTING = ['dormant', 'historic'];

/** A signal without its id. */
export type Found = Omit<Signal, 'id'>;

/** The names under which a capture is known. */
export function knownNames({ capture, analysis, cluster }: Analysed): readonly string[] {
  const { network, decoy } = capture;
  const harmful = cluster !== undefined && HARMFUL.includes(analysis.class);
  return [
    `decoy ${network} ${decoy}`,
    ...(harmful ? [`class ${network} ${analysis.class}`] : []),
    ...analysis.threats.map((threat) => `family ${threat}`),
  ];
}

/** What a capture brings that is new; has it known from then on. */
export function noveltyOf(
  item: Analysed,
  known: Map<string, KnownMemory>,
  families: ReadonlyMap<string, FamilyFacts>,
): readonly Found[] {
  const atMs = Date.parse(item.capture.at);
  const { network } = item.capture;
  return knownNames(item).flatMap((name) => {
    const before = known.get(name);
    const networks = before?.networks ?? [];
    known.set(name, {
      lastMs: Math.max(atMs, before?.lastMs ?? atMs),
      networks: networks.includes(network) ? networks : [...networks, network],
    });
    const [kind] = name.split(' ', 1);
    if (kind === 'family') return familyFinds(item, name, before, families);
    if (before !== undefined) return [];
    return [kind === 'decoy' ? firstTouch(item) : firstOfClass(item)];
  });
}

function familyFinds(
  item: Analysed,
  subject: string,
  before: KnownMemory | undefined,
  families: ReadonlyMap<string, FamilyFacts>,
): readonly Found[] {
  const threat = subject.slice('family '.length);
  const { network, at } = item.capture;
  const facts = families.get(threat);
  const name = facts?.name ?? threat;
  const found = (rule: SignalRule, reason: string): Found => ({ ...base(item, rule, subject, reason), threat });
  if (before === undefined) {
    return facts !== undefined && RESTING.includes(facts.status)
      ? [
          found(
            'family-revival',
            `${name}, which the knowledge base has as ${facts.status}, touched a decoy on ${network}`,
          ),
        ]
      : [found('first-family', `${name} touched a decoy for the first time, on ${network}`)];
  }
  const days = Math.floor((Date.parse(at) - before.lastMs) / DAY);
  const revived =
    days >= DORMANT_DAYS ? [found('family-revival', `${name} touched a decoy again after ${days} days of quiet`)] : [];
  const jumped = before.networks.includes(network)
    ? []
    : [found('family-jump', `${name}, seen on ${before.networks.join(', ')} so far, came to ${network}`)];
  return [...revived, ...jumped];
}

function firstTouch(item: Analysed): Found {
  const { network, decoy } = item.capture;
  return base(item, 'first-touch', `decoy ${network} ${decoy}`, `the first touch of ${decoy} on ${network}`);
}

function firstOfClass(item: Analysed): Found {
  const { network } = item.capture;
  const verdict = item.analysis.class;
  const reason = `the first campaign of class ${verdict} on ${network}`;
  return { ...base(item, 'first-class', `class ${network} ${verdict}`, reason), class: verdict };
}

function base({ capture, cluster }: Analysed, rule: SignalRule, subject: string, reason: string): Found {
  const campaigns = cluster === undefined ? [] : [cluster.campaign];
  return { rule, subject, network: capture.network, at: capture.at, count: 1, reason, campaigns };
}
