// What is said on one IM channel: texts, HTML, MIME, subjects, typing, messages in many pieces.

import { concatBytes } from '../../../core/bytes.ts';
import type { CaptureDraft } from '../../../core/capture.ts';
import { decodeText } from '../wire/fields.ts';
import { htmlToText } from '../wire/html-text.ts';
import { DATA, decodePlaceInvitation, type ImPayload } from '../wire/im.ts';
import { readMime } from '../wire/mime.ts';
import type { Meta } from './drafts.ts';

/** Of a message in pieces; the rest is dropped and the capture says so. */
const MAX_PARTS_BYTES = 256 * 1024;
const MAX_SUBJECT = 1024;

/** A capture without its peer, with the frames it came from. */
export interface ImArrival {
  readonly draft: Omit<CaptureDraft, 'peer'> & { readonly meta: Meta };
  readonly raw: Uint8Array;
}

interface Parts {
  type: number;
  readonly pieces: Uint8Array[];
  readonly frames: Uint8Array[];
  bytes: number;
  truncated: boolean;
}

type Data = Extract<ImPayload, { kind: 'data' }>;

export class ImInbox {
  #subject: { readonly text: string; readonly raw: Uint8Array } | undefined;
  #parts: Parts | undefined;

  /** @throws SundewError WIRE_MALFORMED for an invitation that cannot be read */
  take(payload: ImPayload, raw: Uint8Array): readonly ImArrival[] {
    if (payload.kind === 'text') {
      if (this.#parts !== undefined) return this.#collect(0, payload.text, raw);
      return [this.#message({ text: decodeText(payload.text) }, {}, raw)];
    }
    return this.#takeData(payload, raw);
  }

  /** What was still unfinished when the channel ended. */
  flush(): readonly ImArrival[] {
    if (this.#parts !== undefined) return this.#finish(true);
    if (this.#subject === undefined) return [];
    const { text, raw } = this.#subject;
    this.#subject = undefined;
    return [{ draft: { kind: 'message', text, meta: { subject: text } }, raw }];
  }

  #takeData(data: Data, raw: Uint8Array): readonly ImArrival[] {
    switch (data.type) {
      case DATA.typing:
        return [{ draft: { kind: 'typing', meta: { stopped: data.subtype !== 0 } }, raw }];
      case DATA.timestamp:
        return [];
      case DATA.subject:
        this.#subject = { text: decodeText(data.value).slice(0, MAX_SUBJECT), raw };
        return [];
      case DATA.html:
      case DATA.mime:
        if (this.#parts !== undefined) return this.#collect(data.type, data.value, raw);
        return [this.#rich(data.type, data.value, {}, raw)];
      case DATA.partsBegin: {
        const unfinished = this.#parts === undefined ? [] : this.#finish(true);
        this.#parts = { type: 0, pieces: [], frames: [raw], bytes: 0, truncated: false };
        return unfinished;
      }
      case DATA.partsEnd:
        this.#parts?.frames.push(raw);
        return this.#parts === undefined ? [] : this.#finish(false);
      case DATA.invitation:
        return [invitation(data.value, raw)];
      default:
        return [{ draft: { kind: 'unknown', meta: { dataType: data.type, subtype: data.subtype } }, raw }];
    }
  }

  #collect(type: number, value: Uint8Array, raw: Uint8Array): readonly ImArrival[] {
    const parts = this.#parts;
    if (parts === undefined) return [];
    if (type !== 0) parts.type = type;
    if (parts.bytes + raw.length > MAX_PARTS_BYTES) {
      parts.truncated = true;
      return [];
    }
    parts.bytes += raw.length;
    parts.pieces.push(value);
    parts.frames.push(raw);
    return [];
  }

  #finish(truncated: boolean): readonly ImArrival[] {
    const parts = this.#parts;
    this.#parts = undefined;
    if (parts === undefined || parts.pieces.length === 0) return [];
    const value = concatBytes(parts.pieces);
    const meta = truncated || parts.truncated ? { truncated: true } : {};
    const raw = concatBytes(parts.frames);
    if (parts.type === 0) return [this.#message({ text: decodeText(value) }, meta, raw)];
    return [this.#rich(parts.type, value, meta, raw)];
  }

  #rich(type: number, value: Uint8Array, meta: Meta, raw: Uint8Array): ImArrival {
    if (type === DATA.html) {
      const html = decodeText(value);
      return this.#message({ text: htmlToText(html), html }, meta, raw);
    }
    const { html, plain, parts } = readMime(value);
    const text = plain ?? (html === undefined ? '' : htmlToText(html));
    const said = html === undefined ? { text } : { text, html };
    return this.#message(said, { ...meta, mime: true, ...(parts.length === 0 ? {} : { parts }) }, raw);
  }

  #message(said: { readonly text: string; readonly html?: string }, meta: Meta, raw: Uint8Array): ImArrival {
    const subject = this.#subject;
    this.#subject = undefined;
    return {
      draft: {
        kind: 'message',
        ...said,
        meta: { ...meta, ...(subject === undefined ? {} : { subject: subject.text }) },
      },
      raw: subject === undefined ? raw : concatBytes([subject.raw, raw]),
    };
  }
}

/** A place, as the older conferences are called. */
function invitation(value: Uint8Array, raw: Uint8Array): ImArrival {
  const { title, message, place, host } = decodePlaceInvitation(value);
  const named = place === '' ? {} : { conversation: place.slice(0, MAX_SUBJECT) };
  const meta = { title: title.slice(0, MAX_SUBJECT), host: host.slice(0, MAX_SUBJECT) };
  return { draft: { kind: 'group-invite', ...named, ...(message === '' ? {} : { text: message }), meta }, raw };
}
