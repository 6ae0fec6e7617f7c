// For tests: links of this machine that let everything through and remember it, and captures kept in memory.
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
  readonly intent: Intent;
  readonly text: string;
}

export interface TestContext extends DecoyContext {
  readonly captures: { readonly draft: CaptureDraft; readonly raw: Uint8Array }[];
  readonly sent: Sent[];
  readonly states: DecoyState[];
  /** Captures of one kind. */
  of(kind: string): readonly CaptureDraft[];
}

export async function dialLoopback(
  { host, port }: Endpoint,
  sent: Sent[] = [],
  allows: (intent: Intent) => boolean = () => true,
): Promise<Link> {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opened = connect(port, host, () => resolve(opened));
    opened.once('error', reject);
  });
  socket.on('error', () => undefined);
  const close = async (): Promise<void> => {
    socket.end();
    socket.destroySoon();
  };
  return {
    remote: `${host}:${port}`,
    tls: undefined,
    loopback: true,
    incoming: socket,
    send: async (frame, intent) => {
      if (!allows(intent)) return { allowed: false, rule: 'test', reason: 'a test denies it' };
      sent.push({ intent, text: Buffer.from(frame).toString('latin1') });
      socket.write(frame);
      return { allowed: true, rule: 'test' };
    },
    startTls: () => Promise.reject(new Error('MSN has no STARTTLS')),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** @param allows what a gate would let through; all of it by default */
export function testContext(allows?: (intent: Intent) => boolean): TestContext {
  const captures: TestContext['captures'] = [];
  const sent: Sent[] = [];
  const states: DecoyState[] = [];
  return {
    captures,
    sent,
    states,
    clock: realClock,
    random: () => 0.5,
    log: SILENT,
    dial: (endpoint) => dialLoopback(endpoint, sent, allows),
    capture: async (draft, raw) => {
      captures.push({ draft, raw });
      return `${captures.length}` as CaptureId;
    },
    state: (state) => void states.push(state),
    of: (kind) => captures.map(({ draft }) => draft).filter((draft) => draft.kind === kind),
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
