// For tests: links that let everything through and remember it, and a context that keeps captures in memory.
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CaptureDraft, CaptureId } from '../../../core/capture.ts';
import { type Clock, SILENT } from '../../../core/clock.ts';
import type { DecoyContext, DecoyState } from '../../../core/decoy.ts';
import type { Endpoint, Intent, Link } from '../../../core/link.ts';

export const realClock: Clock = {
  now: () => new Date(),
  sleep: async (ms, signal) => {
    await sleep(ms, undefined, { signal });
  },
};

export interface Sent {
  readonly frame: Uint8Array;
  readonly intent: Intent;
}

/** A plain link to a port of this machine. */
export async function dialLoopback(endpoint: Endpoint, sent: Sent[], loopback = true): Promise<Link> {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opened = connect(endpoint.port, '127.0.0.1', () => resolve(opened));
    opened.once('error', reject);
  });
  const close = async (): Promise<void> => {
    socket.destroySoon();
  };
  return {
    remote: `127.0.0.1:${endpoint.port}`,
    tls: undefined,
    loopback,
    incoming: socket,
    send: async (frame, intent) => {
      sent.push({ frame, intent });
      socket.write(frame);
      return { allowed: true, rule: 'test' };
    },
    startTls: () => Promise.reject(new Error('OSCAR has no STARTTLS')),
    close,
    [Symbol.asyncDispose]: close,
  };
}

export interface LoopbackContext extends DecoyContext {
  readonly captures: { readonly draft: CaptureDraft; readonly raw: Uint8Array }[];
  readonly sent: Sent[];
  readonly states: DecoyState[];
}

export function loopbackContext(over: Partial<DecoyContext> = {}): LoopbackContext {
  const captures: LoopbackContext['captures'] = [];
  const sent: Sent[] = [];
  const states: DecoyState[] = [];
  return {
    captures,
    sent,
    states,
    clock: realClock,
    random: () => 0.5,
    log: SILENT,
    dial: (endpoint) => dialLoopback(endpoint, sent),
    capture: async (draft, raw) => {
      captures.push({ draft, raw });
      return `${captures.length}` as CaptureId;
    },
    state: (state) => {
      states.push(state);
    },
    ...over,
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
