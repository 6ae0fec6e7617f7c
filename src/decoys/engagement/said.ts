// To whom something was said today: at most one line a peer and day, over restarts too (I-05).
import { appendFileSync, readFileSync } from 'node:fs';

const DAY_MS = 24 * 60 * 60_000;
const MAX_BYTES = 4 * 1024 * 1024;

export interface SaidBook {
  /** Whether this decoy said something to the peer within a day. */
  saidToday(decoy: string, peer: string, now: Date): boolean;
  /** Remembers it durably, before it is said. */
  remember(decoy: string, peer: string, now: Date): void;
}

/** A book kept in an append-only file; saying something is rare, so it is read once and written at once. */
export function openSaidBook(path: string): SaidBook {
  const lastAt = new Map<string, number>();
  for (const line of readLines(path)) {
    const [at = '', key = ''] = line.split('\t');
    lastAt.set(key, Number(at));
  }
  const keyOf = (decoy: string, peer: string): string => JSON.stringify([decoy, peer]);
  return {
    saidToday: (decoy, peer, now) => now.getTime() - (lastAt.get(keyOf(decoy, peer)) ?? -Infinity) < DAY_MS,
    remember: (decoy, peer, now) => {
      appendFileSync(path, `${now.getTime()}\t${keyOf(decoy, peer)}\n`, { mode: 0o600, flush: true });
      lastAt.set(keyOf(decoy, peer), now.getTime());
    },
  };
}

function readLines(path: string): readonly string[] {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    // No file yet: nothing was said.
    return [];
  }
  return bytes
    .subarray(-MAX_BYTES)
    .toString('utf8')
    .split('\n')
    .filter((line) => line.includes('\t'));
}
