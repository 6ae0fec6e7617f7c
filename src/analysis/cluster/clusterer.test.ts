import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Capture } from '../../core/capture.ts';
import { analyze } from '../analyze.ts';
import { compileSignatures } from '../signatures.ts';
import { captureOf } from '../testing/captures.ts';
import { type Clusterer, campaignIdOf, createClusterer } from './clusterer.ts';

const none = compileSignatures([]);
const put = (clusterer: Clusterer, capture: Capture) => clusterer.assign(capture, analyze(capture, none));
const BANKS = [
  ['somebody posted a picture of you', 'is this you in the clip', 'they wrote your name here', 'your profile came up'],
  [
    'take the bonus coins',
    'get paid for simple tasks',
    'unlock premium for nothing',
    'somebody posted a picture of you',
  ],
];
const VERBS = ['log in at', 'visit', 'open', 'see'];

/** Numbers below a bound that look random and are the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 12) % below;
  };
}

/** Two campaigns that share phrases, a capture each in turn; every slot changes, and the hosts of the second. */
function spintax(count: number): readonly Capture[] {
  const next = numbers(11);
  return Array.from({ length: count }, (_value, at) => {
    const own = at % 2;
    const parts = [BANKS[own]?.[next(4)], VERBS[next(4)], `http://host${own}-${own * next(3)}.com/${next(9999)}`];
    if (own === 1) parts.push(['last chance', 'only today', 'before midnight'][next(3)]);
    const time = new Date(Date.UTC(2026, 0, 1) + at * 120_000).toISOString();
    return captureOf(parts.join([' ', ', ', ' - '][next(3)]), { at: time, native: `s${at}` });
  });
}

function mostFrequent(ids: readonly (string | undefined)[]): { readonly id: string; readonly share: number } {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id ?? '', (counts.get(id ?? '') ?? 0) + 1);
  const [id = '', count = 0] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return { id, share: count / ids.length };
}

/** Many campaigns out of the same few phrases: what one is shows late. */
function generateLike(clusterer: Clusterer) {
  const next = numbers(7);
  const phrases = [
    ...(BANKS[0] ?? []),
    ...(BANKS[1] ?? []),
    'double your money',
    'vote for my child',
    'your parcel waits',
  ];
  return Array.from({ length: 900 }, (_value, at) => {
    const campaign = Math.floor(at / 60) + (next(4) === 0 ? 1 : 0);
    const claim = phrases[(campaign * 3 + next(4)) % phrases.length];
    const text = `${claim}, ${VERBS[(campaign + next(2)) % 4]}, http://c${campaign}-h${next(3)}.com/${next(9999)}`;
    return put(
      clusterer,
      captureOf(text, { at: new Date(Date.UTC(2026, 0, 1) + at * 90_000).toISOString(), native: `g${at}` }),
    );
  });
}

const NITRO = 'free nitro for three months, claim it here before the offer ends today';

describe('createClusterer', () => {
  it('starts a campaign with an id made of its first capture, and puts exact and near duplicates into it', () => {
    const clusterer = createClusterer();
    const first = captureOf(`${NITRO} http://evil-one.com/a`);
    expect(put(clusterer, first)).toEqual({ campaign: campaignIdOf(first), created: true });
    expect(put(clusterer, captureOf(`${NITRO} http://evil-two.com/b`))).toEqual({
      campaign: campaignIdOf(first),
      created: false,
    });
    const near = 'yo fr\u0435\u0435 nitro for three months, claim yours before the offer ends http://evil-three.com/c';
    expect(put(clusterer, captureOf(near))).toEqual({ campaign: campaignIdOf(first), created: false });
    expect(put(clusterer, captureOf('does anybody know how to install the driver for this printer'))?.created).toBe(
      true,
    );
  });

  it('ties short texts by a host of their own, never by one that everybody uses', () => {
    const clusterer = createClusterer();
    const first = put(clusterer, captureOf('look http://evil-one.com/a'));
    expect(put(clusterer, captureOf('is that you? evil-one[.]com/b'))?.campaign).toBe(first?.campaign);
    const shared = put(clusterer, captureOf('look https://youtube.com/a'));
    expect(put(clusterer, captureOf('is that you? https://youtube.com/b'))?.campaign).not.toBe(shared?.campaign);
  });

  it('takes no lure with a host of its own into a line that merely ends in a link, too', () => {
    const clusterer = createClusterer();
    const minutes = (at: number) => new Date(Date.UTC(2026, 0, 1) + at * 60_000).toISOString();
    const talk = captureOf('you could take a look here https://wikipedia.org/wiki/Locale', { at: minutes(0) });
    put(clusterer, talk);
    const lure = captureOf('vote for my daughter - go to - http://evil-one.com/b', { at: minutes(5) });
    expect(put(clusterer, lure)).toEqual({ campaign: campaignIdOf(lure), created: true });
    const again = captureOf('vote for my daughter - open - http://evil-one.com/c', { at: minutes(9) });
    expect(put(clusterer, again)?.campaign).toBe(campaignIdOf(lure));
  });

  it('ties file offers by hash, whatever their name', () => {
    const clusterer = createClusterer();
    const offer = (name: string) =>
      captureOf(undefined, { kind: 'file-offer', file: { name, size: 7, sha256: 'ab12'.repeat(16) } });
    const first = put(clusterer, offer('photo.scr'));
    expect(put(clusterer, offer('song.mp3.pif'))?.campaign).toBe(first?.campaign);
  });

  it('makes no campaign of what carries no content', () => {
    const clusterer = createClusterer();
    for (const kind of ['presence', 'typing', 'probe', 'service-notice', 'backscatter', 'connection']) {
      expect(put(clusterer, captureOf('text', { kind }))).toBeUndefined();
    }
    expect(clusterer.size).toBe(0);
  });

  it('takes back everything since the checkpoint, so that a batch tried again gives the same', () => {
    const clusterer = createClusterer({ maxCampaigns: 16 });
    const texts = Array.from({ length: 40 }, (_value, at) =>
      captureOf(`offer ${'abcdefgh'[at % 8]}${'xyzuvw'[at % 6]} word${'lmnop'[at % 5]} http://evil${at % 11}.com/`),
    );
    for (const capture of texts.slice(0, 12)) put(clusterer, capture);
    clusterer.checkpoint();
    const once = texts.slice(12).map((capture) => put(clusterer, capture));
    clusterer.rollback();
    clusterer.checkpoint();
    expect(texts.slice(12).map((capture) => put(clusterer, capture))).toEqual(once);
  });

  it('remembers over a restart what it is given back', () => {
    const capture = captureOf(`${NITRO} http://evil-one.com/a`);
    const clusterer = createClusterer();
    const atMs = Date.parse(capture.at);
    const members = [analyze(capture, none).fingerprint];
    const id = campaignIdOf(capture);
    clusterer.restore([{ campaign: id, members, firstMs: atMs, lastMs: atMs, captures: 1 }]);
    expect(put(clusterer, captureOf(`${NITRO} http://evil-two.com/b`))).toEqual({ campaign: id, created: false });
    const near = 'hello free nitro for three months, claim it at once before the offer ends http://x-y.com/';
    expect(put(clusterer, captureOf(near))?.campaign).toBe(id);
    const twice = createClusterer();
    const row = { campaign: id, members, firstMs: atMs, lastMs: atMs, captures: 1 };
    twice.restore([row, row]);
    expect(twice.size).toBe(1);
  });

  it('forgets the campaigns seen longest ago when it is full, and larger ones later', () => {
    const clusterer = createClusterer({ maxCampaigns: 32 });
    const word = (at: number) =>
      Array.from({ length: 5 }, (_value, nth) =>
        String.fromCharCode(97 + ((at * 31 + nth * nth * 17 + (at >> nth) * 7) % 26)),
      ).join('');
    const text = (at: number) =>
      `${Array.from({ length: 3 + (at % 7) }, (_value, nth) => word(at * 10 + nth)).join(' ')} http://evil-${at}.com/ ${word(at + 5000)}`;
    for (let nth = 0; nth < 40; nth++) put(clusterer, captureOf(`${NITRO} http://evil-large.com/${nth}`));
    for (let at = 0; at < 100; at++) put(clusterer, captureOf(text(at)));
    expect(clusterer.size).toBeLessThanOrEqual(32);
    expect(put(clusterer, captureOf(text(99)))?.created).toBe(false);
    expect(put(clusterer, captureOf(text(1)))?.created).toBe(true);
    expect(put(clusterer, captureOf(`${NITRO} http://evil-large.com/x`))?.created).toBe(false);
  });

  it('gives one capture one campaign, in any order of others', () => {
    const pool = Array.from({ length: 12 }, (_value, at) =>
      captureOf(`${NITRO} number ${at} http://evil-${at % 3}.com/`),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(pool), (captures) => {
        const [a, b] = [createClusterer(), createClusterer()];
        expect(captures.map((capture) => put(a, capture))).toEqual(captures.map((capture) => put(b, capture)));
      }),
      { numRuns: 20 },
    );
  });

  it('goes on after a restart from the fingerprints of its members as it would have without', () => {
    const captures = spintax(80);
    const [lasting, first] = [createClusterer(), createClusterer()];
    const before = captures.slice(0, 40).map((capture) => [capture, put(lasting, capture)?.campaign] as const);
    for (const [capture] of before) put(first, capture);
    const again = createClusterer();
    const ids = [...new Set(before.map(([, id]) => id))];
    again.restore(
      ids.map((id) => {
        const own = before.filter(([, of]) => of === id).map(([capture]) => capture);
        const times = own.map(({ at }) => Date.parse(at));
        const members = own.slice(-12).map((capture) => analyze(capture, none).fingerprint);
        return {
          campaign: id ?? '',
          members,
          firstMs: Math.min(...times),
          lastMs: Math.max(...times),
          captures: own.length,
        };
      }),
    );
    const same = captures
      .slice(40)
      .filter((capture) => put(again, capture)?.campaign === put(lasting, capture)?.campaign);
    expect(same.length).toBeGreaterThanOrEqual(30);
  });

  it('keeps campaigns apart that share phrases, and one together whose every phrase and host changes', () => {
    const clusterer = createClusterer();
    const captures = spintax(120);
    const found = captures.map((capture) => put(clusterer, capture)?.campaign);
    const of = (own: boolean) => found.filter((_id, at) => (at % 2 === 0) === own).slice(20);
    const [one, other] = [mostFrequent(of(true)), mostFrequent(of(false))];
    expect(one.share).toBeGreaterThan(0.7);
    expect(other.share).toBeGreaterThan(0.7);
    expect(one.id).not.toBe(other.id);
  });

  it('puts a late capture into the campaign of its day', () => {
    const clusterer = createClusterer();
    const captures = spintax(60).filter((_capture, at) => at % 2 === 0);
    const [late, ...others] = captures;
    if (late === undefined) throw new Error('no captures');
    const ids = others.map((capture) => put(clusterer, capture)?.campaign);
    put(clusterer, captureOf('an altogether different thing, days later', { at: '2026-01-09T00:00:00Z' }));
    expect(put(clusterer, late)?.campaign).toBe(ids.at(-1));
  });

  it('is taken back to the very same memory, whatever came between', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(59), { maxLength: 40 }), fc.array(fc.nat(59), { maxLength: 40 }), (kept, undone) => {
        const captures = spintax(60);
        const [a, b] = [createClusterer({ maxCampaigns: 16 }), createClusterer({ maxCampaigns: 16 })];
        const feed = (clusterer: Clusterer, which: readonly number[]) =>
          which.map((at) => put(clusterer, captures[at] ?? captureOf('none')));
        feed(a, kept);
        feed(b, kept);
        a.checkpoint();
        feed(a, undone);
        a.rollback();
        expect(a.size).toBe(b.size);
        const after = captures.map((_capture, at) => at);
        expect(feed(a, after)).toEqual(feed(b, after));
      }),
      { numRuns: 30 },
    );
  });

  it('says when a part is split off and when two campaigns are one', () => {
    const clusterer = createClusterer();
    const results = generateLike(clusterer);
    const merged = results.filter((result) => result?.merged !== undefined);
    const split = results.filter((result) => result?.splitFrom !== undefined);
    for (const result of [...merged, ...split]) {
      expect(result?.merged ?? result?.splitFrom).not.toBe(result?.campaign);
    }
    for (const result of split) expect(result?.created).toBe(true);
    // A campaign that was merged into another is never given again.
    for (const [at, result] of results.entries()) {
      if (result?.merged === undefined) continue;
      expect(results.slice(at).every((later) => later?.campaign !== result.merged)).toBe(true);
    }
    expect(merged.length + split.length).toBeGreaterThan(0);
  });

  it('takes the same sender for evidence, unless he wrote for many campaigns', () => {
    const same = (sender: string, before: readonly string[] = []): boolean => {
      const clusterer = createClusterer({ maxCampaigns: 64 });
      const send = (text: string, native: string, id: string) =>
        put(clusterer, captureOf(text, { native, peer: { id } }))?.campaign;
      for (const [at, text] of before.entries()) send(text, `before ${at}`, sender);
      send('somebody posted a picture of you log in at http://host-one.com/0', 'a0', 'one@x.example');
      const first = send('somebody posted a picture of you log in at http://host-one.com/1', 'a1', 'one@x.example');
      return send('they wrote your name here visit http://host-two.com/9', 'b', sender) === first;
    };
    expect(same('one@x.example')).toBe(true);
    expect(same('two@x.example')).toBe(false);
    const many = [
      'pizza is on the table come down',
      'did you see that match on sunday',
      'my train leaves in ten minutes',
      'what a lovely garden they have got',
      'could somebody reboot the printer please',
    ];
    expect(same('one@x.example', many)).toBe(false);
  });
});
