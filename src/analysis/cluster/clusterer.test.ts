import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Capture } from '../../core/capture.ts';
import { analyze } from '../analyze.ts';
import { compileSignatures } from '../signatures.ts';
import { captureOf } from '../testing/captures.ts';
import { type Clusterer, campaignIdOf, createClusterer } from './clusterer.ts';

const none = compileSignatures([]);
const put = (clusterer: Clusterer, capture: Capture) => clusterer.assign(capture, analyze(capture, none));
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
    const { fingerprint } = analyze(capture, none);
    const clusterer = createClusterer();
    clusterer.restore([{ campaign: 'c-1', exact: fingerprint.exact, minhash: fingerprint.minhash }]);
    expect(put(clusterer, captureOf(`${NITRO} http://evil-two.com/b`))).toEqual({ campaign: 'c-1', created: false });
    expect(
      put(
        clusterer,
        captureOf('hello free nitro for three months, claim it at once before the offer ends http://x-y.com/'),
      )?.campaign,
    ).toBe('c-1');
    clusterer.forget('c-1');
    expect(put(clusterer, captureOf(`${NITRO} http://evil-two.com/b`))?.created).toBe(true);
  });

  it('forgets the campaigns seen longest ago when it is full', () => {
    const clusterer = createClusterer({ maxCampaigns: 32 });
    for (let at = 0; at < 500; at++) put(clusterer, captureOf(`x http://evil-${at}.com/`));
    expect(clusterer.size).toBeLessThanOrEqual(32);
    expect(put(clusterer, captureOf('x http://evil-499.com/'))?.created).toBe(false);
    expect(put(clusterer, captureOf('x http://evil-1.com/'))?.created).toBe(true);
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
});
