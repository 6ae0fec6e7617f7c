// For tests: a link that lets everything through and remembers it, and a context that keeps captures in memory.
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CaptureDraft, CaptureId } from '../../../core/capture.ts';
import { type Clock, SILENT } from '../../../core/clock.ts';
import type { DecoyContext, DecoyState } from '../../../core/decoy.ts';
import type { Act, Endpoint, Intent, Link } from '../../../core/link.ts';
import { KEEP_ALIVE } from '../wire/frame.ts';
import { decodeSametime, type SametimeMessage } from '../wire/message.ts';

export const realClock: Clock = {
  now: () => new Date(),
  sleep: async (ms, signal) => {
    await sleep(ms, undefined, { signal });
  },
};

export interface Sent {
  readonly intent: Intent;
  readonly message: SametimeMessage | 'keep-alive';
  readonly bytes: Uint8Array;
}

export interface LoopbackOptions {
  readonly loopback?: boolean;
  /** Acts that the gate refuses. */
  readonly denied?: readonly Act[];
}

export interface LoopbackContext extends DecoyContext {
  readonly captures: { readonly draft: CaptureDraft; readonly raw: Uint8Array }[];
  readonly sent: Sent[];
  readonly states: DecoyState[];
  readonly dialled: Endpoint[];
}

/** A plain link to a port of this machine, whatever the host. */
export async function dialLoopback(endpoint: Endpoint, sent: Sent[], options: LoopbackOptions = {}): Promise<Link> {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opened = connect(endpoint.port, '127.0.0.1', () => resolve(opened));
    opened.once('error', reject);
  });
  const close = async (): Promise<void> => {
    socket.destroySoon();
  };
  return {
    remote: `${socket.remoteAddress}:${socket.remotePort}`,
    tls: undefined,
    loopback: options.loopback ?? true,
    incoming: socket,
    send: async (frame, intent) => {
      if (options.denied?.includes(intent.act) === true) return { allowed: false, rule: 'test', reason: 'denied' };
      const message = frame.length === KEEP_ALIVE.length ? 'keep-alive' : decodeSametime(frame);
      sent.push({ intent, message, bytes: Uint8Array.from(frame) });
      socket.write(frame);
      return { allowed: true, rule: 'test' };
    },
    startTls: () => Promise.reject(new Error('there is no STARTTLS here')),
    close,
    [Symbol.asyncDispose]: close,
  };
}

export function loopbackContext(options: LoopbackOptions = {}): LoopbackContext {
  const captures: LoopbackContext['captures'] = [];
  const sent: Sent[] = [];
  const states: DecoyState[] = [];
  const dialled: Endpoint[] = [];
  return {
    captures,
    sent,
    states,
    dialled,
    clock: realClock,
    random: () => 0.5,
    log: SILENT,
    dial: (endpoint) => {
      dialled.push(endpoint);
      return dialLoopback(endpoint, sent, options);
    },
    capture: async (draft, raw) => {
      captures.push({ draft, raw });
      return `capture-${captures.length}` as CaptureId;
    },
    state: (state) => {
      states.push(state);
    },
  };
}

/** Waits until something is so; fails loudly when it never is. */
export async function until(condition: () => boolean, what: string, ms = 5000): Promise<void> {
  const end = Date.now() + ms;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await sleep(5);
  }
}
