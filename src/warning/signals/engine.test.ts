import { beforeEach, describe, expect, test } from 'vitest';
import type { Analysed } from '../../analysis/types.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import { analysed, campaignId, type Given } from '../../knowledge/testing/analysed.ts';
import { type EngineMemory, SignalEngine } from './engine.ts';
import { STEP_MS } from './steps.ts';
import type { Signal, SignalRule } from './types.ts';

const START = Date.parse('2026-01-05T00:00:00.000Z');
const MINUTE = 60_000;
const EMPTY: EngineMemory = { clock: undefined, series: new Map(), sources: new Map(), known: new Map() };
const FAR = Number.MAX_SAFE_INTEGER;
let peers = 0;
beforeEach(() => {
  peers = 0;
});

const at = (minute: number): string => new Date(START + minute * MINUTE).toISOString();
function touch(minute: number, given: Given = {}): Analysed {
  peers += 1;
  const analysis = { class: 'spam', ...given.analysis } as const;
  return analysed({ at: at(minute), peer: `p${peers}@x.example`, ...given, analysis });
}

/** Some touches an hour for so many days. */
function background(days: number, given: Given = {}): readonly Analysed[] {
  const random = seededRandom(5);
  const touches: Analysed[] = [];
  for (let minute = 0; minute < days * 1440; minute += 1) if (random() < 0.05) touches.push(touch(minute, given));
  return touches;
}

function fold(
  items: readonly Analysed[],
  before: EngineMemory = EMPTY,
): { signals: readonly Signal[]; memory: EngineMemory } {
  const engine = new SignalEngine(before, new Map([['im.old', { name: 'Old', status: 'historic' }]]));
  for (const item of items) engine.take(item, FAR);
  return { signals: engine.signals, memory: engine.memory() };
}
const of = (rule: SignalRule, signals: readonly Signal[]): readonly Signal[] =>
  signals.filter((one) => one.rule === rule);
/** As the database keeps it. */
const kept = (memory: EngineMemory): EngineMemory => ({
  clock: memory.clock === undefined ? undefined : JSON.parse(JSON.stringify(memory.clock)),
  series: new Map(JSON.parse(JSON.stringify([...memory.series]))),
  sources: new Map(JSON.parse(JSON.stringify([...memory.sources]))),
  known: new Map(JSON.parse(JSON.stringify([...memory.known]))),
});

describe('outbreaks', () => {
  const burst = Array.from({ length: 40 }, (_, n) => touch(3 * 1440 + 5 + n / 8, { campaign: n % 2 ? 'a' : 'b' }));

  test('a burst among steady touches is told once, with what was expected and the campaigns in it', () => {
    const before = background(3);
    const after = Array.from({ length: 20 }, (_, n) => touch(3 * 1440 + 16 + n));
    const found = of('outbreak', fold([...before, ...burst, ...after]).signals);
    expect(found.map(({ subject }) => subject)).toEqual(['class xmpp spam', 'network xmpp']);
    expect(found[0]).toMatchObject({
      at: at(3 * 1440),
      network: 'xmpp',
      class: 'spam',
      campaigns: [campaignId('b'), campaignId('a')],
    });
    expect(found[0]?.count).toBeGreaterThanOrEqual(40);
    expect(found[0]?.expected).toBeLessThan(2);
    expect(found[0]?.p).toBeLessThan(1e-6);
  });

  test('a step is judged when captures of two minutes after it are in, or when the wall clock says so', () => {
    const items = [...background(3), ...burst];
    expect(of('outbreak', fold(items).signals)).toEqual([]);
    expect(of('outbreak', fold([...items, touch(3 * 1440 + 16.9)]).signals)).toEqual([]);
    expect(of('outbreak', fold([...items, touch(3 * 1440 + 17)]).signals)).toHaveLength(2);
    const engine = new SignalEngine(fold(items).memory);
    engine.advance(START + (3 * 1440 + 15) * MINUTE);
    expect(of('outbreak', engine.signals)).toHaveLength(2);
  });

  test('one sender that repeats itself is no outbreak', () => {
    const repeated = Array.from({ length: 40 }, (_, n) => touch(3 * 1440 + 5 + n / 8, { peer: 'one@x.example' }));
    expect(of('outbreak', fold([...background(3), ...repeated, touch(3 * 1440 + 30)]).signals)).toEqual([]);
  });

  test('a family never seen before is an outbreak from few touches on', () => {
    const family = [1, 2, 3, 4, 5, 6].map((n) => touch(3 * 1440 + n, { analysis: { threats: ['im.new'] } }));
    const found = of('outbreak', fold([...background(3), ...family, touch(3 * 1440 + 30)]).signals);
    expect(found.map(({ subject, threat }) => [subject, threat])).toContainEqual(['family im.new', 'im.new']);
  });

  test('overheard talk is no touch', () => {
    const talk = background(2, { campaign: '', analysis: { class: 'benign' } });
    expect([...fold(talk).memory.series.keys()]).toEqual([]);
  });
});

describe('batches and lateness', () => {
  const items = [
    ...background(3),
    ...Array.from({ length: 30 }, (_, n) => touch(3 * 1440 + n / 4)),
    ...background(1).map((one) => ({
      ...one,
      capture: { ...one.capture, at: new Date(Date.parse(one.capture.at) + 4 * 86_400_000).toISOString() },
    })),
  ];

  test('one at a time through the database gives what one batch gives', () => {
    const whole = fold(items);
    let memory = EMPTY;
    const signals: Signal[] = [];
    for (const item of items) {
      const step = fold([item], kept(memory));
      signals.push(...step.signals);
      memory = step.memory;
    }
    expect(signals).toEqual(whole.signals);
    expect(kept(memory)).toEqual(kept(whole.memory));
    expect(of('outbreak', signals)).not.toEqual([]);
  });

  test('captures within the allowed lateness count in their step, whatever the order', () => {
    const random = seededRandom(11);
    const arrival = new Map(items.map((one) => [one, Date.parse(one.capture.at) + random() * 119_000]));
    const late = items.toSorted((a, b) => (arrival.get(a) ?? 0) - (arrival.get(b) ?? 0));
    expect(late).not.toEqual(items);
    expect(of('outbreak', fold(late).signals)).toEqual(of('outbreak', fold(items).signals));
  });

  test('one that comes later still counts in no series, and turns nothing back', () => {
    const { memory } = fold(items);
    const after = fold([touch(0)], memory).memory;
    expect(after.series).toEqual(memory.series);
    expect(after.clock).toEqual(memory.clock);
  });

  test('a time ahead of the wall clock moves no clock', () => {
    const engine = new SignalEngine(EMPTY);
    engine.take(touch(0), START);
    engine.take(touch(9_000_000), START);
    expect(engine.memory().clock).toMatchObject({ newestMs: START });
  });

  test('days without any capture are unknown and cost nothing', () => {
    const { memory } = fold([...background(1), touch(100 * 1440)]);
    expect(memory.clock?.closed).toBe(Math.floor((START + 100 * 1440 * MINUTE) / STEP_MS) - 2);
  });
});

describe('novelty', () => {
  test('first touch of a decoy, first harmful campaign of a class on a network: each once', () => {
    const worm = { analysis: { class: 'worm' } } as const;
    const { signals } = fold([touch(0, worm), touch(1, worm), touch(2, { ...worm, decoy: 'max@d.example' }), touch(3)]);
    expect(signals.map(({ rule, subject }) => [rule, subject])).toEqual([
      ['first-touch', 'decoy xmpp dora@decoys.example'],
      ['first-class', 'class xmpp worm'],
      ['first-touch', 'decoy xmpp max@d.example'],
    ]);
  });

  test('a family that comes first, to another network, and again after a month', () => {
    const family = (minute: number, network: 'xmpp' | 'irc', threat = 'im.new') =>
      touch(minute, { network, analysis: { threats: [threat] } });
    const { signals } = fold([
      family(0, 'xmpp'),
      family(9, 'irc'),
      family(29 * 1440, 'irc'),
      family(60 * 1440, 'xmpp'),
    ]);
    const told = signals.filter(({ threat, rule }) => threat !== undefined && rule !== 'outbreak');
    expect(told.map(({ rule, at: time }) => [rule, time])).toEqual([
      ['first-family', at(0)],
      ['family-jump', at(9)],
      ['family-revival', at(60 * 1440)],
    ]);
  });

  test('a family that the knowledge base has as historic is a revival at its first touch', () => {
    const { signals } = fold([touch(0, { analysis: { threats: ['im.old'] } })]);
    expect(of('family-revival', signals)).toMatchObject([
      { threat: 'im.old', reason: expect.stringContaining('historic') },
    ]);
  });
});

describe('silence', () => {
  const regular = (decoy: string, days: number) =>
    Array.from({ length: days * 24 }, (_, hour) => touch(hour * 60 + ((hour * 7) % 30), { decoy }));
  const together = (...lists: (readonly Analysed[])[]) =>
    lists.flat().toSorted((a, b) => a.capture.at.localeCompare(b.capture.at, 'en'));

  test('a decoy that gave something every hour and gives nothing is told, once', () => {
    const { signals } = fold(together(regular('a@d.example', 3), regular('b@d.example', 5)));
    const found = of('silence', signals);
    expect(found.map(({ subject }) => subject)).toEqual(['decoy xmpp a@d.example']);
    expect(Date.parse(found[0]?.at ?? '')).toBeLessThan(START + 4 * 86_400_000);
    expect(found[0]?.p).toBeLessThan(0.001);
  });

  test('it is told anew after it spoke', () => {
    const again = touch(5 * 1440, { decoy: 'a@d.example' });
    const { signals } = fold(together(regular('a@d.example', 3), regular('b@d.example', 8), [again]));
    expect(of('silence', signals)).toHaveLength(2);
  });

  test('one that gives little by nature is not missed for a day', () => {
    const seldom = Array.from({ length: 14 }, (_, n) => touch(n * 1440 + ((n * 311) % 900), { decoy: 'a@d.example' }));
    const { signals } = fold(together(seldom, regular('b@d.example', 15)));
    expect(of('silence', signals)).toEqual([]);
  });
});
