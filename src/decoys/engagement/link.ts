// The only file that opens sockets to networks. Every frame is ruled by the gate, journaled, then written, in order.
import { isIP, type Socket, connect as tcpConnect } from 'node:net';
import {
  createSecureContext,
  rootCertificates,
  type SecureContext,
  type TLSSocket,
  connect as tlsConnect,
} from 'node:tls';
import type { Clock, Log } from '../../core/clock.ts';
import { messageOf, SundewError } from '../../core/error.ts';
import type { Journal } from '../../core/journal.ts';
import type { Endpoint, Intent, Link, Ruling, TlsFacts, TlsOptions } from '../../core/link.ts';
import type { EngagementGate } from './gate.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { StreamReader } from './stream-reader.ts';
import { endPointBinding, isPinned, problemOf } from './tls-facts.ts';

const CONNECT_TIMEOUT_MS = 15_000;
const WRITE_TIMEOUT_MS = 30_000;
const CLOSE_TIMEOUT_MS = 2_000;
const KEEP_ALIVE_MS = 60_000;
/** Frames that wait for the journal or the far side. */
const MAX_QUEUED_BYTES = 1024 * 1024;
const MAX_CONTEXTS = 32;
const EXPORTER_LABEL = 'EXPORTER-Channel-Binding'; // RFC 9266
const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;

export interface DialerOptions {
  readonly gate: EngagementGate;
  readonly journal: Journal;
  /** Name of the decoy or notifier in the ledger. */
  readonly decoy: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly connectTimeoutMs?: number;
}

/**
 * Makes the function that opens links of one decoy. It connects to the endpoint and to nothing else; to a peer's address
 * only when the gate says so and the ledger has it.
 */
export function openDialer(options: DialerOptions): (endpoint: Endpoint, signal: AbortSignal) => Promise<Link> {
  const ledger = createLedger(options);
  const timeoutMs = options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS;
  const own = { here: false, away: false };
  return async (endpoint, signal) => {
    if (endpoint.intent !== undefined) {
      const ownServerIsLoopback = own.here && !own.away;
      await requireLeave(endpoint, endpoint.intent, { gate: options.gate, ledger, ownServerIsLoopback });
    }
    const socket = await connect(endpoint, timeoutMs, signal);
    const link = new SocketLink(socket, endpoint, options.gate, ledger, timeoutMs);
    if (endpoint.intent === undefined) own[link.loopback ? 'here' : 'away'] = true;
    if (endpoint.tls !== undefined) await link.startTls(endpoint.tls);
    return link;
  };
}

const NO_RULING: Ruling = { allowed: false, rule: 'default-deny', reason: 'this gate knows no connections to peers' };

/** @throws SundewError GATE_DENIED */
async function requireLeave(
  endpoint: Endpoint,
  intent: Intent,
  of: { readonly gate: EngagementGate; readonly ledger: Ledger; readonly ownServerIsLoopback: boolean },
): Promise<void> {
  const where = `${endpoint.host}:${endpoint.port}`;
  const { gate, ledger, ownServerIsLoopback } = of;
  const ruling = gate.ruleConnection?.(endpoint, intent, { ownServerIsLoopback }) ?? NO_RULING;
  await ledger.record(new Uint8Array(0), intent, ruling, where);
  if (!ruling.allowed) throw new SundewError('GATE_DENIED', `no connection to ${where}: ${ruling.reason}`);
}

async function connect(endpoint: Endpoint, timeoutMs: number, signal: AbortSignal): Promise<Socket> {
  signal.throwIfAborted();
  const where = `${endpoint.host}:${endpoint.port}`;
  const socket = tcpConnect({ host: endpoint.host, port: endpoint.port, noDelay: true });
  return await new Promise((resolve, reject) => {
    const settle = (error?: unknown): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      if (error === undefined) {
        socket.off('error', settle);
        resolve(socket.setKeepAlive(true, KEEP_ALIVE_MS));
        return;
      }
      socket.destroy();
      reject(error instanceof SundewError || signal.aborted ? error : refused(where, error));
    };
    const abort = (): void => settle(signal.reason ?? new Error('aborted'));
    const timer = setTimeout(
      () => settle(new SundewError('LINK_TIMEOUT', `${where} did not answer within ${timeoutMs / 1000} s`)),
      timeoutMs,
    );
    signal.addEventListener('abort', abort, { once: true });
    socket.once('connect', () => settle()).once('error', settle);
  });
}

function refused(where: string, cause: unknown): SundewError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new SundewError('LINK_REFUSED', `the host of ${where} was not found; see to its name`, { cause });
  }
  if (code === 'ECONNREFUSED') {
    return new SundewError('LINK_REFUSED', `nothing listens at ${where}; see to host and port`, { cause });
  }
  return new SundewError('LINK_REFUSED', `no connection to ${where}: ${messageOf(cause)}`, { cause });
}

const contexts = new Map<string, SecureContext>();

/** Reading the roots is slow and large, so links with the same `ca` share them. */
function contextOf(ca: string): SecureContext {
  const known = contexts.get(ca);
  if (known !== undefined) return known;
  if (contexts.size >= MAX_CONTEXTS) contexts.clear();
  try {
    const context = createSecureContext({ ca: [...rootCertificates, ca], allowPartialTrustChain: true });
    contexts.set(ca, context);
    return context;
  } catch (cause) {
    throw new SundewError('CONFIG_INVALID', `\`ca\` is no certificate in PEM form: ${messageOf(cause)}`, { cause });
  }
}

function factsOf(socket: TLSSocket, options: TlsOptions): TlsFacts {
  const certificate = socket.getPeerX509Certificate();
  const pinned = certificate !== undefined && isPinned(certificate, options.ca);
  const protocol = socket.getProtocol() ?? 'unknown';
  const verified = socket.authorized || pinned;
  const endPoint = certificate === undefined ? undefined : endPointBinding(certificate);
  const exporter =
    protocol === 'TLSv1.3' ? socket.exportKeyingMaterial(32, EXPORTER_LABEL, Buffer.alloc(0)) : undefined;
  return {
    protocol,
    verified,
    ...(verified ? {} : { problem: problemOf(socket.authorizationError) }),
    ...(exporter === undefined ? {} : { exporter }),
    ...(endPoint === undefined ? {} : { endPoint }),
  };
}

class SocketLink implements Link {
  readonly remote: string;
  readonly loopback: boolean;
  readonly #where: string;
  readonly #gate: EngagementGate;
  readonly #ledger: Ledger;
  readonly #reader: StreamReader;
  readonly #timeoutMs: number;
  #socket: Socket;
  #tls: TlsFacts | undefined;
  #tail: Promise<void> = Promise.resolve();
  #queuedBytes = 0;
  #closed = false;

  constructor(socket: Socket, endpoint: Endpoint, gate: EngagementGate, ledger: Ledger, timeoutMs: number) {
    this.#socket = socket;
    this.#gate = gate;
    this.#ledger = ledger;
    this.#timeoutMs = timeoutMs;
    this.#where = `${endpoint.host}:${endpoint.port}`;
    this.#reader = new StreamReader(socket);
    this.remote = `${socket.remoteAddress ?? endpoint.host}:${socket.remotePort ?? endpoint.port}`;
    this.loopback = LOOPBACK.test(socket.remoteAddress ?? '');
  }

  get tls(): TlsFacts | undefined {
    return this.#tls;
  }

  get incoming(): AsyncIterable<Uint8Array> {
    return this.#reader;
  }

  async send(frame: Uint8Array, intent: Intent): Promise<Ruling> {
    const bytes = Uint8Array.from(frame);
    const ruling = this.#gate.rule(bytes, intent);
    if (!ruling.allowed) {
      await this.#ledger.record(bytes, intent, ruling);
      return ruling;
    }
    if (this.#closed) throw new SundewError('WIRE_CLOSED', `the link to ${this.#where} is closed`);
    if (this.#queuedBytes + bytes.length > MAX_QUEUED_BYTES) {
      this.#socket.destroy();
      throw new SundewError('LINK_TIMEOUT', `${this.#where} does not take what is sent; the link was closed`);
    }
    await this.#enqueue(bytes, this.#ledger.record(bytes, intent, ruling));
    return ruling;
  }

  /** A frame whose record fails is not written, and neither is any after it: the link ends. */
  async #enqueue(bytes: Uint8Array, recorded: Promise<void>): Promise<void> {
    this.#queuedBytes += bytes.length;
    const written = Promise.all([recorded, this.#tail]).then(async () => await this.#write(bytes));
    this.#tail = written;
    try {
      await written;
    } catch (error) {
      this.#closed = true;
      this.#socket.destroy();
      throw error;
    } finally {
      this.#queuedBytes -= bytes.length;
    }
  }

  async #write(bytes: Uint8Array): Promise<void> {
    const socket = this.#socket;
    if (socket.destroyed || !socket.writable) {
      throw new SundewError('WIRE_CLOSED', `${this.#where} closed the connection`);
    }
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        socket.destroy();
        reject(new SundewError('LINK_TIMEOUT', `${this.#where} took nothing for ${WRITE_TIMEOUT_MS / 1000} s`));
      }, WRITE_TIMEOUT_MS);
      socket.write(bytes, (cause) => {
        clearTimeout(timer);
        if (cause === null || cause === undefined) resolve();
        else reject(new SundewError('WIRE_CLOSED', `${this.#where} closed the connection`, { cause }));
      });
    });
  }

  async startTls(options: TlsOptions): Promise<TlsFacts> {
    await this.#tail;
    if (this.#reader.buffered > 0) {
      // Plain bytes behind the consent to STARTTLS could pass for encrypted ones later (CVE-2011-0411).
      this.#socket.destroy();
      throw new SundewError('LINK_UNVERIFIED', `${this.#where} sent plain bytes where TLS was to begin`);
    }
    const context = options.ca === undefined ? undefined : contextOf(options.ca);
    this.#reader.detach();
    const name = isIP(options.serverName) > 0 ? { host: options.serverName } : { servername: options.serverName };
    const socket = tlsConnect({
      socket: this.#socket,
      rejectUnauthorized: false, // the session decides, by the facts
      ...name,
      ...(context === undefined ? {} : { secureContext: context }),
    });
    await this.#secured(socket);
    this.#socket = socket;
    this.#reader.attach(socket);
    this.#tls = factsOf(socket, options);
    return this.#tls;
  }

  async #secured(socket: TLSSocket): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const fail = (cause?: unknown): void => {
        clearTimeout(timer);
        socket.destroy();
        const why = cause === undefined ? 'the connection closed' : messageOf(cause);
        reject(new SundewError('LINK_REFUSED', `no TLS with ${this.#where}: ${why}; see to port and TLS`, { cause }));
      };
      const closed = (): void => fail();
      const timer = setTimeout(() => fail(new Error('it did not answer in time')), this.#timeoutMs);
      socket.once('error', fail).once('close', closed);
      socket.once('secureConnect', () => {
        clearTimeout(timer);
        socket.off('error', fail).off('close', closed);
        resolve();
      });
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const socket = this.#socket;
    await Promise.race([this.#tail.catch(() => undefined), pause(CLOSE_TIMEOUT_MS)]);
    if (socket.destroyed) return;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.end();
    this.#reader.drain();
    await Promise.race([closed, pause(CLOSE_TIMEOUT_MS)]);
    socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
