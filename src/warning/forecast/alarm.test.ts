import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../core/seeded-random.ts';
import { firstAlarm, type Hit, SPREADS, Watch } from './alarm.ts';

const hit = (at: number, sender = `s${at}`): Hit => ({ at, decoy: 'd1', sender });

/** Times at which something that doubles every ten minutes is seen. */
function doubling(count: number, from: number): readonly Hit[] {
  const random = seededRandom(7);
  return Array.from({ length: count }, (_, at) => hit(from + (10 * Math.log(1 + at)) / Math.log(2) + random() * 0.2));
}

function level(count: number, from: number, perMin: number): readonly Hit[] {
  const random = seededRandom(8);
  let at = from;
  return Array.from({ length: count }, () => {
    at -= Math.log(1 - random()) / perMin;
    return hit(at);
  });
}

describe('the alarm', () => {
  test('comes while hits of new senders double', () => {
    const alarm = firstAlarm(doubling(60, 500), { since: 0 });
    expect(alarm?.spread).toBe('self-propagating');
    // ln 2 in ten minutes is 4.2 an hour.
    expect(alarm?.rate).toBeGreaterThan(2);
    expect(alarm?.rate).toBeLessThan(9);
  });

  test('does not come for a list worked through at a level rate, which is called a broadcast', () => {
    const watch = new Watch({ since: 0 });
    const found = level(150, 500, 0.7).map((one) => watch.add(one).spread);
    expect(found).not.toContain('self-propagating');
    expect(found).toContain('broadcast');
  });

  test('does not come for noise', () => {
    expect(firstAlarm(level(120, 0, 1 / 30), { since: 0 })).toBeUndefined();
  });

  test('does not come for one sender, however its hits grow', () => {
    expect(
      firstAlarm(
        doubling(60, 500).map(({ at }) => hit(at, 'the same')),
        { since: 0 },
      ),
    ).toBeUndefined();
  });

  test('comes at the second sender who had a decoy on the contact list, not at strangers as quick', () => {
    const at = [500, 505, 511];
    expect(
      firstAlarm(
        at.map((one) => ({ ...hit(one), contact: true })),
        { since: 0 },
      )?.at,
    ).toBe(505);
    expect(
      firstAlarm(
        at.map((one) => hit(one)),
        { since: 0 },
      ),
    ).toBeUndefined();
  });

  test('does not come for a burst of which few senders had a decoy on the list', () => {
    const some = level(150, 500, 0.7).map((one, number) =>
      number % 30 === 3 ? { ...one, contact: true as const } : one,
    );
    expect(firstAlarm(some, { since: 0 })).toBeUndefined();
  });

  test('weighs payloads apart: contacts who send other things are no evidence, noise does not hide a worm', () => {
    const unlike = [500, 505, 511].map((at) => ({ ...hit(at), contact: true as const, payload: `p${at}` }));
    expect(firstAlarm(unlike, { since: 0 })).toBeUndefined();
    const noise = level(60, 0, 1 / 15).map((one, number) => ({ ...one, payload: `n${number}` }));
    const worm = [500, 505].map((at) => ({ ...hit(at, `w${at}`), contact: true as const, payload: 'w' }));
    const all = [...noise, ...worm].sort((a, b) => a.at - b.at);
    expect(firstAlarm(all, { since: 0 })).toMatchObject({ at: 505, payload: 'w' });
  });

  test('does not hang on where time begins', () => {
    const moved = doubling(60, 500).map(({ at, ...rest }) => ({ ...rest, at: at + 29_000_000 }));
    const [here, there] = [firstAlarm(doubling(60, 500), { since: 0 }), firstAlarm(moved, { since: 29_000_000 })];
    expect((there?.at ?? 0) - 29_000_000).toBeCloseTo(here?.at ?? -1, 3);
  });

  test('any hits in order of time have a finding each', () => {
    const hits = fc.array(fc.record({ gap: fc.double({ min: 0, max: 1e5, noNaN: true }), sender: fc.nat(40) }), {
      maxLength: 150,
    });
    fc.assert(
      fc.property(hits, (given) => {
        const watch = new Watch();
        let at = 0;
        for (const { gap, sender } of given) {
          at += gap;
          const finding = watch.add({ at, decoy: 'd', sender: `s${sender}` });
          expect(SPREADS).toContain(finding.spread);
          expect(finding.noise.perMin).toBeGreaterThan(0);
          expect(Number.isFinite(finding.rate)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });
});
