// One switchboard as the decoy sees it: who is there, chunks that are not whole yet, and every message as a draft.

import type { CaptureDraft, Peer } from '../../core/capture.ts';
import { isSundewError } from '../../core/error.ts';
import { decodeHeaders } from '../http/headers.ts';
import { peerOf } from './captures.ts';
import { draftOfDatacast, draftOfEmoticons, draftOfInvitation, draftOfText } from './conversation-drafts.ts';
import { addChunk, EMPTY_ASSEMBLY, type P2pAssembly } from './session/p2p-assembly.ts';
import { bareAddress } from './session/ring.ts';
import { draftOfSlp } from './slp-drafts.ts';
import { vulnerabilityOf } from './vulnerabilities.ts';
import type { MsnpFrame } from './wire/frame.ts';
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

  /** A MSG. @returns undefined for what says nothing by itself */
  read(frame: MsnpFrame, now: Date): Captured | undefined {
    const message = decodeMime(frame.payload ?? new Uint8Array());
    const sender = peerOf(bareAddress(frame.args[0] ?? ''), decodePercent(frame.args[1] ?? ''));
    const client = message.headers.get('user-agent')?.slice(0, 200) ?? this.#client;
    const peer = client === undefined ? sender : { ...sender, client };
    const found = this.#readMessage(message, peer, frame, now);
    if (found === undefined) return undefined;
    const several = this.#roster.length > 1 ? { conversation: this.#session } : {};
    return { draft: { ...found.draft, ...several }, raw: found.raw };
  }

  #readMessage(message: MimeMessage, peer: Peer, frame: MsnpFrame, now: Date): Captured | undefined {
    const type = mediaTypeOf(message.headers);
    const raw = frame.bytes;
    switch (type) {
      case 'text/plain':
        return { draft: draftOfText(message, peer), raw };
      case 'text/x-msmsgscontrol':
        return this.#readTyping(peer, raw, now);
      case 'text/x-msnmsgr-datacast':
        return { draft: draftOfDatacast(message, peer), raw };
      case 'text/x-msmsgsinvite':
        return { draft: draftOfInvitation(message, peer), raw };
      case 'application/x-msnmsgrp2p':
        return this.#readP2p(message, peer, raw);
      case 'text/x-mms-emoticon':
      case 'text/x-mms-animemoticon':
        return { draft: draftOfEmoticons(message, peer), raw };
      case 'text/x-clientcaps':
      case 'text/x-clientinfo':
        this.#client = decodeHeaders(Buffer.from(message.body).toString('utf8')).get('client-name')?.slice(0, 200);
        return undefined;
      case 'image/gif':
      case 'application/x-ms-ink':
        return { draft: { kind: 'message', peer, meta: { handwriting: type, bytes: message.body.length } }, raw };
      case 'text/x-keepalive':
        return undefined;
      default:
        return { draft: { kind: 'unknown', peer, meta: { type: type.slice(0, 100) } }, raw };
    }
  }

  #readTyping(peer: Peer, raw: Uint8Array, now: Date): Captured | undefined {
    if (now.getTime() - this.#typedAtMs < TYPING_MS) return undefined;
    this.#typedAtMs = now.getTime();
    return { draft: { kind: 'typing', peer, meta: {} }, raw };
  }

  #readP2p(message: MimeMessage, peer: Peer, raw: Uint8Array): Captured | undefined {
    const to = message.headers.get('p2p-dest');
    // Meant for another one in the room.
    if (to !== undefined && bareAddress(to).toLowerCase() !== this.#own.toLowerCase()) return undefined;
    try {
      const chunk = decodeP2p(message.body);
      // Session 0 is signalling; the flags of acknowledgements carry nothing. The rest is data that nobody accepted.
      if (chunk.session !== 0 || chunk.total === 0n || chunk.chunk.length === 0) return undefined;
      const { open, whole } = addChunk(this.#open, peer.id, chunk, raw);
      this.#open = open;
      if (whole === undefined) return undefined;
      const draft = draftOfSlp(decodeSlp(whole.message), peer);
      return draft === undefined ? undefined : { draft, raw: whole.raw };
    } catch (error) {
      if (!isSundewError(error)) throw error;
      const meta = { reason: error.message, ...vulnerabilityOf(error.message) };
      return { draft: { kind: 'malformed', peer, meta }, raw };
    }
  }
}
