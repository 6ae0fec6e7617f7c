// A plain link for tests, on a real socket: no gate, but everything that was sent is recorded with its intent.

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { Act, Endpoint, Intent, Link, Ruling, TlsFacts, TlsOptions } from '../../../core/link.ts';

export interface SentFrame {
  readonly text: string;
  readonly intent: Intent;
}

export interface TestLink extends Link {
  readonly sent: readonly SentFrame[];
  /** Breaks the connection without a word. */
  cut(): void;
}

/** Dials loopback. Frames of an act in `denied` are ruled out. */
export async function dialTest(endpoint: Endpoint, denied: readonly Act[] = []): Promise<TestLink> {
  const socket = createConnection({ host: endpoint.host, port: endpoint.port });
  await once(socket, 'connect');
  const link = new SocketLink(socket, denied);
  if (endpoint.tls !== undefined) await link.startTls(endpoint.tls);
  return link;
}

class SocketLink implements TestLink {
  #socket: Socket;
  readonly #denied: readonly Act[];
  readonly #sent: SentFrame[] = [];
  readonly remote: string;
  readonly loopback: boolean;
  tls: TlsFacts | undefined;

  constructor(socket: Socket, denied: readonly Act[]) {
    this.#socket = socket;
    this.#denied = denied;
    this.remote = `${socket.remoteAddress}:${socket.remotePort}`;
    this.loopback = socket.remoteAddress === '127.0.0.1';
    socket.on('error', () => socket.destroy());
  }

  get sent(): readonly SentFrame[] {
    return this.#sent;
  }

  /** By `read()` rather than by the socket's own iterator, which would take bytes of a TLS handshake. */
  get incoming(): AsyncIterable<Uint8Array> {
    return this.#chunks();
  }

  async *#chunks(): AsyncGenerator<Uint8Array, void> {
    for (;;) {
      const socket = this.#socket;
      const chunk: Uint8Array | null = socket.read();
      if (chunk !== null) yield chunk;
      else if (socket.readableEnded || socket.destroyed) return;
      else await readable(socket);
    }
  }

  async send(frame: Uint8Array, intent: Intent): Promise<Ruling> {
    if (this.#denied.includes(intent.act)) return { allowed: false, rule: 'test', reason: 'denied by the test' };
    this.#sent.push({ text: new TextDecoder().decode(frame), intent });
    if (this.#socket.writable) await new Promise<void>((resolve) => this.#socket.write(frame, () => resolve()));
    return { allowed: true, rule: 'test' };
  }

  async startTls(options: TlsOptions): Promise<TlsFacts> {
    const plain = this.#socket;
    plain.removeAllListeners('readable');
    const secure = connectTls({
      socket: plain,
      servername: options.serverName,
      rejectUnauthorized: false,
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    });
    secure.on('error', () => secure.destroy());
    await once(secure, 'secureConnect');
    this.#socket = secure;
    this.tls = factsOf(secure);
    return this.tls;
  }

  cut(): void {
    this.#socket.destroy();
  }

  async close(): Promise<void> {
    this.#socket.end();
    this.#socket.destroySoon();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function readable(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const event of ['readable', 'end', 'close', 'error']) socket.off(event, done);
      resolve();
    };
    for (const event of ['readable', 'end', 'close', 'error']) socket.on(event, done);
  });
}

function factsOf(socket: TLSSocket): TlsFacts {
  const certificate: PeerCertificate = socket.getPeerCertificate();
  const verified = socket.authorized;
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    verified,
    ...(verified ? {} : { problem: String(socket.authorizationError) }),
    exporter: socket.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0)),
    endPoint: createHash('sha256').update(certificate.raw).digest(),
  };
}
