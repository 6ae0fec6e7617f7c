// An arrival to a capture draft: pure, total, bounded. The table in docs/networks/xmpp.md says what becomes what.
import type { CaptureDraft, Peer } from '../../../core/capture.ts';
import { contactListDrafts } from '../../../core/contact-list.ts';
import { unreachable } from '../../../core/error.ts';
import type { Arrival } from '../session/types.ts';
import { type Jid, parseJid } from '../wire/jid.ts';
import type { XmlElement } from '../wire/xml-element.ts';
import { readIq } from './iq.ts';
import { readMessage } from './message.ts';
import { nativeIdOf } from './native-id.ts';
import { readPresence } from './presence.ts';
import { commonMeta, type Draft, defined, delayOf, draft, type Own, peerOf, senderOf } from './reading.ts';

/** What a peer, or the server, did: one draft, but for a roster, of which long ones are several. */
export function readArrival(arrival: Arrival, own: Own): readonly CaptureDraft[] {
  switch (arrival.kind) {
    case 'stanza':
      return [readPeersStanza(arrival.stanza, own)];
    case 'contacts':
      return readContacts(arrival.contacts, arrival.pushed, own);
    case 'malformed':
      return [readMalformed(arrival.raw, arrival.reason, own)];
    default:
      return unreachable(arrival);
  }
}

/** A change is no list that comes again: it counts each time. */
function readContacts(contacts: readonly string[], pushed: boolean, own: Own): readonly CaptureDraft[] {
  const drafts = contactListDrafts({ id: own.domain, verifiedBy: 'own-server' }, contacts);
  return pushed ? drafts.map(({ native: _native, ...draft }) => draft) : drafts;
}

function readPeersStanza(stanza: XmlElement, own: Own): CaptureDraft {
  const sender = senderOf(stanza, own);
  const read = readStanza(stanza, own);
  const { sentAt, claimedSentAt } = delayOf(stanza, own);
  const native = nativeIdOf(stanza, sender, own);
  return {
    ...read,
    ...addressed(stanza, own),
    ...realPeer(stanza, sender, read, own),
    ...defined({ native, sentAt, conversation: read.conversation ?? conversationOf(stanza, sender) }),
    meta: { ...commonMeta(stanza, sender), ...defined({ claimedSentAt }), ...read.meta },
  };
}

function readStanza(stanza: XmlElement, own: Own): Draft {
  if (stanza.name === 'message') return readMessage(stanza, own);
  if (stanza.name === 'presence') return readPresence(stanza);
  return stanza.name === 'iq' ? readIq(stanza) : draft('unknown');
}

/** Rooms speak as `room/nick`: the room is the conversation. */
function conversationOf(stanza: XmlElement, sender: Jid | undefined): string | undefined {
  return stanza.attrs.get('type') === 'groupchat' ? sender?.bare : undefined;
}

/** A mediated invitation is from the room; the peer is who invited, on the room's word only. */
function realPeer(stanza: XmlElement, sender: Jid | undefined, read: Draft, own: Own): { readonly peer: Peer } {
  const peer = peerOf(stanza, sender, own);
  const inviter = typeof read.meta?.inviter === 'string' ? parseJid(read.meta.inviter) : undefined;
  if (read.kind !== 'group-invite' || inviter === undefined) return { peer };
  const { client: _roomClient, ...rest } = peer;
  // `room@service/nick` names an occupant, not an account: the whole of it is the identity then.
  const id = inviter.bare === sender?.bare ? inviter.full : inviter.bare;
  return { peer: { ...rest, id, verifiedBy: inviter.domain === own.domain ? 'own-server' : 'federated' } };
}

/** Which address of a component was touched. */
function addressed(stanza: XmlElement, own: Own): { readonly decoy?: string } {
  if (own.mode === 'client') return {};
  const to = parseJid(stanza.attrs.get('to') ?? '');
  return to?.domain === own.address ? { decoy: to.bare } : {};
}

const FROM = /\sfrom\s*=\s*(?:"([^"<]{1,3071})"|'([^'<]{1,3071})')/;
const TO = /\sto\s*=\s*(?:"([^"<]{1,3071})"|'([^'<]{1,3071})')/;

/** Bytes that could not be read: who sent them is taken from the head as far as it can be seen. */
function readMalformed(raw: Uint8Array, reason: string, own: Own): CaptureDraft {
  const head = new TextDecoder().decode(raw.subarray(0, 4096)).split('>', 1)[0] ?? '';
  const from = parseAttribute(FROM, head);
  const to = own.mode === 'component' ? parseAttribute(TO, head) : undefined;
  return {
    kind: 'malformed',
    peer: { id: from?.bare ?? own.domain, verifiedBy: from === undefined ? 'own-server' : 'federated' },
    ...(to?.domain === own.address ? { decoy: to.bare } : {}),
    meta: { reason, keptBytes: raw.length },
  };
}

function parseAttribute(pattern: RegExp, head: string): Jid | undefined {
  const match = pattern.exec(head);
  return parseJid(match?.[1] ?? match?.[2] ?? '');
}
