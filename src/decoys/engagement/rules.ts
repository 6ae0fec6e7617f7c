// The rules of engagement as data (docs/engagement.md). What no rule allows is denied.
import { type Act, type GateRole, LEVELS, type Level } from '../../core/link.ts';
import type { Network } from '../../core/network.ts';

export interface Rule {
  /** Stands in the ledger beside every frame that it allowed. */
  readonly id: string;
  readonly role: GateRole;
  readonly networks: readonly Network[] | 'all';
  readonly acts: readonly Act[];
  /** Lowest level at which it holds. */
  readonly level: Level;
  /** Whether the frame goes to the decoy's own server only, or to the one peer that its intent names. */
  readonly to: 'server' | 'peer';
  /** Whether it may carry words for a person to read: never, one reviewed line a peer and day, or freely. */
  readonly words: 'none' | 'reviewed' | 'free';
}

const SERVER = { to: 'server', words: 'none' } as const;
const PEER = { to: 'peer', words: 'none' } as const;

export const RULES: readonly Rule[] = [
  {
    id: 'observe.own-server',
    role: 'decoy',
    networks: 'all',
    acts: ['sign-on', 'sign-off', 'keep-alive', 'acknowledge', 'presence'],
    level: 'observe',
    ...SERVER,
  },
  {
    id: 'observe.own-channel',
    role: 'decoy',
    networks: ['irc'],
    acts: ['join-own-channel'],
    level: 'observe',
    ...SERVER,
  },
  {
    id: 'observe.delivery-handshake',
    role: 'decoy',
    networks: ['msnp', 'sametime'],
    acts: ['delivery-handshake'],
    level: 'observe',
    ...PEER,
  },
  {
    id: 'accept.contact',
    role: 'decoy',
    networks: ['xmpp', 'ymsg', 'msnp', 'oscar'],
    acts: ['accept-contact'],
    level: 'accept',
    ...PEER,
  },
  {
    id: 'accept.file',
    role: 'decoy',
    networks: ['xmpp', 'sametime', 'msnp', 'oscar'],
    acts: ['accept-file', 'transfer'],
    level: 'accept',
    ...PEER,
  },
  { id: 'accept.probe', role: 'decoy', networks: ['irc'], acts: ['answer-probe'], level: 'accept', ...PEER },
  {
    id: 'respond.say',
    role: 'decoy',
    networks: ['xmpp', 'irc'],
    acts: ['say'],
    level: 'respond-minimal',
    to: 'peer',
    words: 'reviewed',
  },
  {
    id: 'notifier.own-server',
    role: 'notifier',
    networks: 'all',
    acts: ['sign-on', 'sign-off', 'keep-alive', 'acknowledge', 'presence'],
    level: 'observe',
    ...SERVER,
  },
  {
    id: 'notifier.delivery-handshake',
    role: 'notifier',
    networks: ['msnp', 'sametime'],
    acts: ['delivery-handshake'],
    level: 'observe',
    ...SERVER,
  },
  {
    id: 'notifier.alert',
    role: 'notifier',
    networks: 'all',
    acts: ['notify'],
    level: 'observe',
    to: 'peer',
    words: 'free',
  },
  {
    id: 'notifier.command',
    role: 'notifier',
    networks: 'all',
    acts: ['command-reply'],
    level: 'observe',
    to: 'peer',
    words: 'free',
  },
];

/** Whether a level includes another. */
export function includes(level: Level, needed: Level): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(needed);
}

/** The lower of two levels. */
export function lower(a: Level, b: Level): Level {
  return includes(a, b) ? b : a;
}

/** The rule that allows an act at a level, if one does. */
export function findRule(role: GateRole, network: Network, act: Act, level: Level): Rule | undefined {
  return RULES.find(
    (rule) =>
      rule.role === role &&
      (rule.networks === 'all' || rule.networks.includes(network)) &&
      rule.acts.includes(act) &&
      includes(level, rule.level),
  );
}
