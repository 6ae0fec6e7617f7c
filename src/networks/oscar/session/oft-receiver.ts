// The receiving side of a file transfer (OFT2) that the gate allowed: headers and content in, acknowledgements and
// captures out. One connection may bring several files, one after the other.
//   [proxy ──ready──►] prompt ──0101, we say 0202──► content ──all there, we say 0204──► prompt … ──► closed
import { concatBytes } from '../../../core/bytes.ts';
import type { CaptureDraft, CapturedFile, Peer } from '../../../core/capture.ts';
import { isSundewError, SundewError } from '../../../core/error.ts';
import { FileInbox, MAX_FILE_BYTES, mayTakeFile } from '../../../core/file-inbox.ts';
import { ARS_JOIN, ARS_READY, encodeArsFrame, encodeArsJoin, takeArsFrame } from '../wire/ars.ts';
import { capabilityBytes } from '../wire/capability.ts';
import { hexOf, textBytes } from '../wire/fields.ts';
import {
  encodeOftHeader,
  OFT_ACKNOWLEDGE,
  OFT_CHECKSUM_START,
  OFT_DONE,
  OFT_PROMPT,
  type OftHeader,
  oftChecksum,
  sameChecksum,
  takeOftHeader,
} from '../wire/oft.ts';
import { decodeMessageText } from '../wire/text.ts';

/** Files that one offer may bring, and their bytes together. */
export const MAX_FILES = 16;
export const MAX_OFFER_BYTES = 4 * MAX_FILE_BYTES;
const MAX_NAME = 4096;
/** Bytes of a broken stream that are kept. */
const MAX_BROKEN_BYTES = 4096;
const FLAG_DONE = 0x01;

export interface OftOffer {
  readonly peer: Peer;
  /** Of the rendezvous. */
  readonly cookie: Uint8Array;
  /** The file as it was offered. */
  readonly file: CapturedFile;
  /** Where sender and receiver meet at the proxy; absent for a direct connection. */
  readonly proxy?: { readonly name: string; readonly pin: number };
}

export type OftEffect =
  | { readonly type: 'send'; readonly frame: Uint8Array }
  | { readonly type: 'emit'; readonly draft: CaptureDraft; readonly raw: Uint8Array }
  | { readonly type: 'close' };

interface Incoming {
  readonly header: OftHeader;
  readonly bytes: Uint8Array;
  readonly inbox: FileInbox;
  checksum: number;
}

export class OftReceiver {
  readonly #offer: OftOffer;
  #phase: 'proxy' | 'prompt' | 'content' | 'closed';
  #buffer: Uint8Array = new Uint8Array(0);
  #incoming: Incoming | undefined;
  #files = 0;
  #bytes = 0;

  constructor(offer: OftOffer) {
    this.#offer = offer;
    this.#phase = offer.proxy === undefined ? 'prompt' : 'proxy';
  }

  /** The connection is there: at the proxy we name our place, a sender speaks first. */
  connected(): readonly OftEffect[] {
    const { proxy, cookie } = this.#offer;
    if (proxy === undefined) return [];
    const join = { name: textBytes(proxy.name), pin: proxy.pin, cookie, capability: capabilityBytes('send-file') };
    return [{ type: 'send', frame: encodeArsFrame({ type: ARS_JOIN, payload: encodeArsJoin(join) }) }];
  }

  /** Takes what came; nothing throws. */
  take(chunk: Uint8Array, now: Date): readonly OftEffect[] {
    const effects: OftEffect[] = [];
    let rest = this.#buffer.length === 0 ? chunk : concatBytes([this.#buffer, chunk]);
    this.#buffer = new Uint8Array(0);
    while (this.#phase !== 'closed' && rest.length > 0) {
      try {
        const after = this.#step(rest, effects, now);
        if (after === undefined) break;
        rest = after;
      } catch (error) {
        if (!isSundewError(error)) throw error;
        effects.push(this.#malformed(error.message, rest), ...this.#close());
      }
    }
    if (this.#phase !== 'closed') this.#buffer = Uint8Array.from(rest);
    return effects;
  }

  /** The connection ended, or lasted too long: what has come of a file is kept. */
  closed(): readonly OftEffect[] {
    const incoming = this.#incoming;
    const effects = incoming === undefined || incoming.inbox.bytes === 0 ? [] : [this.#file(incoming)];
    this.#incoming = undefined;
    this.#phase = 'closed';
    return effects;
  }

  /** @returns what is left behind one unit, or undefined while it is not whole. @throws SundewError WIRE_* */
  #step(bytes: Uint8Array, effects: OftEffect[], now: Date): Uint8Array | undefined {
    if (this.#incoming !== undefined) return this.#takeContent(this.#incoming, bytes, effects);
    if (this.#phase === 'proxy') return this.#takeProxy(bytes);
    const taken = takeOftHeader(bytes);
    if (taken === undefined) return undefined;
    this.#prompted(taken.header, taken.bytes, effects, now);
    return taken.rest;
  }

  #takeProxy(bytes: Uint8Array): Uint8Array | undefined {
    const taken = takeArsFrame(bytes);
    if (taken === undefined) return undefined;
    if (taken.frame.type !== ARS_READY)
      throw new SundewError('WIRE_MALFORMED', `the proxy said ${taken.frame.type} where the transfer was to begin`);
    this.#phase = 'prompt';
    return taken.rest;
  }

  #prompted(header: OftHeader, bytes: Uint8Array, effects: OftEffect[], now: Date): void {
    if (header.type !== OFT_PROMPT)
      throw new SundewError('WIRE_MALFORMED', `OFT2 type 0x${header.type.toString(16)} where a file was to begin`);
    if (header.encryption !== 0 || header.compression !== 0)
      throw new SundewError('WIRE_MALFORMED', 'an encrypted or compressed OFT2 transfer');
    const file = this.#fileOf(header);
    this.#files += 1;
    this.#bytes += header.fileBytes;
    if (!mayTakeFile(file) || this.#files > MAX_FILES || this.#bytes > MAX_OFFER_BYTES) {
      const refused = header.fileBytes === 0 ? 'empty' : header.fileBytes > MAX_FILE_BYTES ? 'too large' : 'unwanted';
      effects.push(this.#emit({ kind: 'file', file, meta: { ...factsOf(header), refused } }, bytes), ...this.#close());
      return;
    }
    const inbox = new FileInbox(header.fileBytes, now);
    this.#incoming = { header, bytes: Uint8Array.from(bytes), inbox, checksum: OFT_CHECKSUM_START };
    this.#phase = 'content';
    effects.push(this.#say({ ...header, type: OFT_ACKNOWLEDGE }));
  }

  #takeContent(incoming: Incoming, bytes: Uint8Array, effects: OftEffect[]): Uint8Array {
    const { header, inbox } = incoming;
    const chunk = bytes.subarray(0, header.fileBytes - inbox.bytes);
    incoming.checksum = oftChecksum(incoming.checksum, chunk, inbox.bytes);
    inbox.take(chunk);
    if (!inbox.done) return bytes.subarray(chunk.length);
    this.#incoming = undefined;
    effects.push(this.#file(incoming));
    if (inbox.refused) {
      effects.push(...this.#close());
      return bytes.subarray(chunk.length);
    }
    const last = header.filesLeft <= 1;
    effects.push(
      this.#say({
        ...header,
        type: OFT_DONE,
        filesLeft: Math.max(0, header.filesLeft - 1),
        partsLeft: Math.max(0, header.partsLeft - 1),
        receivedBytes: inbox.bytes,
        receivedChecksum: incoming.checksum,
        flags: header.flags | FLAG_DONE,
      }),
      ...(last ? this.#close() : []),
    );
    if (!last) this.#phase = 'prompt';
    return bytes.subarray(chunk.length);
  }

  /** The sender's own header comes back to it, as every client does, with the cookie that shows whose it is. */
  #say(header: OftHeader): OftEffect {
    return { type: 'send', frame: encodeOftHeader({ ...header, cookie: this.#offer.cookie }) };
  }

  #file(incoming: Incoming): OftEffect {
    const { header, inbox, checksum } = incoming;
    const { content, file, meta } = inbox.finish(this.#fileOf(header));
    const wrong = inbox.complete && !sameChecksum(checksum, header.checksum) ? { checksumDiffers: true } : {};
    // Of what is not kept, the sender's own words about it are the evidence.
    const raw = content.length === 0 ? incoming.bytes : content;
    return this.#emit({ kind: 'file', file, meta: { ...factsOf(header), ...wrong, ...meta } }, raw);
  }

  /** The name of the header; the offer may have named a folder. */
  #fileOf(header: OftHeader): CapturedFile {
    const { text } = decodeMessageText(header.charset, header.name, false);
    const name = (text === '' ? (this.#offer.file.name ?? '') : text.replaceAll('\u0001', '/')).slice(0, MAX_NAME);
    return { ...(name === '' ? {} : { name }), size: header.fileBytes };
  }

  #malformed(reason: string, bytes: Uint8Array): OftEffect {
    return this.#emit({ kind: 'malformed', meta: { reason, transfer: true } }, bytes.subarray(0, MAX_BROKEN_BYTES));
  }

  #emit(draft: Omit<CaptureDraft, 'peer'>, raw: Uint8Array): OftEffect {
    const cookie = hexOf(this.#offer.cookie);
    return {
      type: 'emit',
      draft: { ...draft, peer: this.#offer.peer, meta: { ...draft.meta, cookie } },
      raw: Uint8Array.from(raw),
    };
  }

  #close(): readonly OftEffect[] {
    this.#phase = 'closed';
    this.#incoming = undefined;
    return [{ type: 'close' }];
  }
}

/** What the header says besides name and size. */
function factsOf(header: OftHeader): Readonly<Record<string, unknown>> {
  const client = Buffer.from(header.client).toString('latin1').replace(/\0.*$/s, '');
  return {
    sender: client,
    ...(header.files === 1 ? {} : { files: header.files, filesLeft: header.filesLeft }),
    ...(header.modified === 0 ? {} : { modified: new Date(header.modified * 1000).toISOString() }),
    ...(header.forkBytes === 0 ? {} : { resourceForkBytes: header.forkBytes }),
  };
}
