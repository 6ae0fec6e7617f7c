// Receiving a file over the switchboard (P2P version 1). Nothing is sent before the offer is a capture, and nothing more
// after the gate has said no.
//   idle → asked (ACK of the offer goes to the gate) → receiving (200 OK) → told (ACK or BYE goes to the gate) → ended
import type { CapturedFile, CaptureId, Peer } from '../../../core/capture.ts';
import { FileInbox, MAX_TRANSFER_MS, mayTakeFile } from '../../../core/file-inbox.ts';
import type { Act } from '../../../core/link.ts';
import { encodeP2pMessage } from '../wire/message.ts';
import { acknowledgeP2p, P2P_ACK, P2P_DATA_BITS, type P2pChunk, splitP2p } from '../wire/p2p.ts';
import { SLP_APPLICATIONS, type SlpCall, type SlpMessage } from '../wire/slp.ts';
import { encodeSlpBye, encodeSlpOk, encodeTransportAnswer, readCall, readSession } from '../wire/slp-answers.ts';
import type { FileDesk } from './file-desk.ts';
import type { Hearing, ReceptionEffect, ReceptionEffects } from './reception-types.ts';

/** Tells the outcome of an answer. */
export const P2P_TOKEN = 'p2p';
/** What a sender says before an object: four zero bytes. */
const PREPARATION_BYTES = 4;
const MAX_U32 = 0xffff_ffff;

interface Transfer {
  readonly peer: Peer;
  readonly cause: CaptureId;
  readonly file: CapturedFile;
  readonly call: SlpCall;
  readonly session: number;
  phase: 'asked' | 'receiving' | 'told' | 'ended';
  readonly inbox: FileInbox;
  /** Of the message that the data come in. */
  data: number | undefined;
  /** Of our own messages. */
  identifier: number;
}

export class P2pReception {
  readonly #own: string;
  readonly #desk: FileDesk;
  #transfer: Transfer | undefined;

  constructor(own: string, desk: FileDesk) {
    this.#own = own;
    this.#desk = desk;
  }

  slp(slp: SlpMessage, last: P2pChunk, hearing: Hearing, now: Date): ReceptionEffects {
    const type = (slp.headers.get('content-type') ?? '').toLowerCase();
    if (slp.method === 'INVITE') {
      if (type.includes('transreqbody')) return this.#answerTransport(slp, last, hearing);
      return this.#offered(slp, last, hearing, now);
    }
    const transfer = this.#of(slp, hearing.peer);
    if (slp.method !== 'BYE' || transfer === undefined) return [];
    if (transfer.phase === 'receiving') transfer.phase = 'told';
    return [this.#acknowledge(transfer, last)];
  }

  /** Data of a session, in order as a switchboard relays them. */
  data(chunk: P2pChunk, { peer }: Hearing, now: Date): ReceptionEffects {
    const transfer = this.#transfer;
    if (transfer?.phase !== 'receiving' || chunk.session !== transfer.session || !samePeer(transfer, peer)) return [];
    if ((chunk.flags & P2P_ACK) !== 0) return [];
    if ((chunk.flags & P2P_DATA_BITS) === 0) {
      return chunk.total === BigInt(PREPARATION_BYTES) ? [this.#acknowledge(transfer, chunk)] : [];
    }
    if (transfer.inbox.isStale(now)) return this.#abandon(transfer);
    transfer.data ??= chunk.identifier;
    if (chunk.identifier !== transfer.data || chunk.offset !== BigInt(transfer.inbox.bytes)) {
      return this.#abandon(transfer); // another message in between, an overlap or a gap
    }
    transfer.inbox.take(chunk.chunk);
    const last = chunk.offset + BigInt(chunk.chunk.length) === chunk.total;
    if (last) {
      transfer.phase = 'told';
      return [this.#acknowledge(transfer, chunk)];
    }
    // More than was offered, or nothing that is kept: the peer is told to stop.
    return transfer.inbox.done ? this.#abandon(transfer) : [];
  }

  /** An answer went out. */
  allowed(): ReceptionEffects {
    const transfer = this.#transfer;
    if (transfer?.phase === 'told') return this.#end(transfer);
    if (transfer?.phase !== 'asked') return [];
    transfer.phase = 'receiving';
    const ok = this.#signal(transfer, encodeSlpOk(transfer.call, transfer.session), 'accept-file');
    return [...ok, { type: 'set-timer', ms: MAX_TRANSFER_MS + 1 }];
  }

  /** The gate said no, at the offer or since: nothing more is said, and nothing kept. */
  denied(): void {
    const transfer = this.#transfer;
    this.#transfer = undefined;
    if (transfer?.phase === 'asked') this.#desk.withdraw(transfer.peer.id);
    else if (transfer !== undefined && transfer.phase !== 'ended') this.#desk.leave();
  }

  timer(now: Date): ReceptionEffects {
    const transfer = this.#transfer;
    return transfer?.phase === 'receiving' && transfer.inbox.isStale(now) ? this.#abandon(transfer) : [];
  }

  /** The conversation is over. */
  closed(): ReceptionEffects {
    const transfer = this.#transfer;
    this.#transfer = undefined;
    return transfer === undefined ? [] : this.#end(transfer);
  }

  #offered(slp: SlpMessage, last: P2pChunk, { peer, cause, offered }: Hearing, now: Date): ReceptionEffects {
    const isFile = SLP_APPLICATIONS.get((slp.fields.get('euf-guid') ?? '').toUpperCase()) === 'file';
    const call = readCall(slp, this.#own, peer.id);
    const session = readSession(slp);
    if (!isFile || call === undefined || session === undefined || cause === undefined || offered === undefined)
      return [];
    if (this.#transfer !== undefined && this.#transfer.phase !== 'ended') return [];
    if (!mayTakeFile(offered) || !this.#desk.enter(peer.id, now)) return [];
    const inbox = new FileInbox(offered.size ?? 0, now);
    const identifier = (~last.identifier >>> 0) % MAX_U32;
    this.#transfer = { peer, cause, file: offered, call, session, phase: 'asked', inbox, data: undefined, identifier };
    return [this.#acknowledge(this.#transfer, last, 'accept-file')];
  }

  #answerTransport(slp: SlpMessage, last: P2pChunk, { peer }: Hearing): ReceptionEffects {
    const transfer = this.#of(slp, peer);
    const call = readCall(slp, this.#own, peer.id);
    if (transfer?.phase !== 'receiving' || call === undefined) return [];
    return [this.#acknowledge(transfer, last), ...this.#signal(transfer, encodeTransportAnswer(call), 'transfer')];
  }

  /** The transfer that a message belongs to. */
  #of(slp: SlpMessage, peer: Peer): Transfer | undefined {
    const transfer = this.#transfer;
    const same = transfer?.call.callId === slp.headers.get('call-id') && transfer?.phase !== 'asked';
    return transfer !== undefined && same && samePeer(transfer, peer) ? transfer : undefined;
  }

  /** What came, as a capture; what comes later is nothing to us. */
  #end(transfer: Transfer): ReceptionEffects {
    if (transfer.phase === 'asked') this.#desk.withdraw(transfer.peer.id);
    const receiving = transfer.phase === 'receiving' || transfer.phase === 'told';
    transfer.phase = 'ended';
    if (!receiving) return [];
    this.#desk.leave();
    if (transfer.inbox.bytes === 0) return [];
    const { content, file, meta } = transfer.inbox.finish(transfer.file);
    const session = String(transfer.session);
    return [
      {
        type: 'emit',
        draft: { kind: 'file', peer: transfer.peer, file, meta: { p2p: true, session, ...meta } },
        raw: content,
      },
    ];
  }

  #abandon(transfer: Transfer): ReceptionEffects {
    transfer.phase = 'told';
    return this.#signal(transfer, encodeSlpBye(transfer.call), 'transfer');
  }

  #acknowledge(transfer: Transfer, last: P2pChunk, act: Act = 'transfer'): ReceptionEffect {
    return this.#say(transfer, acknowledgeP2p(last, this.#next(transfer)), act);
  }

  #signal(transfer: Transfer, message: Uint8Array, act: Act): ReceptionEffects {
    const identifier = this.#next(transfer);
    const ids = { identifier, ackId: (identifier ^ 0x5555_5555) >>> 0 };
    return splitP2p(message, ids).map((chunk) => this.#say(transfer, chunk, act));
  }

  #next(transfer: Transfer): number {
    transfer.identifier = transfer.identifier >= MAX_U32 ? 1 : transfer.identifier + 1;
    return transfer.identifier;
  }

  #say({ peer, cause }: Transfer, chunk: P2pChunk, act: Act): ReceptionEffect {
    const intent = { act, peer: peer.id, cause };
    return { type: 'say', payload: encodeP2pMessage(peer.id, chunk), wanted: 'D', intent, token: P2P_TOKEN };
  }
}

const samePeer = (transfer: Transfer, peer: Peer): boolean => transfer.peer.id.toLowerCase() === peer.id.toLowerCase();
