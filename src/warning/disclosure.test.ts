import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { templateOf } from '../knowledge/campaign-template.ts';
import { scrubberOf } from '../knowledge/scrub.ts';
import { foldTouches } from './assess.ts';
import { band } from './band.ts';
import { buildRecord } from './build-record.ts';
import { DEFAULT_DELAY_MS, mayTellSubscribers, releaseOf, TIERS, viewTouch, viewWarning } from './disclosure.ts';
import { DEFAULT_POLICY } from './policy.ts';
import { LIVE_RIVER, type RiverTouch, releaseRiver, SIMULATED_RIVER } from './river.ts';
import { RELEASE_CASES } from './testing/release-cases.ts';
import { record, START, touch } from './testing/touch.ts';
import type { WarningForecast } from './types.ts';

const LATER = new Date(START + DEFAULT_DELAY_MS + 60_000);

describe('the policy table', () => {
  test.each(RELEASE_CASES)('%i decoys, harm %s, delay over %s', (decoys, unambiguousHarm, over, ...expected) => {
    const now = START + (over ? DEFAULT_DELAY_MS : DEFAULT_DELAY_MS - 1);
    const evidence = { decoys, unambiguousHarm, firstSeenMs: START };
    expect(TIERS.map((tier) => releaseOf(tier, evidence, now))).toEqual(expected);
  });
});

describe('views of a warning', () => {
  test('operators see everything, exactly', () => {
    const view = viewWarning(record({ decoys: 1 }), 'operator', LATER);
    expect(view).toMatchObject({
      decoys: '1',
      captures: '12',
      at: '2026-01-05T10:00:27.123Z',
      campaign: record().campaign,
    });
    expect(view?.indicators).toHaveLength(2);
  });
  test('operators see the forecast in counts, everybody else in multiples to two digits, and without accounts', () => {
    const about = (expected: number) => ({ expected, low: expected - 7, high: expected + 31 });
    const forecast: WarningForecast = {
      ...{
        madeAt: '2026-01-05T12:00:27.123Z',
        alarmAt: '2026-01-05T11:00:00.000Z',
        peakAt: '2026-01-05T14:00:27.123Z',
      },
      ...{ rate: 0.7, hits: 37, final: about(900) },
      infected: { population: 250_000, now: about(4_100), final: about(31_000) },
      outlooks: [{ at: '2026-01-05T13:00:27.123Z', aheadMin: 60, ...about(55), infected: about(6_600) }],
    };
    const contagion = record({ decoys: 5, forecast });
    expect(viewWarning(contagion, 'operator', LATER)).toMatchObject({ forecast });
    for (const tier of ['subscriber', 'public'] as const) {
      const view = viewWarning(contagion, tier, LATER);
      expect(view?.forecast).toBeUndefined();
      expect(view?.outlook).toEqual({
        ...{ madeAt: '2026-01-05T12:00:00.000Z', peakAt: '2026-01-05T14:00:00.000Z' },
        final: { expected: 24, low: 24, high: 25 },
        outlooks: [{ at: '2026-01-05T13:00:00.000Z', aheadMin: 60, expected: 1.5, low: 1.3, high: 2.3 }],
      });
    }
    expect(viewWarning(contagion, 'public', new Date(START))?.outlook).toBeUndefined();
  });
  test('addresses that differ in their cut query alone are told once', () => {
    const indicators = ['?id=1', '?id=2', '/other'].map((end) => ({
      type: 'url' as const,
      value: `http://drop.example/a${end}`,
    }));
    const view = viewWarning(record({ indicators, spread: [3, 3, 3], decoys: 5 }), 'public', LATER);
    expect(view?.indicators?.map(({ value }) => value)).toEqual([
      'http://drop.example/a',
      'http://drop.example/a/other',
    ]);
  });
  test('others see bands, minutes, and no campaign', () => {
    const view = viewWarning(record(), 'subscriber', LATER);
    expect(view).toMatchObject({ decoys: '1-2', senders: '3-9', captures: '10-29', at: '2026-01-05T10:00:00.000Z' });
    expect(view).not.toHaveProperty('campaign');
  });
  test('an outline has no text, no host, no threat, no reason, and a title of class and network only', () => {
    const view = viewWarning(record(), 'public', LATER);
    expect(view).toMatchObject({ title: 'Worm on XMPP', reasons: [] });
    for (const key of ['template', 'indicators', 'threat', 'campaign']) expect(view).not.toHaveProperty(key);
  });
  test('the public sees only indicators that three decoys saw, subscribers two', () => {
    const values = (tier: 'public' | 'subscriber', spread: number[]): unknown =>
      viewWarning(record({ decoys: 5, spread }), tier, LATER)?.indicators?.map(({ value }) => value);
    expect(values('public', [3, 2])).toEqual(['http://evil.example/photo.scr']);
    expect(values('subscriber', [3, 2])).toEqual(['http://evil.example/photo.scr', 'http://for-one.example/']);
    expect(values('subscriber', [1, 1])).toEqual([]);
  });
  test('with harm at one decoy subscribers get the indicators that it saw', () => {
    const view = viewWarning(record({ decoys: 1, unambiguousHarm: true, spread: [1, 1] }), 'subscriber', LATER);
    expect(view?.indicators).toHaveLength(2);
  });
  test('an advance notice is for operators only, whatever the evidence', () => {
    const notice = record({ kind: 'advance-notice', decoys: 50 });
    expect(TIERS.map((tier) => viewWarning(notice, tier, LATER) !== undefined)).toEqual([true, false, false]);
    expect(mayTellSubscribers(notice)).toBe(false);
  });
  test.each([
    [1, false, false],
    [1, true, true],
    [2, false, true],
  ])('subscribers may be told of %i decoys, harm %s: %s', (decoys, unambiguousHarm, may) => {
    expect(mayTellSubscribers(record({ decoys, unambiguousHarm }))).toBe(may);
  });
});

describe('touches and the river', () => {
  const at = '2026-01-05T10:00:27.123Z';
  const one = {
    id: 'x',
    at,
    network: 'xmpp',
    kind: 'message',
    class: 'worm',
    severity: 'critical',
    simulated: false,
  } as const;
  test('before release a touch shows network, kind and class', () => {
    const minute = '2026-01-05T10:00:00.000Z';
    expect(viewTouch(one, 'public', LATER)).toEqual({ ...one, at: minute, severity: 'medium' });
    expect(viewTouch({ ...one, warning: record({ decoys: 1 }) }, 'public', LATER)).not.toHaveProperty('warning');
  });
  test('after release it shows the template and the warning', () => {
    const view = viewTouch({ ...one, warning: record({ decoys: 3 }) }, 'public', LATER);
    expect(view).toMatchObject({ warning: 'W-0000000000', text: 'look at this http://evil.example/photo.scr' });
  });
  const touches = (decoys: string[]): RiverTouch[] => decoys.map((decoy, n) => ({ ...one, id: `t${n}`, decoy }));
  test('a live batch is shown after its end, and only when three decoys share it', () => {
    const end = new Date(Date.parse('2026-01-05T10:05:00.000Z'));
    const before = new Date(end.getTime() - 1);
    expect(releaseRiver(touches(['a', 'b', 'c']), end, LIVE_RIVER)).toHaveLength(3);
    expect(releaseRiver(touches(['a', 'b', 'c']), before, LIVE_RIVER)).toHaveLength(0);
    expect(releaseRiver(touches(['a', 'b', 'b']), end, LIVE_RIVER)).toHaveLength(0);
    expect(releaseRiver(touches(['a']), before, SIMULATED_RIVER)).toHaveLength(1);
    expect(JSON.stringify(releaseRiver(touches(['a', 'b', 'c']), end, LIVE_RIVER))).not.toContain('decoy');
  });
});

describe('leaks', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9]{3,11}$/);
  const decoy = fc.tuple(name, name).map(([local, host]) => `${local}@${host}.example`);
  const forms = (address: string): string[] => {
    const local = address.split('@')[0] ?? '';
    return [
      address,
      address.toUpperCase(),
      local,
      encodeURIComponent(address),
      Buffer.from(address).toString('base64'),
      Buffer.from(local).toString('hex'),
      `${local}.evil.test`,
      `http://evil.test/${local}.scr`,
      `http://evil.test/?u=${address}`,
      [...local].join('\u200b'),
      local.replaceAll(/[a-z]/g, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0)),
    ];
  };

  test('no decoy address occurs in what subscribers or the public see, however a sender wrote it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(decoy, { minLength: 1, maxLength: 4 }),
        fc.infiniteStream(fc.nat()),
        (decoys, picks) => {
          const pick = (address: string): string =>
            forms(address)[(picks.next().value ?? 0) % forms(address).length] ?? '';
          const samples = decoys.map((address) => `hi ${pick(address)} look at ${pick(address)} now`);
          const written = decoys.flatMap((address) => forms(address));
          const facts = {
            template: templateOf(samples, decoys),
            indicators: written.map((value) => ({ type: 'url', value, decoys: 3 }) as const),
            decoys,
          };
          const steps = foldTouches(
            undefined,
            [0, 1, 2].map((at) => touch(at, { reasons: [`file for ${pick(decoys[0] ?? '')}`] })),
            DEFAULT_POLICY,
          );
          const { state, decision } = steps.findLast((step) => step.decision.act !== 'none') ?? {};
          if (state === undefined || decision === undefined || decision.act === 'none') throw new Error('no decision');
          const { standing, rating, because } = decision;
          const built = buildRecord({
            id: 'W-1',
            campaign: 'c',
            state: { ...state, decoys: 5 },
            standing,
            rating,
            because,
            facts,
            simulated: false,
          });
          for (const tier of ['subscriber', 'public'] as const) {
            const seen = JSON.stringify(viewWarning(built, tier, LATER, { scrub: scrubberOf(decoys) })).toLowerCase();
            for (const address of decoys) {
              expect(seen).not.toContain(address);
              // The local part may be an everyday word of our own sentences; look where captured text could be.
              const captured = JSON.stringify([
                viewWarning(built, tier, LATER)?.template,
                viewWarning(built, tier, LATER)?.indicators,
              ]);
              expect(captured.toLowerCase()).not.toContain(address.split('@')[0]);
            }
          }
        },
      ),
    );
  });
});

test.each([
  [0, '0'],
  [1, '1-2'],
  [2, '1-2'],
  [3, '3-9'],
  [9, '3-9'],
  [10, '10-29'],
  [99, '30-99'],
  [100, '100-299'],
  [10_000, '10000+'],
  [1e9, '10000+'],
])('%i is told as %s', (count, told) => expect(band(count)).toBe(told));
