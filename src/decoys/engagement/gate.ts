// The gate: rules on every outbound frame by intent, by level and by the bytes themselves. Fails closed.
import type { Endpoint, Gate, GateRole, Intent, Level, Ruling } from '../../core/link.ts';
import type { Network } from '../../core/network.ts';
import { mayDialPeer, type PeerAddressOptions } from '../../core/peer-address.ts';
import type { Contacts } from './contacts.ts';
import { checkFrame, type FrameFacts } from './frame-facts.ts';
import { PHRASES } from './phrases.ts';
import { findRule, type Rule } from './rules.ts';
import type { SaidBook } from './said.ts';

/** A gate that also tells the level it rules at, for the ledger, and rules on connections to peers. */
export interface EngagementGate extends Gate {
  level(): Level;
  /** Rules on a connection to the address of the peer that the intent names. A gate without it allows none. */
  ruleConnection?(endpoint: Endpoint, intent: Intent, options: PeerAddressOptions): Ruling;
}

interface CommonOptions {
  readonly network: Network;
  /** The own address: bare JID, component domain, nick. */
  readonly address: string;
}

export interface DecoyGateOptions extends CommonOptions {
  readonly role: 'decoy';
  /** Effective level at this moment. */
  level(): Level;
  readonly contacts: Contacts;
  /** Channels that the operator configured. */
  readonly channels?: readonly string[];
  /** Whether an address is a decoy of ours. */
  isDecoy(address: string): boolean;
  readonly said: SaidBook;
  now(): Date;
}

export interface NotifierGateOptions extends CommonOptions {
  readonly role: 'notifier';
  /** Confirmed, or to be asked once for confirmation. */
  mayNotify(address: string): boolean;
  /** Sent a command that is being answered. */
  mayAnswer(address: string): boolean;
}

export type GateOptions = DecoyGateOptions | NotifierGateOptions;

/** Makes the gate of one decoy or notifier account. */
export function createGate(options: GateOptions): EngagementGate {
  const level = (): Level => (options.role === 'decoy' ? options.level() : 'observe');
  return {
    role: options.role,
    network: options.network,
    level,
    rule: (frame, intent) => ruleOn(frame, intent, options, level()),
    ruleConnection: (endpoint, intent, where) => ruleOnConnection(endpoint, intent, where, options, level()),
  };
}

const NO_WORDS: FrameFacts = { peers: [], channels: [], words: [], harmless: false };

/** Only for what may be taken from a peer, only to the address in the capture of its offer, and to none of the house. */
function ruleOnConnection(
  { host, port }: Endpoint,
  intent: Intent,
  where: PeerAddressOptions,
  options: GateOptions,
  level: Level,
): Ruling {
  const rule = findRule(options.role, options.network, intent.act, level);
  if (options.role !== 'decoy' || rule === undefined || !rule.acts.includes('accept-file'))
    return deny('default-deny', `${roleName(options.role)} may not connect to a peer at ${level}`);
  const { peer } = intent;
  if (peer === undefined) return deny(rule.id, 'the intent names no peer');
  const ruling = ruleToPeer(rule, { ...intent, peer }, NO_WORDS, options);
  if (!ruling.allowed) return ruling;
  const contact = intent.cause === undefined ? undefined : options.contacts.find(intent.cause);
  if (contact?.address !== `${host}:${port}`) return deny('never.elsewhere', 'its cause tells of another address');
  if (!mayDialPeer(host, where)) return deny('never.elsewhere', 'the address is none of the open internet');
  return ruling;
}

function deny(rule: string, reason: string): Ruling {
  return { allowed: false, rule, reason };
}

function ruleOn(frame: Uint8Array, intent: Intent, options: GateOptions, level: Level): Ruling {
  const rule = findRule(options.role, options.network, intent.act, level);
  if (rule === undefined) {
    return deny('default-deny', `${roleName(options.role)} may not "${intent.act}" on ${options.network} at ${level}`);
  }
  const check = checkFrame(options.network, frame, options);
  if ('problem' in check) return deny('frame-check', check.problem);
  const { acts } = check.facts;
  if (acts !== undefined && !acts.includes(intent.act)) return deny('frame-check', 'is not what its intent says');
  if (rule.to === 'server') return ruleToServer(rule, intent, check.facts, options);
  if (intent.peer === undefined) return deny(rule.id, 'the intent names no peer');
  const { peer } = intent;
  if (!check.facts.peers.every((to) => isPeer(to, peer, options.network)))
    return deny('frame-check', 'goes to another than its peer');
  if (check.facts.channels.length > 0) return deny('frame-check', 'joins a channel besides');
  return options.role === 'decoy'
    ? ruleToPeer(rule, { ...intent, peer }, check.facts, options)
    : ruleNotifier(rule, peer, options);
}

function ruleToServer(rule: Rule, intent: Intent, facts: FrameFacts, options: GateOptions): Ruling {
  if (intent.peer !== undefined || facts.peers.length > 0) return deny('frame-check', 'is addressed to a peer');
  if (!facts.harmless || facts.words.length > 0) return deny('frame-check', 'is more than staying signed on needs');
  const own = options.role === 'decoy' ? (options.channels ?? []) : [];
  const known = (channel: string): boolean => own.some((name) => name.toLowerCase() === channel.toLowerCase());
  if (facts.channels.length > 0 && intent.act !== 'join-own-channel') return deny('frame-check', 'joins a channel');
  if (!facts.channels.every(known)) return deny('frame-check', 'joins a channel that is not configured');
  return { allowed: true, rule: rule.id };
}

function ruleToPeer(
  rule: Rule,
  intent: Intent & { readonly peer: string },
  facts: FrameFacts,
  options: DecoyGateOptions,
): Ruling {
  if (options.isDecoy(intent.peer)) return deny('never.own-decoy', 'the peer is a decoy of ours');
  const contact = intent.cause === undefined ? undefined : options.contacts.find(intent.cause);
  if (contact === undefined) return deny('never.first', 'no earlier capture is its cause');
  if (!isPeer(contact.peer, intent.peer, options.network))
    return deny('never.first', 'its cause is a capture of another peer');
  if (!contact.answerable) return deny('never.automatic', 'notices, errors and rooms are not answered');
  if (rule.words === 'none' && facts.words.length > 0) return deny('frame-check', 'carries words');
  if (rule.words !== 'reviewed') return { allowed: true, rule: rule.id };
  const [line, ...more] = facts.words;
  if (line === undefined || more.length > 0 || !PHRASES.includes(line)) {
    return deny('never.unreviewed', 'the words are not one reviewed line');
  }
  const now = options.now();
  const key = bare(intent.peer, options.network);
  if (options.said.saidToday(options.address, key, now)) return deny('never.twice', 'something was said to it today');
  options.said.remember(options.address, key, now);
  return { allowed: true, rule: rule.id };
}

function ruleNotifier(rule: Rule, peer: string, options: NotifierGateOptions): Ruling {
  const address = bare(peer, options.network);
  if (rule.acts.includes('notify')) {
    return options.mayNotify(address)
      ? { allowed: true, rule: rule.id }
      : deny('notifier.unconfirmed', 'the address is no confirmed subscriber');
  }
  return options.mayAnswer(address)
    ? { allowed: true, rule: rule.id }
    : deny('notifier.unasked', 'the address sent no command');
}

function roleName(role: GateRole): string {
  return role === 'decoy' ? 'a decoy' : 'a notifier';
}

/** Without resource, `!user@host` and case. A Sametime id may be a directory name, whose slashes belong to it. */
function bare(address: string, network: Network): string {
  const name = network === 'sametime' ? address : (address.split(/[/!]/)[0] ?? '');
  return name.toLowerCase();
}

function isPeer(to: string, peer: string, network: Network): boolean {
  return bare(to, network) === bare(peer, network) && bare(to, network) !== '';
}
