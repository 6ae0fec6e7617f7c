import { describe, expect, test } from 'vitest';
import { draftEntryOf } from '../knowledge/draft-entry.ts';
import type { Draft } from '../knowledge/draft-store.ts';
import { DEFAULT_DELAY_MS, type Release, TIERS } from '../warning/disclosure.ts';
import { RELEASE_CASES } from '../warning/testing/release-cases.ts';
import { record, START } from '../warning/testing/touch.ts';
import { releasedIndicators, viewDraft } from './drafts.ts';
import type { PublicOptions } from './public-view.ts';

const OPTIONS: PublicOptions = {
  realm: 'live',
  delayMs: DEFAULT_DELAY_MS,
  key: 'k',
  scrub: (text) => text,
  watched: () => new Set(),
};
const SECRET = 'what the analyst wrote';
const draft: Draft = {
  ofCampaign: true,
  campaign: record().campaign,
  id: 'im.campaign-5d0c9bd6.xmpp',
  state: 'open',
  revision: 4,
  touched: true,
  entry: {
    ...draftEntryOf({
      ...record(),
      firstSeen: '2026-01-05T10:00:00.000Z',
      lastSeen: '2026-01-05T10:00:00.000Z',
      decoys: '1-2',
      senders: '1-2',
      captures: '1-2',
    }),
    summary: SECRET,
    notes: SECRET,
  },
  createdAt: '2026-01-05T10:00:00.000Z',
  updatedAt: '2026-01-05T10:00:00.000Z',
};

/** What of a draft shows: nothing, that there is one, or text and hosts too. */
function shown(given: { decoys: number; unambiguousHarm: boolean }, over: boolean): readonly Release[] {
  const at = new Date(START).toISOString();
  const now = new Date(START + (over ? DEFAULT_DELAY_MS : DEFAULT_DELAY_MS - 1));
  const { threat: _, ...bare } = record({ ...given, at, spread: [500, 1] });
  return TIERS.map((tier) => {
    const view = viewDraft(draft, bare, tier, now, OPTIONS);
    if (tier !== 'operator') {
      expect(JSON.stringify(view) ?? '').not.toContain(SECRET);
      expect(view?.draft).toBeUndefined();
    }
    if (view === undefined) return 'nothing';
    return view.template === undefined ? 'outline' : 'content';
  });
}

describe('before review, by the policy table', () => {
  test.each(RELEASE_CASES)('%i decoys, harm %s, delay over %s', (decoys, unambiguousHarm, over, ...expected) => {
    expect(shown({ decoys, unambiguousHarm }, over)).toEqual(expected);
  });
});

test('an indicator that few decoys saw may have been made for one of them: it does not get into what is published', () => {
  expect(releasedIndicators(record({ spread: [3, 1] }))).toEqual([
    { type: 'url', value: 'http://evil.example/photo.scr' },
  ]);
  const { spread: _, ...old } = record();
  expect(releasedIndicators(old)).toEqual([]);
});
