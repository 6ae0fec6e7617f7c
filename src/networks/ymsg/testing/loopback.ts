// For tests: a link that lets everything through and remembers it, and a context that keeps captures in memory.
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CaptureDraft, CaptureId } from '../../../core/capture.ts';
import { type Clock, SILENT } from '../../../core/clock.ts';
import type { DecoyContext, DecoyState } from '../../../core/decoy.ts';
import type { Act, Endpoint, Link } from '../../../core/link.ts';
import { takePacket } from '../wire/packet.ts';
import { serviceName } from '../wire/services.ts';

export const realClock: Clock = {
  now: () => new Date(),
  sleep: async (ms, signal) => {
    await sleep(ms, undefined, { signal });
  },
};

export interface Sent {
  readonly act: Act;
  readonly service: string;
  readonly bytes: Uint8Array;
}

export interface LoopbackContext extends DecoyContext {
  readonly captures: { readonly draft: CaptureDraft; readonly raw: Uint8Array }[];
  readonly sent: Sent[];
  readonly states: DecoyState[];
}

/** A plain link to a port of this machine. `denied` acts are ruled out; `loopback: false` plays a far host. */
export async function dialLoopback(
  endpoint: Endpoint,
  sent: Sent[],
  options: { readonly denied?: readonly Act[]; readonly loopback?: boolean } = {},
): Promise<Link> {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opened = connect(endpoint.port, '127.0.0.1', () => resolve(opened));
    opened.once('error', reject);
  });
  const close = async (): Promise<void> => {
    socket.destroy();
  };
  return {
    remote: `${socket.remoteAddress}:${socket.remotePort}`,
    tls: undefined,
    loopback: options.loopback ?? true,
    incoming: socket,
    send: async (frame, { act }) => {
      if (options.denied?.includes(act)) return { allowed: false, rule: 'test', reason: 'denied by the test' };
      sent.push({ act, service: nameOf(frame), bytes: frame });
      if (!socket.destroyed) await new Promise<void>((resolve) => socket.write(frame, () => resolve()));
      return { allowed: true, rule: 'test' };
    },
    startTls: () => Promise.reject(new Error('YMSG has no TLS')),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The packet's service, or the request to the log-in server without its query. */
function nameOf(frame: Uint8Array): string {
  const request = /^GET [^?]*/.exec(Buffer.from(frame).toString('latin1'))?.[0];
  return request ?? serviceName(takePacket(frame)?.service ?? -1);
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
