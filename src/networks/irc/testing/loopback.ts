// For tests: a link that lets everything through and remembers it, and a context that keeps captures in memory.
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CaptureDraft, CaptureId } from '../../../core/capture.ts';
import { type Clock, SILENT } from '../../../core/clock.ts';
import type { DecoyContext, DecoyState } from '../../../core/decoy.ts';
import type { Act, Endpoint, Link, TlsFacts } from '../../../core/link.ts';

export const realClock: Clock = {
  now: () => new Date(),
  sleep: async (ms, signal) => {
    await sleep(ms, undefined, { signal });
  },
};

export interface Sent {
  readonly act: Act;
  readonly line: string;
}

export interface Taken {
  readonly draft: CaptureDraft;
  readonly raw: Uint8Array;
}

export interface LoopbackContext extends DecoyContext {
  readonly captures: Taken[];
  readonly sent: Sent[];
  readonly states: DecoyState[];
}

/** A plain link to a port of this machine. */
export async function dialLoopback(endpoint: Endpoint, sent: Sent[], tls?: TlsFacts): Promise<Link> {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opened = connect(endpoint.port, '127.0.0.1', () => resolve(opened));
    opened.once('error', reject);
  });
  return linkOver(socket, sent, tls);
}

/** A link over an open connection. */
export function linkOver(socket: Socket, sent: Sent[], tls?: TlsFacts): Link {
  const close = async (): Promise<void> => {
    socket.destroy();
  };
  return {
    remote: `${socket.remoteAddress}:${socket.remotePort}`,
    tls,
    loopback: true,
    incoming: socket,
    send: async (frame, { act }) => {
      sent.push({ act, line: Buffer.from(frame).toString().trimEnd() });
      socket.write(frame);
      return { allowed: true, rule: 'test' };
    },
    startTls: () => Promise.reject(new Error('IRC has no STARTTLS here')),
    close,
    [Symbol.asyncDispose]: close,
  };
}

export function loopbackContext(over: Partial<DecoyContext> = {}): LoopbackContext {
  const captures: Taken[] = [];
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

/** A bare client that speaks lines, as a peer. */
export async function openPeer(
  port: number,
  nick: string,
): Promise<{ say(line: string): void; readonly heard: string[]; close(): void }> {
  const socket = connect(port, '127.0.0.1');
  const heard: string[] = [];
  let rest = '';
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString()).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      heard.push(line);
      if (line.startsWith('PING')) socket.write(`${line.replace('PING', 'PONG')}\r\n`);
    }
  });
  const say = (line: string): void => {
    socket.write(`${line}\r\n`);
  };
  say(`NICK ${nick}`);
  say(`USER ${nick} 0 * :${nick}`);
  await until(() => heard.some((line) => / (376|422) /.test(line)), `${nick} signed on`);
  return { say, heard, close: () => socket.destroy() };
}
