// One switchboard as the decoy sees it: who is there, chunks that are not whole yet, and every message as a draft.

import type { CaptureDraft, Peer } from '../../core/capture.ts';
import { isSundewError } from '../../core/error.ts';
import { decodeHeaders } from '../http/headers.ts';
import { peerOf } from './captures.ts';
import { draftOfDatacast, draftOfEmoticons, draftOfInvitation, draftOfText } from './conversation-drafts.ts';
import { addChunk, EMPTY_ASSEMBLY, type P2pAssembly } from './session/p2p-assembly.ts';
import type { TransferWord } from './session/reception-types.ts';
import { bareAddress } from './session/ring.ts';
import { draftOfSlp } from './slp-drafts.ts';
import { vulnerabilityOf } from './vulnerabilities.ts';
import type { MsnpFrame } from './wire/frame.ts';
import { decodeInvitation } from './wire/invite.ts';
import { decodeMime, type MimeMessage, mediaTypeOf } from './wire/mime.ts';
import { decodeP2p } from './wire/p2p.ts';
import { decodePercent } from './wire/percent.ts';
import { decodeSlp } from './wire/slp.ts';

/** Clients say it every five seconds while a key is pressed. */
const TYPING_MS = 5_000;
const MAX_ROSTER = 64;

export interface Captured {
  readonly draft: CaptureDraft;
  readonly raw: Uint8Array;
}

/** A message as read: a capture, a word about a transfer, both or neither. */
export interface Heard {
  readonly peer: Peer;
  readonly captured?: Captured;
  readonly word?: TransferWord;
}

type Found = Omit<Heard, 'peer'>;

export class Conversation {
  readonly #own: string;
  readonly #session: string;
  readonly #roster: string[] = [];
  #open: P2pAssembly = EMPTY_ASSEMBLY;
  #client: string | undefined;
  #typedAtMs = Number.NEGATIVE_INFINITY;

  constructor(own: string, session: string) {
    this.#own = own;
    this.#session = session;
  }

  /** Someone is there. @returns a capture when the conversation has become one of several */
  join(address: string, late: boolean, frame: MsnpFrame): Captured | undefined {
    if (this.#roster.length < MAX_ROSTER) this.#roster.push(address);
    const [first = address] = this.#roster;
    if (!late || this.#roster.length < 2) return undefined;
    const meta = { command: frame.command, joined: address, roster: [...this.#roster] };
    return {
      draft: { kind: 'group-invite', peer: peerOf(first), conversation: this.#session, meta },
      raw: frame.bytes,
    };
  }

  /** A MSG. */
  read(frame: MsnpFrame, now: Date): Heard {
    const message = decodeMime(frame.payload ?? new Uint8Array());
    const sender = peerOf(bareAddress(frame.args[0] ?? ''), decodePercent(frame.args[1] ?? ''));
    const client = message.headers.get('user-agent')?.slice(0, 200) ?? this.#client;
    const peer = client === undefined ? sender : { ...sender, client };
    const { captured, ...found } = this.#readMessage(message, peer, frame, now);
    if (captured === undefined) return { peer, ...found };
    const several = this.#roster.length > 1 ? { conversation: this.#session } : {};
    return { peer, ...found, captured: { draft: { ...captured.draft, ...several }, raw: captured.raw } };
  }

  #readMessage(message: MimeMessage, peer: Peer, frame: MsnpFrame, now: Date): Found {
    const type = mediaTypeOf(message.headers);
    const raw = frame.bytes;
    const captured = (draft: CaptureDraft): Found => ({ captured: { draft, raw } });
    switch (type) {
      case 'text/plain':
        return captured(draftOfText(message, peer));
      case 'text/x-msmsgscontrol':
        return this.#readTyping(peer, raw, now);
      case 'text/x-msnmsgr-datacast':
        return captured(draftOfDatacast(message, peer));
      case 'text/x-msmsgsinvite':
        return { ...captured(draftOfInvitation(message, peer)), ...wordOfInvitation(message) };
      case 'application/x-msnmsgrp2p':
        return this.#readP2p(message, peer, raw);
      case 'text/x-mms-emoticon':
      case 'text/x-mms-animemoticon':
        return captured(draftOfEmoticons(message, peer));
      case 'text/x-clientcaps':
      case 'text/x-clientinfo':
        this.#client = decodeHeaders(Buffer.from(message.body).toString('utf8')).get('client-name')?.slice(0, 200);
        return {};
      case 'image/gif':
      case 'application/x-ms-ink':
        return captured({ kind: 'message', peer, meta: { handwriting: type, bytes: message.body.length } });
      case 'text/x-keepalive':
        return {};
      default:
        return captured({ kind: 'unknown', peer, meta: { type: type.slice(0, 100) } });
    }
  }

  #readTyping(peer: Peer, raw: Uint8Array, now: Date): Found {
    if (now.getTime() - this.#typedAtMs < TYPING_MS) return {};
    this.#typedAtMs = now.getTime();
    return { captured: { draft: { kind: 'typing', peer, meta: {} }, raw } };
  }

  #readP2p(message: MimeMessage, peer: Peer, raw: Uint8Array): Found {
    const to = message.headers.get('p2p-dest');
    // Meant for another one in the room.
    if (to !== undefined && bareAddress(to).toLowerCase() !== this.#own.toLowerCase()) return {};
    try {
      const chunk = decodeP2p(message.body);
      if (chunk.session !== 0) return { word: { type: 'data', chunk } };
      // Session 0 is signalling; the flags of acknowledgements carry nothing.
      if (chunk.total === 0n || chunk.chunk.length === 0) return {};
      const { open, whole } = addChunk(this.#open, peer.id, chunk, raw);
      this.#open = open;
      if (whole === undefined) return {};
      const slp = decodeSlp(whole.message);
      const draft = draftOfSlp(slp, peer);
      const word: TransferWord = { type: 'slp', slp, last: chunk };
      return draft === undefined ? { word } : { word, captured: { draft, raw: whole.raw } };
    } catch (error) {
      if (!isSundewError(error)) throw error;
      const meta = { reason: error.message, ...vulnerabilityOf(error.message) };
      return { captured: { draft: { kind: 'malformed', peer, meta }, raw } };
    }
  }
}

/** What an invitation of the old style means for a transfer. */
function wordOfInvitation(message: MimeMessage): Found {
  const { command, cookie, file, address, authCookie } = decodeInvitation(message.body);
  if (command === 'INVITE' && file !== undefined) return { word: { type: 'invitation', cookie } };
  if (command === 'CANCEL') return { word: { type: 'cancelled', cookie } };
  if (command !== 'ACCEPT' || address === undefined || authCookie === undefined) return {};
  const { host, port } = address;
  return { word: { type: 'listening', cookie, host, port, authCookie } };
}
