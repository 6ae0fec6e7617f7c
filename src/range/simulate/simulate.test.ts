import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../random.ts';
import { EventHeap } from './event-heap.ts';
import { growGraph } from './graph.ts';
import { checkParameters, DEFAULTS, PRESETS } from './parameters.ts';
import { planDecoys } from './plan.ts';
import { infectedBy, simulate } from './simulate.ts';

const SMALL = { ...DEFAULTS, population: 3_000, seeds: 5 };

describe('the contact graph', () => {
  test('everybody knows others, nobody oneself or anybody twice, and both know it', () => {
    const { starts, contacts } = growGraph(seededRandom(1), 2_000, 5);
    const lists = Array.from({ length: 2_000 }, (_, a) => [...contacts.subarray(starts[a], starts[a + 1])]);
    lists.forEach((list, a) => {
      expect(list.length).toBeGreaterThanOrEqual(5);
      expect(new Set(list).size).toBe(list.length);
      expect(list).not.toContain(a);
      expect(list.every((b) => lists[b]?.includes(a))).toBe(true);
    });
    const longest = Math.max(...lists.map((list) => list.length));
    expect(longest).toBeGreaterThan(60); // scale-free: a few know very many
  });
});

describe('a simulated run', () => {
  test('the same seed gives the same run, another seed another', () => {
    expect(simulate(SMALL, 4)).toEqual(simulate(SMALL, 4));
    expect(simulate(SMALL, 5).hits).not.toEqual(simulate(SMALL, 4).hits);
  });

  test('hits are in order; decoys see their share of a worm', () => {
    const run = simulate({ ...SMALL, noisePerHour: 0 }, 6);
    expect(run.hits.every(({ at }, number) => at >= (run.hits[number - 1]?.at ?? 0))).toBe(true);
    const share = infectedBy(run, SMALL.lengthMin) / SMALL.population;
    expect(share).toBeGreaterThan(0.5);
    expect(run.hits.length / (SMALL.decoys * SMALL.lists)).toBeGreaterThan(share - 0.1);
    expect(run.hits.length / (SMALL.decoys * SMALL.lists)).toBeLessThan(share + 0.1);
  });

  test('spim comes from as many senders as were asked for, and infects nobody', () => {
    const run = simulate({ ...SMALL, kind: 'spim', noisePerHour: 0, burstSenders: 3 }, 7);
    expect(new Set(run.hits.map(({ sender }) => sender)).size).toBe(3);
    expect(run.infectedAt.length).toBe(0);
    expect(run.hits.length).toBeGreaterThan(60);
  });

  test('what decoys know of lists and payloads changes no hit, and has the shares that were asked for', () => {
    const plain = simulate(SMALL, 9);
    const known = simulate({ ...SMALL, contactsKnown: 0.7, payloadMiss: 0.2, noisePayloads: 2 }, 9);
    const bare = (run: typeof plain) => run.hits.map(({ at, decoy, sender }) => ({ at, decoy, sender }));
    expect(bare(known)).toEqual(bare(plain));
    expect(plain.hits.some(({ contact }) => contact)).toBe(false);
    const worm = known.hits.filter(({ sender }) => sender.startsWith('a'));
    const share = (is: (hit: (typeof worm)[number]) => boolean): number => worm.filter(is).length / worm.length;
    expect(share(({ contact }) => contact === true)).toBeCloseTo(0.7, 1);
    expect(share(({ payload }) => payload === 'p')).toBeCloseTo(0.8, 1);
    const noise = known.hits.filter(({ sender }) => sender.startsWith('n'));
    expect(new Set(noise.map(({ payload }) => payload))).toEqual(new Set(['n0', 'n1']));
    expect(noise.some(({ contact }) => contact)).toBe(false);
  });

  test.each(Object.keys(PRESETS))('preset %s is within the limits', (name) => {
    expect(() => checkParameters({ ...DEFAULTS, ...PRESETS[name] })).not.toThrow();
  });

  test.each([{ population: 10 }, { click: 2 }, { links: 0 }, { lists: 1.5 }, { delayMin: Number.NaN }])(
    '%o is refused',
    (wrong) => {
      expect(() => checkParameters({ ...DEFAULTS, ...wrong })).toThrow(expect.objectContaining({ code: 'USAGE' }));
    },
  );
});

test('events come off the heap in order of time', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, min: 0, max: 1e6 }), { maxLength: 3_000 }), (times) => {
      const heap = new EventHeap();
      times.forEach((time, at) => {
        heap.add(time, at);
      });
      const sorted = times.toSorted((a, b) => a - b);
      for (const time of sorted) {
        expect(heap.nextTime).toBe(time);
        expect(times[heap.take()]).toBe(time);
      }
      expect(heap.take()).toBe(-1);
    }),
  );
});

test('a plan asks for more places the earlier the warning must come', () => {
  const plan = (before: number) =>
    planDecoys({
      ...{ parameters: DEFAULTS, before, sure: 0.8, worms: 8, seed: 1 },
      warnedAt: (hits) => hits.filter(({ sender }) => sender.startsWith('a'))[4]?.at,
    });
  const [early, late] = [plan(100), plan(1_000)];
  expect(early?.places).toBeGreaterThan(2 * (late?.places ?? 1e9));
  expect(late?.inTime.share).toBeGreaterThanOrEqual(0.8);
  expect(late?.inTime.low).toBeLessThan(late?.inTime.share ?? 0);
});
