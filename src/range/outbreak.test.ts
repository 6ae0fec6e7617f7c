import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CLASSIC_SITES } from './classic-sites.ts';
import { growContacts } from './contact-graph.ts';
import { FAMILIES, OPENING } from './families.ts';
import { Outbreak } from './outbreak.ts';
import { inventNames } from './people.ts';
import { between, sample, seededRandom } from './random.ts';
import { spin } from './spintax.ts';
import { TimeQueue } from './time-queue.ts';
import { RANGE_NETWORKS, type Touch } from './touch.ts';

const XMPP = Array.from({ length: 12 }, (_, at) => `decoy${at}@talk.range.test`);
const IRC = ['a', 'b', 'c', 'd', 'e', 'f'];

function playFor(ms: number, seed: number): readonly Touch[] {
  const outbreak = new Outbreak({
    random: seededRandom(seed),
    decoys: { xmpp: XMPP, irc: IRC, ...CLASSIC_SITES },
    fileDecoys: XMPP.slice(4),
    channels: ['#lobby'],
  });
  const touches: Touch[] = [];
  for (let touch = outbreak.next(); touch.atMs <= ms; touch = outbreak.next()) touches.push(touch);
  return touches;
}

const texts = (touches: readonly Touch[]): readonly string[] =>
  touches.flatMap(({ act }) => ('text' in act && act.text !== '' ? [act.text] : []));

describe('the outbreak of the range', () => {
  test('the same seed plays the same, another seed does not', () => {
    expect(playFor(120_000, 7)).toEqual(playFor(120_000, 7));
    expect(playFor(120_000, 7)).not.toEqual(playFor(120_000, 8));
  });

  test('every network is touched within the first seconds, in order of time', () => {
    for (let seed = 0; seed < 30; seed += 1) {
      const touches = playFor(10_000, seed);
      expect(touches[0]?.atMs).toBeLessThan(1_000);
      const early = touches.filter(({ atMs }) => atMs < 4_000).map(({ network }) => network);
      for (const network of RANGE_NETWORKS) expect(early).toContain(network);
      expect(touches.length).toBeGreaterThan(6);
      for (const [at, touch] of touches.entries())
        expect(touch.atMs).toBeGreaterThanOrEqual(touches[at - 1]?.atMs ?? 0);
    }
  });

  test('a worm comes from ever more senders, a run from few', () => {
    for (let seed = 0; seed < 10; seed += 1) {
      const touches = playFor(120_000, seed);
      const senders = (family: string): number =>
        new Set(touches.filter((touch) => touch.family === family).map(({ from }) => from)).size;
      expect(senders('script-by-dcc')).toBeGreaterThan(8);
      expect(senders('watches-and-pills')).toBeLessThanOrEqual(3);
      expect(senders('account-limited')).toBeLessThanOrEqual(2);
    }
  });

  test('a worm that waits for orders is silent, then all send together, and silent again', () => {
    for (let seed = 0; seed < 10; seed += 1) {
      const started = OPENING.find(({ family }) => family === 'on-order')?.atMs ?? 0;
      const times = playFor(started + 60_000, seed).flatMap(({ family, atMs }) =>
        family === 'on-order' ? [atMs - started] : [],
      );
      expect(times.length).toBeGreaterThan(4);
      for (const ms of times) expect((ms >= 12_000 && ms < 18_000) || (ms >= 45_000 && ms < 51_000)).toBe(true);
    }
  });

  test('six hours go on to the end, with quiet stretches and all families, and every touch aims at a decoy', () => {
    const touches = playFor(6 * 3_600_000, 3);
    const known = new Set<string>([...XMPP, ...IRC, '#lobby', ...Object.values(CLASSIC_SITES).flat()]);
    for (const touch of touches) expect(known.has(touch.to)).toBe(true);
    const perMinute = new Map<number, number>();
    for (const { atMs } of touches)
      perMinute.set(Math.floor(atMs / 60_000), (perMinute.get(Math.floor(atMs / 60_000)) ?? 0) + 1);
    expect(perMinute.size).toBeGreaterThan(340);
    expect(Math.max(...perMinute.values())).toBeLessThan(400);
    const played = new Set(touches.map(({ family }) => family));
    for (const { id } of FAMILIES) expect(played).toContain(id);
  });

  test('a family that comes again brings a new link', () => {
    const links = texts(playFor(6 * 3_600_000, 3).filter(({ family }) => family === 'is-that-you')).map(
      (text) => /http:\/\/([^/]+)/.exec(text)?.[1],
    );
    expect(new Set(links).size).toBeGreaterThan(3);
  });

  test('links lead to reserved names only, and no wording is left unfinished', () => {
    for (const text of texts(playFor(3 * 3_600_000, 5))) {
      expect(text).not.toMatch(/[{}|<>\r\n]/);
      for (const [, host] of text.matchAll(/https?:\/\/([^/\s:]+)/g)) expect(host).toMatch(/\.(example|test|invalid)$/);
    }
  });

  test('file offers of XMPP go to component addresses only', () => {
    const offers = playFor(6 * 3_600_000, 3).filter(
      ({ act, network }) => act.type === 'file-offer' && network === 'xmpp',
    );
    expect(offers.length).toBeGreaterThan(0);
    for (const { to } of offers) expect(XMPP.slice(4)).toContain(to);
  });

  test('the opening names families that exist', () => {
    for (const { family } of OPENING) expect(FAMILIES.map(({ id }) => id)).toContain(family);
  });
});

describe('its parts', () => {
  test('contacts are mutual and unevenly spread, and every decoy stands on a list', () => {
    const { contacts, decoys } = growContacts(seededRandom(1), 220, 12);
    const degrees = contacts.map((list) => list.length).sort((a, b) => b - a);
    expect(degrees[0]).toBeGreaterThan(4 * (degrees[110] ?? 0));
    for (const [peer, list] of contacts.entries()) for (const other of list) expect(contacts[other]).toContain(peer);
    expect(new Set(decoys.flat()).size).toBe(12);
  });

  test('spintax draws one wording and fills slots', () => {
    expect(spin(() => 0, '{a|b {c|d}} <link> <other>', { link: 'L' })).toBe('a L <other>');
    expect(spin(() => 0.99, '{a|b {c|d}} {|x}')).toBe('b d x');
  });

  test('the queue gives what was put in by time, then by order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (times) => {
        const queue = new TimeQueue<number>();
        for (const [at, time] of times.entries()) queue.add(time, at);
        const out = times.map(() => queue.take());
        const expected = times.map((atMs, item) => ({ atMs, item })).sort((a, b) => a.atMs - b.atMs || a.item - b.item);
        expect(out.map((entry) => [entry?.atMs, entry?.item])).toEqual(expected.map(({ atMs, item }) => [atMs, item]));
        expect(queue.take()).toBeUndefined();
      }),
    );
  });

  test('chance keeps to its bounds', () => {
    const random = seededRandom(42);
    const draws = Array.from({ length: 10_000 }, () => between(random, 1, 6));
    expect([Math.min(...draws), Math.max(...draws)]).toEqual([1, 6]);
    expect(new Set(sample(random, [1, 2, 3], 9))).toEqual(new Set([1, 2, 3]));
    const names = inventNames(random, 500);
    expect(new Set(names).size).toBe(500);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9]{2,14}$/);
  });
});
