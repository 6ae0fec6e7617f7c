// For tests: a link to this machine that lets everything through and remembers it, and a context that keeps captures in memory.
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CaptureDraft, CaptureId } from '../../core/capture.ts';
import { SILENT } from '../../core/clock.ts';
import type { DecoyContext, DecoyState } from '../../core/decoy.ts';
import type { Endpoint, Intent, Link, TlsFacts } from '../../core/link.ts';
import { REAL_CLOCK } from '../../decoys/testing/real-clock.ts';
import { type LoopbackListener, listenOnLoopback } from '../server.ts';

export interface Sent {
  readonly intent: Intent;
  readonly bytes: Uint8Array;
}

export interface LinkOptions {
  /** What the link tells of its encryption. */
  readonly tls?: TlsFacts | undefined;
  /** `false` plays a far host. */
  readonly loopback?: boolean;
  /** What a gate would let through; all of it by default. */
  readonly allows?: (intent: Intent) => boolean;
}

export interface LoopbackContext extends DecoyContext {
  readonly captures: { readonly draft: CaptureDraft; readonly raw: Uint8Array }[];
  readonly sent: Sent[];
  readonly states: DecoyState[];
  readonly dialled: Endpoint[];
  /** Captures of one kind. */
  of(kind: string): readonly CaptureDraft[];
}

/** A plain link to a port of this machine, whatever the host. What goes out is added to `sent`. */
export async function dialLoopback({ port }: Endpoint, sent: Sent[], options: LinkOptions = {}): Promise<Link> {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opened = connect(port, '127.0.0.1', () => resolve(opened));
    opened.once('error', reject);
  });
  return linkOver(socket, sent, options);
}

/** A link over an open connection. */
export function linkOver(socket: Socket, sent: Sent[], options: LinkOptions = {}): Link {
  const close = async (): Promise<void> => {
    socket.destroySoon();
  };
  // A break between two reads is heard of by the next one.
  socket.on('error', () => undefined);
  return {
    remote: `${socket.remoteAddress}:${socket.remotePort}`,
    tls: options.tls,
    loopback: options.loopback ?? true,
    incoming: socket,
    send: async (frame, intent) => {
      if (options.allows?.(intent) === false) return { allowed: false, rule: 'test', reason: 'denied by the test' };
      sent.push({ intent, bytes: Uint8Array.from(frame) });
      if (!socket.destroyed) await new Promise<void>((resolve) => socket.write(frame, () => resolve()));
      return { allowed: true, rule: 'test' };
    },
    startTls: () => Promise.reject(new Error('there is no STARTTLS here')),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** @param over parts that the test does itself @param link of every link that it dials */
export function loopbackContext(over: Partial<DecoyContext> = {}, link: LinkOptions = {}): LoopbackContext {
  const captures: LoopbackContext['captures'] = [];
  const sent: Sent[] = [];
  const states: DecoyState[] = [];
  const dialled: Endpoint[] = [];
  return {
    captures,
    sent,
    states,
    dialled,
    clock: REAL_CLOCK,
    random: () => 0.5,
    log: SILENT,
    dial: (endpoint) => {
      dialled.push(endpoint);
      return dialLoopback(endpoint, sent, link);
    },
    capture: async (draft, raw) => {
      captures.push({ draft, raw });
      return `capture-${captures.length}` as CaptureId;
    },
    state: (state) => void states.push(state),
    of: (kind) => captures.map(({ draft }) => draft).filter((draft) => draft.kind === kind),
    ...over,
  };
}

/** A server that says what it likes. */
export function scriptedServer(serve: (socket: Socket) => void): Promise<LoopbackListener> {
  return listenOnLoopback({ port: 0, maxClients: 100 }, (socket) => {
    socket.on('error', () => socket.destroy());
    serve(socket);
  });
}

/** Waits until something is so; fails loudly when it never is. */
export async function until(condition: () => boolean, what: string, ms = 8000): Promise<void> {
  const end = Date.now() + ms;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await sleep(5);
  }
}
