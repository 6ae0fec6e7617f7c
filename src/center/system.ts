// The real clock, chance and log: the composition roots hand them to every part.
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import type { Clock, Log, Random } from '../core/clock.ts';

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }),
};

export const systemRandom: Random = Math.random;

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
type Level = (typeof LEVELS)[number];

/** One line of JSON an entry on standard error; one short line of words where a person is looking. */
export function systemLog(level: Level, terminal: boolean = process.stderr.isTTY === true): Log {
  if (terminal) return terminalLog(level, (line) => process.stderr.write(line), systemClock);
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }));
}

/** For people: `16:01:07 warn decoy offline network=irc why="…"`. Values are quoted, so that peer bytes stay inert. */
export function terminalLog(level: Level, write: (line: string) => void, clock: Clock): Log {
  const entry =
    (of: Level) =>
    (fields: Readonly<Record<string, unknown>>, message: string): void => {
      if (LEVELS.indexOf(of) < LEVELS.indexOf(level)) return;
      const facts = Object.entries(fields).map(([key, value]) => ` ${key}=${shown(value)}`);
      write(
        `  ${clock.now().toISOString().slice(11, 19)} ${of === 'info' ? '' : `${of} `}${message}${facts.join('')}\n`,
      );
    };
  return { info: entry('info'), warn: entry('warn'), error: entry('error') };
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
  return /^[\w.:/@#-]+$/.test(text)
    ? text
    : JSON.stringify(text).replaceAll(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, '\ufffd');
}
