// What the links of running decoys add to signals when they are read: why a decoy is silent, and which have been down for long.
// Wall-clock knowledge, so no part of what a replay repeats (ADR 0136).
import type { z } from 'zod';

import { isNetwork, type Network, type Realm } from '../core/network.ts';
import type { DecoyStatus } from '../decoys/decoy-runner.ts';
import type { Db } from '../storage/database.ts';
import { withId } from '../warning/signals/engine.ts';
import { type SignalQuery, type StoredSignal, silentSources } from '../warning/signals/signal-store.ts';
import type { Signal } from './api/contract.ts';
import type { DecoyDesk } from './decoy-desk.ts';

/** A link that has been down for longer is told, also of a decoy whose pauses are not known yet. */
export const LINK_DOWN_MS = 3_600_000;
const MAX_A_NETWORK = 10;

type Link = NonNullable<z.infer<typeof Signal>['link']>;

export interface LinkedSignal extends StoredSignal {
  readonly link?: Link;
}

/** A silence that lasts, with the present state of its decoy's link. */
export async function withLinks(
  db: Db,
  signals: readonly StoredSignal[],
  desk: Pick<DecoyDesk, 'runningOf'>,
  realm: Realm,
): Promise<readonly LinkedSignal[]> {
  const newest = new Map<string, StoredSignal>();
  for (const one of signals) if (one.rule === 'silence' && !newest.has(one.subject)) newest.set(one.subject, one);
  const lasting = await silentSources(db, [...newest.keys()]);
  return signals.map((one) => {
    if (newest.get(one.subject) !== one || (one.firm && !lasting.has(one.subject))) return one;
    const [kind, network, ...address] = one.subject.split(' ');
    if (kind !== 'decoy' || !isNetwork(network)) return one;
    const status = desk.runningOf(realm, network, address.join(' '));
    if (status === undefined) return one;
    const link = linkOf(status);
    return { ...one, link, reason: `${one.reason}; ${SAYS[link.state]} ${minuteOf(link.since)}` };
  });
}

/** A time within a sentence; without a dot that would be taken for a host's. */
const minuteOf = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;

const SAYS = {
  up: 'its link has been up since',
  down: 'its link has been down since',
  off: 'it has been switched off since',
} as const satisfies Record<Link['state'], string>;

function linkOf({ state, since, downSince }: DecoyStatus): Link {
  if (downSince !== undefined) return { state: 'down', since: downSince };
  return { state: state === 'online' ? 'up' : 'off', since };
}

/** Links that have been down for longer than LINK_DOWN_MS, the newest first; of many on a network, one signal for all. */
export function linksDown(
  statuses: readonly DecoyStatus[],
  { rule, network, campaign }: SignalQuery,
  now: Date,
): readonly StoredSignal[] {
  if ((rule !== undefined && rule !== 'link-down') || campaign !== undefined) return [];
  const down = statuses
    .flatMap((status) => (status.downSince === undefined ? [] : [{ ...status, downSince: status.downSince }]))
    .filter((one) => network === undefined || one.network === network)
    .filter(({ downSince }) => now.getTime() - Date.parse(downSince) >= LINK_DOWN_MS)
    .toSorted((a, b) => Date.parse(b.downSince) - Date.parse(a.downSince));
  return [...Map.groupBy(down, (one) => one.network).values()].flatMap((own) =>
    own.length > MAX_A_NETWORK ? manyDown(own) : own.map(oneDown),
  );
}

type Down = DecoyStatus & { readonly downSince: string };

function oneDown({ network, address, captures, problem, downSince }: Down): StoredSignal {
  const subject = `decoy ${network} ${address}`;
  const why = problem === undefined ? '' : `: ${problem}`;
  const reason = `the link of ${subject} has been down since ${minuteOf(downSince)}${why}`;
  return signalOf({ subject, network, at: downSince, count: captures, reason });
}

function manyDown(own: readonly Down[]): readonly StoredSignal[] {
  const first = own.at(-1);
  if (first === undefined) return [];
  const { network, downSince } = first;
  const reason = `the links of ${own.length} decoys on ${network} have been down, the first since ${minuteOf(downSince)}`;
  const count = own.reduce((sum, { captures }) => sum + captures, 0);
  return [signalOf({ subject: `decoys ${network}`, network, at: downSince, count, reason })];
}

function signalOf(of: Pick<StoredSignal, 'subject' | 'at' | 'count' | 'reason'> & { readonly network: Network }) {
  const foundAt = new Date(Date.parse(of.at) + LINK_DOWN_MS).toISOString();
  return { ...withId({ ...of, rule: 'link-down', campaigns: [] }), foundAt, firm: true };
}
