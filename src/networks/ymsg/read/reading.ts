// What every reading of a packet shares: who did it, what it says, and what is odd about it.
import type { CaptureDraft, Peer } from '../../../core/capture.ts';
import { numberOf, textFlag, textOf, timeOf } from '../wire/fields.ts';
import type { Packet } from '../wire/packet.ts';
import type { Pair } from '../wire/pairs.ts';
import { serviceName } from '../wire/services.ts';
import { decodeText, stripMarkup } from '../wire/text.ts';

/** What the reading of a packet depends on. */
export interface YmsgReader {
  /** The decoy's id, in lower case. */
  readonly user: string;
  /** The server's name: it stands for what no peer did. */
  readonly server: string;
}

export type Draft = CaptureDraft & { readonly meta: Readonly<Record<string, unknown>> };

/** Characters of names that strangers choose. */
const MAX_NAME = 512;
const MAX_TEXT = 65_535;

/** A name cut to what a capture takes; empty is none. */
export function named(text: string | undefined): string | undefined {
  const cut = text?.slice(0, MAX_NAME);
  return cut === '' ? undefined : cut;
}

/** A draft with the sender (the first of `keys` that is there), the time and the packet's numbers. */
export function baseOf(packet: Packet, pairs: readonly Pair[], keys: readonly number[], reader: YmsgReader): Draft {
  const sentAt = timeOf(pairs, 15);
  const network = numberOf(pairs, 241);
  return {
    kind: 'unknown',
    peer: peerOf(pairs, keys, network, reader),
    ...(sentAt === undefined ? {} : { sentAt }),
    meta: {
      service: serviceName(packet.service),
      status: packet.status,
      ...(network === undefined || network === 0 ? {} : { federated: network }),
    },
  };
}

function peerOf(
  pairs: readonly Pair[],
  keys: readonly number[],
  network: number | undefined,
  reader: YmsgReader,
): Peer {
  const key = keys.find((candidate) => textOf(pairs, candidate) !== undefined);
  const sender = key === undefined ? undefined : named(textOf(pairs, key));
  if (sender === undefined) return { id: reader.server, verifiedBy: 'own-server' };
  // Ids do not heed case. The server names the sender; key 1 of a packet that lacks key 4 is the sender's own word.
  const id = sender.toLowerCase();
  const foreign = network !== undefined && network !== 0;
  return {
    id,
    ...(id === sender ? {} : { name: sender }),
    verifiedBy: foreign ? 'federated' : key === 1 ? 'self-asserted' : 'own-server',
  };
}

/** Sets the text of a key as a reader sees it; markup stays in the evidence. */
export function withText(draft: Draft, pairs: readonly Pair[], key: number): Draft {
  const value = pairs.find((one) => one.key === key)?.value;
  if (value === undefined || value.length === 0) return draft;
  const { text: raw, charset } = decodeText(value.subarray(0, MAX_TEXT), textFlag(pairs));
  const text = stripMarkup(raw);
  const meta = {
    ...draft.meta,
    ...(charset === 'utf-8' ? {} : { charset }),
    ...(text === raw ? {} : { formatting: true }),
  };
  return text === '' ? { ...draft, meta } : { ...draft, text, meta };
}

/** The same draft with more in its meta; undefined values are left out. */
export function withMeta(draft: Draft, more: Readonly<Record<string, unknown>>): Draft {
  const entries = Object.entries(more).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? draft : { ...draft, meta: { ...draft.meta, ...Object.fromEntries(entries) } };
}
