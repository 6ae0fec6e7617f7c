// A decoy's context for tests: captures are kept in memory, the disk is a promise that the test may hold back.
import { setTimeout as sleep } from 'node:timers/promises';
import type { CaptureDraft, CaptureId } from '../../../core/capture.ts';
import { captureIdOf } from '../../../core/capture-id.ts';
import { type Clock, SILENT } from '../../../core/clock.ts';
import type { DecoyContext, DecoyState } from '../../../core/decoy.ts';
import type { Act } from '../../../core/link.ts';
import { dialTest, type SentFrame, type TestLink } from './socket-link.ts';

export interface Kept {
  readonly draft: CaptureDraft;
  readonly raw: string;
}

export interface TestContext extends DecoyContext {
  readonly kept: readonly Kept[];
  readonly links: readonly TestLink[];
  readonly states: readonly DecoyState[];
  /** Everything that was sent, over all connections. */
  sent(): readonly SentFrame[];
  /** Waits until `enough` holds. */
  until(enough: () => boolean, what: string): Promise<void>;
  /** While set, nothing becomes durable. */
  hold: Promise<void> | undefined;
}

export const REAL_CLOCK: Clock = {
  now: () => new Date(),
  sleep: async (ms, signal) =>
    void (await sleep(ms, undefined, { ...(signal === undefined ? {} : { signal }), ref: false })),
};

export function testContext(options: { readonly denied?: readonly Act[] } = {}): TestContext {
  const kept: Kept[] = [];
  const links: TestLink[] = [];
  const states: DecoyState[] = [];
  const context: TestContext = {
    kept,
    links,
    states,
    hold: undefined,
    clock: REAL_CLOCK,
    random: () => 0.5,
    log: SILENT,
    dial: async (endpoint) => {
      const link = await dialTest(endpoint, options.denied);
      links.push(link);
      return link;
    },
    capture: async (draft, raw): Promise<CaptureId> => {
      await context.hold;
      kept.push({ draft, raw: new TextDecoder().decode(raw) });
      return captureIdOf({ network: 'xmpp', decoy: 'test', native: draft.native }, () => `${kept.length}`);
    },
    state: (state) => void states.push(state),
    sent: () => links.flatMap((link) => link.sent),
    until: async (enough, what) => {
      const end = Date.now() + 10_000;
      while (!enough()) {
        if (Date.now() > end)
          throw new Error(`waited 10 s for ${what}; kept ${JSON.stringify(kept.map((one) => one.draft))}`);
        await sleep(5);
      }
    },
  };
  return context;
}
