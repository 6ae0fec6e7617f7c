// Hand-written stand-ins for the outside, and warnings to tell of.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../core/clock.ts';
import type { WarningChange, WarningRecord } from '../../warning/types.ts';
import type { Channel, ChannelKind, OutgoingMessage } from '../channel.ts';
import type { OutboxWorkQueue } from '../outbox-queue.ts';

export const REAL_CLOCK: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }),
};

/** A clock that stands until it is set; sleeping is real. */
export function settableClock(start: string): Clock & { set(iso: string): void } {
  let now = new Date(start);
  return {
    ...REAL_CLOCK,
    now: () => now,
    set: (iso) => {
      now = new Date(iso);
    },
  };
}

/** A queue that loses every job: the look each second must find the work all the same. */
export const DEAF_QUEUE: OutboxWorkQueue = { insert: async () => undefined, work: async () => undefined };

export interface RecordingChannel extends Channel {
  readonly sent: OutgoingMessage[];
}

/** @param judge throws what the far side would make the channel throw */
export function recordingChannel(
  kind: ChannelKind,
  judge: (message: OutgoingMessage) => Promise<void> | void = () => undefined,
): RecordingChannel {
  const sent: OutgoingMessage[] = [];
  return {
    kind,
    sent,
    send: async (message) => {
      await judge(message);
      sent.push(message);
      return { providerId: `taken ${sent.length}` };
    },
    close: async () => undefined,
  };
}

export function warningRecord(part: Partial<WarningRecord> = {}): WarningRecord {
  return {
    id: 'W-7K3F',
    revision: 1,
    kind: 'advisory',
    title: 'Worm on XMPP: link to an executable posing as a picture',
    at: '2026-03-01T12:00:00.000Z',
    updatedAt: '2026-03-01T12:00:05.000Z',
    networks: ['xmpp'],
    severity: 'high',
    class: 'worm',
    reasons: ['executable behind the name of a picture'],
    growth: 'growing',
    advice: ['Do not open the link.', 'Ask the sender by another way.', 'Run a virus scan if you clicked.', 'Fourth.'],
    template: 'lol is that you? http://pictures.example/me.scr',
    indicators: [{ type: 'url', value: 'http://pictures.example/me.scr' }],
    spread: [4],
    campaign: 'c1',
    decoys: 4,
    senders: 17,
    captures: 42,
    unambiguousHarm: false,
    simulated: false,
    ...part,
  };
}

export function warningChange(
  part: Partial<WarningRecord> = {},
  change: WarningChange['change'] = 'raised',
  notify = true,
): WarningChange {
  return { change, record: warningRecord(part), notify };
}

/** Looks until it is true. @throws when it does not become true in time */
export async function until(what: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await what())) {
    if (Date.now() > end) throw new Error('it did not become true in time');
    await sleep(10);
  }
}
