// Finds where elements begin and end in a byte stream, in constant memory: no names, no values, only depth.
// ASCII bytes never occur inside a UTF-8 sequence, so the scan works on bytes and a character may be split anywhere.

export type ScanEvent = 'none' | 'declaration' | 'root' | 'stanza' | 'close' | 'restricted';

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;
const DOUBLE = 0x22;
const SINGLE = 0x27;
const CDATA_OPEN = '[CDATA[';
const CDATA_CLOSE = ']]>';

type Mode = 'text' | 'open' | 'tag' | 'quote' | 'end-tag' | 'bang' | 'cdata' | 'declaration';

/** Byte scanner of one XMPP stream. Depth 0: before the root; 1: between stanzas; more: inside one. */
export class XmlScanner {
  #mode: Mode = 'text';
  #depth = 0;
  #quote = 0;
  #matched = 0;
  #slash = false;

  get depth(): number {
    return this.#depth;
  }

  /** True between two elements at the stream's own level, where only whitespace may stand. */
  get between(): boolean {
    return this.#depth <= 1 && this.#mode === 'text';
  }

  /**
   * Reads on from `at` until something ends. `event` is `none` when the chunk is used up; `end` is one past the last
   * byte read.
   */
  scan(chunk: Uint8Array, at: number): { readonly event: ScanEvent; readonly end: number } {
    let index = at;
    while (index < chunk.length) {
      const skipped = this.#skip(chunk, index);
      if (skipped === -1) return { event: 'none', end: chunk.length };
      index = skipped + 1;
      const event = this.#byte(chunk[skipped] ?? 0);
      if (event !== 'none') return { event, end: index };
    }
    return { event: 'none', end: index };
  }

  /** Where the next byte of meaning stands: long texts and values are passed over at memory speed. */
  #skip(chunk: Uint8Array, from: number): number {
    if (this.#mode === 'text' && this.#depth > 1) return chunk.indexOf(LT, from);
    if (this.#mode === 'quote') return chunk.indexOf(this.#quote, from);
    return from;
  }

  #byte(byte: number): ScanEvent {
    switch (this.#mode) {
      case 'text':
        if (byte === LT) this.#mode = 'open';
        return 'none';
      case 'open':
        return this.#opened(byte);
      case 'tag':
        return this.#inTag(byte);
      case 'quote':
        this.#mode = 'tag';
        return 'none';
      case 'end-tag':
        return byte === GT ? this.#closed() : 'none';
      case 'bang':
        return this.#inBang(byte);
      case 'cdata':
        return this.#inCdata(byte);
      case 'declaration':
        if (byte !== GT) return 'none';
        this.#mode = 'text';
        return 'declaration';
    }
  }

  #opened(byte: number): ScanEvent {
    this.#slash = false;
    if (byte === SLASH) this.#mode = 'end-tag';
    else if (byte === BANG && this.#depth > 1) {
      this.#mode = 'bang';
      this.#matched = 0;
    } else if (byte === QUESTION && this.#depth === 0) this.#mode = 'declaration';
    else if (byte === BANG || byte === QUESTION) return 'restricted';
    else {
      this.#mode = 'tag';
      return this.#inTag(byte);
    }
    return 'none';
  }

  #inTag(byte: number): ScanEvent {
    if (byte === DOUBLE || byte === SINGLE) {
      this.#mode = 'quote';
      this.#quote = byte;
      this.#slash = false;
      return 'none';
    }
    if (byte !== GT) {
      this.#slash = byte === SLASH;
      return 'none';
    }
    this.#mode = 'text';
    if (this.#slash) return this.#depth <= 1 ? 'stanza' : 'none';
    this.#depth += 1;
    return this.#depth === 1 ? 'root' : 'none';
  }

  #closed(): ScanEvent {
    this.#mode = 'text';
    this.#depth -= 1;
    if (this.#depth <= 0) return 'close';
    return this.#depth === 1 ? 'stanza' : 'none';
  }

  #inBang(byte: number): ScanEvent {
    if (byte !== CDATA_OPEN.charCodeAt(this.#matched)) return 'restricted';
    this.#matched += 1;
    if (this.#matched === CDATA_OPEN.length) {
      this.#mode = 'cdata';
      this.#matched = 0;
    }
    return 'none';
  }

  #inCdata(byte: number): ScanEvent {
    if (byte === CDATA_CLOSE.charCodeAt(this.#matched)) this.#matched += 1;
    else this.#matched = byte === 0x5d ? this.#matched : 0;
    if (byte === 0x5d && this.#matched > 2) this.#matched = 2;
    if (this.#matched === CDATA_CLOSE.length) this.#mode = 'text';
    return 'none';
  }
}
