// The real clock, chance and log: the composition roots hand them to every part.
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import type { Clock, Log, Random } from '../core/clock.ts';

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }),
};

export const systemRandom: Random = Math.random;

/** One line of JSON an entry, on standard error. */
export function systemLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }));
}
