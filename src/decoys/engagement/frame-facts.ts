// What the bytes of a frame really do, whatever its intent claims: whom they are for and what they say.
import type { Act } from '../../core/link.ts';
import type { Network } from '../../core/network.ts';
import { ircFacts } from './irc-facts.ts';
import { msnpFacts } from './msnp-facts.ts';
import { oscarFacts } from './oscar-facts.ts';
import { sametimeFacts } from './sametime-facts.ts';
import { xmppFacts } from './xmpp-facts.ts';
import { ymsgFacts } from './ymsg-facts.ts';

export interface FrameFacts {
  /** Everyone but the own server that the frame is addressed to. */
  readonly peers: readonly string[];
  /** Channels that it joins. */
  readonly channels: readonly string[];
  /** Words for a person to read. */
  readonly words: readonly string[];
  /** Whether all of it is of a kind that a decoy needs to stay signed on. */
  readonly harmless: boolean;
  /** Where the bytes tell: the only acts that it may be sent as. */
  readonly acts?: readonly Act[];
}

/** Facts, or why there are none; a frame without facts is denied. */
export type FrameCheck = { readonly facts: FrameFacts } | { readonly problem: string };

export interface OwnAddresses {
  /** The decoy's address: bare JID, component domain, nick. */
  readonly address: string;
}

/** Reads the facts of a frame. Networks whose frames cannot be read are denied everything. */
export function checkFrame(network: Network, frame: Uint8Array, own: OwnAddresses): FrameCheck {
  if (network === 'xmpp') return xmppFacts(frame, own);
  if (network === 'irc') return ircFacts(frame);
  if (network === 'ymsg') return ymsgFacts(frame);
  if (network === 'msnp') return msnpFacts(frame);
  if (network === 'oscar') return oscarFacts(frame);
  if (network === 'sametime') return sametimeFacts(frame);
  return { problem: `frames of ${network} cannot be checked yet` };
}
