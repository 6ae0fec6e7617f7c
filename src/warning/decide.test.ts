import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VERDICT_CLASSES } from '../core/verdict.ts';
import type { CampaignTouch } from '../knowledge/types.ts';
import { foldTouches } from './assess.ts';
import type { Step } from './decide.ts';
import { DEFAULT_POLICY } from './policy.ts';
import { START, touch } from './testing/touch.ts';

const run = (touches: readonly CampaignTouch[]): readonly Step[] => foldTouches(undefined, touches, DEFAULT_POLICY);
/** [minute, kind, severity, growth, notify] of every revision. */
function revisions(touches: readonly CampaignTouch[]): readonly unknown[] {
  return run(touches).flatMap(({ decision }) => {
    if (decision.act === 'none') return [];
    const { kind, severity, growth, changedMs } = decision.standing;
    return [[(changedMs - START) / 60_000, kind, severity, growth, decision.notify]];
  });
}
const same = { newDecoy: false, newSender: false } as const;

describe('what makes a warning', () => {
  test.each<[string, CampaignTouch[], unknown]>([
    ['a worm at one decoy is told to analysts only', [touch(0)], [[0, 'advance-notice', 'high', 'new', false]]],
    [
      'the same decoy again adds nothing',
      [touch(0), touch(1, same), touch(2, same)],
      [[0, 'advance-notice', 'high', 'new', false]],
    ],
    [
      'a second decoy makes an advisory, told at once because it is high',
      [touch(0), touch(1)],
      [
        [0, 'advance-notice', 'high', 'new', false],
        [1, 'advisory', 'high', 'new', true],
      ],
    ],
    [
      'unambiguous harm at one decoy is an advisory at once',
      [touch(0, { unambiguousHarm: true })],
      [[0, 'advisory', 'high', 'new', true]],
    ],
    [
      'a second network with three decoys makes it a priority',
      [touch(0), touch(1), touch(2, { network: 'irc' })],
      [
        [0, 'advance-notice', 'high', 'new', false],
        [1, 'advisory', 'high', 'new', true],
        [2, 'priority', 'critical', 'new', true],
      ],
    ],
    [
      'spam at two decoys is nothing',
      [touch(0, { class: 'spam', severity: 'low' }), touch(1, { class: 'spam', severity: 'low' })],
      [],
    ],
    [
      'spam at three decoys is an advisory that waits for the hold-down',
      [0, 1, 2, 3].map((at) => touch(at, { class: 'spam', severity: 'low' })),
      [[2, 'advisory', 'low', 'new', false]],
    ],
    ['recon never warns', [0, 1, 2, 3].map((at) => touch(at, { class: 'recon', severity: 'low' })), []],
    ['chatter never warns', [0, 1, 2, 3].map((at) => touch(at, { class: 'benign', severity: 'info' })), []],
    ['what is unknown never warns', [0, 1, 2, 3].map((at) => touch(at, { class: 'unknown', severity: 'info' })), []],
  ])('%s', (_name, touches, expected) => {
    expect(revisions(touches)).toEqual(expected);
  });

  test('a burst under high is told once, after the hold-down', () => {
    const touches = [0, 0.5, 1, 2, 3, 4, 5.5, 6, 7].map((at) => touch(at, { class: 'phishing', severity: 'medium' }));
    const told = run(touches).filter(({ decision }) => decision.act !== 'none' && decision.notify);
    expect(told.map(({ state }) => ((state.standing?.toldMs ?? 0) - START) / 60_000)).toEqual([5.5]);
  });

  test('contagion of medium harm is told at once, and of low harm when the hold-down is over', () => {
    const from = (severity: 'medium' | 'low') =>
      run([0, 1, 2, 20].map((minute) => touch(minute, { severity, contact: true, newDecoy: minute < 2 }))).flatMap(
        ({ decision, state }) =>
          decision.act !== 'none' && decision.notify
            ? [[(decision.standing.changedMs - START) / 60_000, state.standing?.propagation]]
            : [],
      );
    expect(from('medium')[0]).toEqual([1, 'self-propagating']);
    expect(from('low')[0]).toEqual([6, 'self-propagating']);
  });

  test('one harmful capture among many harmless ones makes no warning without proof', () => {
    const chatter = Array.from({ length: 20 }, (_, at) => touch(at, { ...same, class: 'benign', severity: 'info' }));
    expect(revisions([...chatter, touch(21)])).toEqual([]);
    expect(revisions([...chatter, touch(21, { unambiguousHarm: true })])).toMatchObject([
      [21, 'advisory', 'high', 'steady', true],
    ]);
  });
});

describe('updates', () => {
  const steady = (from: number, to: number, every: number): CampaignTouch[] =>
    Array.from({ length: Math.floor((to - from) / every) }, (_, at) => touch(from + at * every, same));

  test('come at most every 15 minutes, then with growing distances', () => {
    const touches = [touch(0), touch(1), ...steady(2, 3000, 2)];
    const minutes = revisions(touches).map((one) => (one as number[])[0] ?? 0);
    for (let at = 3; at < minutes.length; at += 1) {
      expect((minutes[at] ?? 0) - (minutes[at - 1] ?? 0)).toBeGreaterThanOrEqual(15);
    }
    expect(minutes.length).toBeLessThan(12);
  });

  test('an exploding campaign is growing, and calm counts end that', () => {
    const burst = Array.from({ length: 200 }, (_, at) => touch(20 + at * 0.05, same));
    const steps = run([touch(0), touch(5), touch(10), ...burst, ...steady(31, 200, 3)]);
    const growths = new Set(
      steps.flatMap(({ decision }) => (decision.act === 'none' ? [] : [decision.standing.growth])),
    );
    expect(growths).toContain('growing');
    expect(steps.at(-1)?.state.standing?.growth).not.toBe('growing');
  });

  test('severity does not flap when the score lies at a border', () => {
    const mixed = Array.from({ length: 300 }, (_, at) =>
      touch(at * 20, { ...same, severity: at % 5 === 0 ? 'high' : 'low' }),
    );
    const severities = revisions([touch(0), touch(1), ...mixed]).map((one) => (one as unknown[])[2]);
    const changes = severities.filter((one, at) => at > 0 && one !== severities[at - 1]);
    expect(changes.length).toBeLessThanOrEqual(3);
  });

  test('a capture that comes late does not turn the clock back', () => {
    const steps = run([touch(0), touch(60), touch(30)]);
    expect(steps.at(-1)?.state.clockMs).toBe(START + 60 * 60_000);
    expect(steps.at(-1)?.state.captures).toBe(3);
  });
});

describe('properties', () => {
  const touches = fc.array(
    fc.record({
      minute: fc.nat(3000),
      class: fc.constantFrom(...VERDICT_CLASSES),
      severity: fc.constantFrom('info', 'low', 'medium', 'high', 'critical'),
      network: fc.constantFrom('xmpp', 'irc', 'matrix'),
      unambiguousHarm: fc.boolean(),
      newDecoy: fc.boolean(),
      newSender: fc.boolean(),
      known: fc.boolean(),
    }),
    { maxLength: 60 },
  );
  const toTouches = (given: readonly { minute: number }[]): CampaignTouch[] =>
    given.map(({ minute, ...rest }) => touch(minute, rest as Partial<CampaignTouch>));

  test('the same captures in batches of any size give the same warnings, in or out of order', () => {
    fc.assert(
      fc.property(touches, fc.array(fc.integer({ min: 1, max: 20 })), (given, sizes) => {
        const all = toTouches(given);
        const whole = run(all);
        const parts: Step[] = [];
        let rest = all;
        for (const size of [...sizes, all.length]) {
          // Between batches the state lives in the database as JSON.
          const stored = parts.at(-1)?.state;
          const before = stored === undefined ? undefined : (JSON.parse(JSON.stringify(stored)) as typeof stored);
          parts.push(...foldTouches(before, rest.slice(0, size), DEFAULT_POLICY));
          rest = rest.slice(size);
        }
        expect(parts.map(({ decision }) => decision)).toEqual(whole.map(({ decision }) => decision));
      }),
    );
  });

  test('revisions count up without gaps, and nobody is told below the evidence', () => {
    fc.assert(
      fc.property(touches, (given) => {
        let revision = 0;
        for (const { state, decision } of run(toTouches(given))) {
          if (decision.act === 'none') continue;
          revision += 1;
          expect(decision.standing.revision).toBe(revision);
          if (decision.notify) expect(state.decoys >= 2 || state.harm).toBe(true);
          expect(state.buckets.length).toBeLessThanOrEqual(DEFAULT_POLICY.maxBuckets);
        }
      }),
    );
  });
});
