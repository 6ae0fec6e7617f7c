// So many messages at a time, the others in line. Who waits too long leaves the line without having been sent.
import { SundewError } from '../../core/error.ts';

export interface Turns {
  /**
   * Does the work when its turn has come. The turn lasts until the work itself has ended, whatever the signal says.
   * @throws SundewError CHANNEL_RETRY with the sentence `late` when the signal comes first
   */
  take<T>(signal: AbortSignal, late: string, work: () => Promise<T>): Promise<T>;
}

/** @param atATime may be infinite */
export function createTurns(atATime: number): Turns {
  const line: (() => void)[] = [];
  let free = atATime;
  const leave = (): void => {
    const next = line.shift();
    if (next === undefined) free += 1;
    else next();
  };
  const enter = (): Promise<void> => {
    if (free > 0) {
      free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => line.push(resolve));
  };
  return {
    take: (signal, late, work) => {
      const done = enter().then(async () => {
        try {
          if (signal.aborted) throw new SundewError('CHANNEL_RETRY', late);
          return await work();
        } finally {
          leave();
        }
      });
      return inTime(done, signal, late);
    },
  };
}

async function inTime<T>(work: Promise<T>, signal: AbortSignal, late: string): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(new SundewError('CHANNEL_RETRY', late));
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  work.catch(() => undefined); // after the time-out nobody listens
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
