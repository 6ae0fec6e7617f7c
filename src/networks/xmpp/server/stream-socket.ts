// A socket of the range's server with an XML stream on it.
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { NS } from '../wire/namespaces.ts';
import { type XmlElement, xml } from '../wire/xml-element.ts';
import { XmlFramer } from '../wire/xml-framer.ts';
import { encodeStreamOpen, encodeXml, STREAM_CLOSE } from '../wire/xml-write.ts';
import { toStreamNs } from './translate.ts';

export interface StreamHandler {
  /** A stream header came; the answer has been sent. */
  opened(id: string): void;
  element(element: XmlElement): void;
  closed(): void;
}

const MAX_WRITE_BACKLOG = 32 * 1024 * 1024;

/** Reads frames, writes elements; a restarted stream is just the next header. */
export class StreamSocket {
  readonly #socket: Socket;
  readonly #streamNs: string;
  readonly #domain: string;
  #framer: XmlFramer;

  constructor(socket: Socket, streamNs: string, domain: string, handler: StreamHandler) {
    this.#socket = socket;
    this.#streamNs = streamNs;
    this.#domain = domain;
    this.#framer = new XmlFramer(streamNs);
    socket.setNoDelay(true);
    socket.on('data', (chunk: Uint8Array) => this.#read(chunk, handler));
    socket.on('close', () => handler.closed());
    socket.on('error', () => socket.destroy()); // 'close' follows and tells the rest.
  }

  /** Forgets the stream so far: the next bytes are a new header. */
  restart(): void {
    this.#framer = new XmlFramer(this.#streamNs);
  }

  send(element: XmlElement): void {
    if (this.#socket.writableLength > MAX_WRITE_BACKLOG) this.#socket.destroy();
    else if (this.#socket.writable) this.#socket.write(encodeXml(toStreamNs(element, this.#streamNs), this.#streamNs));
  }

  write(bytes: Uint8Array | string): void {
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  end(condition?: string): void {
    if (condition !== undefined) this.send(xml(NS.stream, 'error', {}, xml(NS.streamErrors, condition)));
    if (this.#socket.writable) this.#socket.end(STREAM_CLOSE);
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #read(chunk: Uint8Array, handler: StreamHandler): void {
    const framer = this.#framer;
    for (const frame of framer.feed(chunk)) {
      if (frame.kind === 'open') this.#open(handler);
      else if (frame.kind === 'element') handler.element(frame.element);
      else if (frame.kind === 'close') this.end();
      else this.end('not-well-formed');
      if (framer !== this.#framer) return;
    }
  }

  #open(handler: StreamHandler): void {
    const id = randomUUID();
    const version = this.#streamNs === NS.client ? { version: '1.0' } : {};
    this.write(encodeStreamOpen(this.#streamNs, { from: this.#domain, id, ...version }));
    handler.opened(id);
  }
}
