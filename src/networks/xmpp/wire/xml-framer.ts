// Bytes of an XMPP stream to frames: stream header, stanzas with their exact bytes, malformed pieces, stream end.
// A stanza over the cap is reported once with its first bytes; the rest is passed over in constant memory.
import { isSundewError } from '../../../core/error.ts';
import { BoundedBuffer } from './byte-buffer.ts';
import type { XmlElement } from './xml-element.ts';
import { parseElement, parseText } from './xml-parse.ts';
import { XmlScanner } from './xml-scanner.ts';

export const MAX_STANZA_BYTES = 256 * 1024;
/** What is kept as evidence of a stanza that was too large. */
export const KEPT_BYTES = 8 * 1024;
export const MAX_HEADER_BYTES = 4 * 1024;

export type XmlFrame =
  | { readonly kind: 'open'; readonly header: XmlElement; readonly raw: Uint8Array }
  | { readonly kind: 'element'; readonly element: XmlElement; readonly raw: Uint8Array }
  /** `fatal`: the stream cannot go on. `raw` may be only the beginning. `stanza`: a message, presence or iq. */
  | {
      readonly kind: 'malformed';
      readonly reason: string;
      readonly raw: Uint8Array;
      readonly stanza: boolean;
      readonly fatal: boolean;
    }
  | { readonly kind: 'close' };

const LT = 0x3c;
const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d]);
const SELF_CLOSED = /\/>$/;
const STANZA_HEAD = /^<(?:message|presence|iq)[\s/>]/;

/** One direction of one stream; make a new one after STARTTLS and after SASL (RFC 6120 4.3.3). */
export class XmlFramer {
  readonly #streamNs: string;
  readonly #buffer = new BoundedBuffer(MAX_STANZA_BYTES);
  #scanner = new XmlScanner();
  #reported = false;
  #stray = false;
  #dead = false;

  constructor(streamNs: string) {
    this.#streamNs = streamNs;
  }

  /** Frames of a chunk, made one at a time as they are asked for. Total: any bytes give frames, never an exception. */
  *feed(chunk: Uint8Array): Generator<XmlFrame, void> {
    let at = 0;
    while (at < chunk.length && !this.#dead) {
      if (this.#scanner.between) {
        const lt = chunk.indexOf(LT, at);
        const end = lt === -1 ? chunk.length : lt;
        yield* this.#between(chunk.subarray(at, end), lt !== -1);
        at = end;
        if (lt === -1) return;
      }
      const { event, end } = this.#scanner.scan(chunk, at);
      this.#buffer.add(chunk.subarray(at, end));
      at = end;
      yield* this.#checkSize();
      if (event !== 'none' && event !== 'declaration' && !this.#dead) yield* this.#finish(event);
    }
  }

  *#between(bytes: Uint8Array, ends: boolean): Generator<XmlFrame, void> {
    const meaning = this.#stray || bytes.some((byte) => !SPACES.has(byte));
    if (!meaning) return;
    this.#stray = true;
    this.#buffer.add(bytes);
    if (!this.#reported && (ends || this.#buffer.seen >= KEPT_BYTES)) {
      const fatal = this.#scanner.depth === 0;
      yield this.#malformed('text between stanzas', fatal);
      this.#reported = true;
    }
    if (!ends) return;
    this.#stray = false;
    this.#reported = false;
    this.#buffer.clear();
  }

  *#checkSize(): Generator<XmlFrame, void> {
    if (this.#reported) return;
    if (this.#scanner.depth === 0 && this.#buffer.seen > MAX_HEADER_BYTES) {
      yield this.#malformed(`a stream header over ${MAX_HEADER_BYTES} bytes`, true);
    } else if (this.#buffer.over) {
      this.#reported = true;
      yield this.#malformed(`a stanza over ${MAX_STANZA_BYTES} bytes`, false);
    }
  }

  *#finish(event: 'root' | 'stanza' | 'close' | 'restricted'): Generator<XmlFrame, void> {
    const reported = this.#reported;
    this.#reported = false;
    if (event === 'restricted') {
      if (!reported) yield this.#malformed('a comment, instruction or document type (RFC 6120 11.1)', true);
    } else if (event === 'close') {
      this.#dead = true;
      yield { kind: 'close' };
    } else if (event === 'root') {
      yield this.#header();
    } else if (this.#scanner.depth === 0) {
      yield this.#malformed('an element instead of a stream header', true);
    } else if (!reported) {
      yield this.#stanza();
    }
    this.#buffer.clear();
  }

  #header(): XmlFrame {
    const raw = this.#buffer.copy();
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(raw).replace(/^<\?xml [^<>]*\?>\s*/, '');
      const header = parseText(SELF_CLOSED.test(text) ? text : text.replace(/>$/, '/>'), this.#streamNs);
      return { kind: 'open', header, raw };
    } catch {
      // Whatever is wrong with a header, the stream cannot go on: the bytes say why.
      return this.#malformed('a stream header that is not well-formed', true);
    }
  }

  #stanza(): XmlFrame {
    const raw = this.#buffer.copy();
    try {
      return { kind: 'element', element: parseElement(raw, this.#streamNs), raw };
    } catch (error) {
      const stanza = isStanza(raw);
      const reason = isSundewError(error) ? error.message : 'a stanza that the parser refused';
      return { kind: 'malformed', reason, raw, stanza, fatal: false };
    }
  }

  #malformed(reason: string, fatal: boolean): XmlFrame {
    if (fatal) this.#dead = true;
    const raw = this.#buffer.copy(KEPT_BYTES);
    return { kind: 'malformed', reason, raw, stanza: isStanza(raw), fatal };
  }
}

function isStanza(raw: Uint8Array): boolean {
  return STANZA_HEAD.test(new TextDecoder('latin1').decode(raw.subarray(0, 16)));
}
