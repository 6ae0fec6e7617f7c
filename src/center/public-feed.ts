// What changes on the public board, as events: recomputed by the policy table when something was projected or released
// by time, once for all listeners.
import type { z } from 'zod';
import type { Clock, Log } from '../core/clock.ts';
import { messageOf } from '../core/error.ts';
import type { Db } from '../storage/database.ts';
import { listWarnings } from '../warning/warning-store.ts';
import type { NetworkLevel, RetractedEvent, Touch, Warning } from './api/contract.ts';
import { createLiveHub } from './live.ts';
import { levelsOf, type PublicOptions, riverOf, warningFor } from './public-view.ts';

export type PublicEvent =
  | { readonly event: 'touch'; readonly data: z.infer<typeof Touch> }
  | { readonly event: 'warning'; readonly data: z.infer<typeof Warning> }
  | { readonly event: 'level'; readonly data: z.infer<typeof NetworkLevel> }
  | { readonly event: 'retracted'; readonly data: z.infer<typeof RetractedEvent> };

export interface PublicFeed {
  /** Events from now on; the first ones may repeat what was there a moment ago. */
  subscribe(signal: AbortSignal): AsyncIterable<PublicEvent>;
  /** Something was projected. */
  changed(): void;
  /** What was told of these warnings holds no more; what still may be said of them is told anew. */
  retracted(warnings: readonly string[]): void;
  stop(): Promise<void>;
}

const SETTLE_MS = 400;
const RELEASE_EVERY_MS = 10_000;
const RIVER = 100;
const WARNINGS = 50;
/** Remembered so that nothing is told twice. */
const REMEMBERED = 5_000;

export function startPublicFeed(db: Db, options: PublicOptions, clock: Clock, log: Log): PublicFeed {
  const hub = createLiveHub<PublicEvent>();
  const stopped = new AbortController();
  const told = new Map<string, string>();
  let wake: (() => void) | undefined;
  let asked = false;
  /** Of what holds: what was read before a retraction is not told after it. */
  let generation = 0;
  const refreshSoon = (): void => {
    asked = true; // it may be in the middle of a refresh
    wake?.();
  };

  /** Tells an event when its content is new. */
  const tell = (key: string, event: PublicEvent): void => {
    const content = JSON.stringify(event.data);
    if (told.get(key) === content) return;
    told.delete(key);
    told.set(key, content);
    const [oldest] = told.keys();
    if (told.size > REMEMBERED && oldest !== undefined) told.delete(oldest);
    hub.publish(event);
  };

  const refresh = async (): Promise<void> => {
    const now = clock.now();
    const begun = generation;
    const touches = await riverOf(db, now, RIVER, options);
    const { warnings } = await listWarnings(db, { limit: WARNINGS, standing: true });
    const levels = await levelsOf(db, now, options);
    if (begun !== generation) return refreshSoon();
    for (const touch of [...touches].reverse()) tell(`t ${touch.id}`, { event: 'touch', data: touch });
    for (const record of [...warnings].reverse()) {
      const warning = warningFor(record, 'public', now, options);
      if (warning !== undefined) tell(`w ${warning.id}`, { event: 'warning', data: warning });
    }
    for (const level of levels) tell(`l ${level.network}`, { event: 'level', data: level });
  };

  const run = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      asked = false;
      await refresh().catch((error: unknown) =>
        log.warn({ err: messageOf(error) }, 'the public feed could not be refreshed'),
      );
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      if (!asked) await Promise.race([woken, clock.sleep(RELEASE_EVERY_MS, stopped.signal)]).catch(() => undefined);
      await clock.sleep(SETTLE_MS, stopped.signal).catch(() => undefined);
    }
  };
  const done = run();
  return {
    async *subscribe(signal) {
      const events = hub.subscribe(signal);
      const first = events.next(); // it listens from here on
      refreshSoon();
      const { value, done: over } = await first;
      if (over) return;
      yield value;
      yield* events;
    },
    // With nobody listening, the refresh now and then is enough to know what is old news to the first who comes.
    changed: () => {
      if (hub.listeners > 0) refreshSoon();
    },
    retracted: (warnings) => {
      generation += 1;
      for (const id of warnings) {
        for (const [key, content] of told)
          if (key === `w ${id}` || (key.startsWith('t ') && content.includes(`"warning":"${id}"`))) told.delete(key);
        hub.publish({ event: 'retracted', data: { warning: id } });
      }
      refreshSoon();
    },
    stop: async () => {
      stopped.abort();
      wake?.();
      await done;
    },
  };
}
