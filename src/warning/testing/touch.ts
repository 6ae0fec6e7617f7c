// Touches and records for tests.
import type { CampaignTouch } from '../../knowledge/types.ts';
import type { WarningRecord } from '../types.ts';

export const START = Date.parse('2026-01-05T10:00:00.000Z');

/** A worm's touch at `minute` after START, at a new decoy by a new sender unless told. */
export function touch(minute: number, given: Partial<CampaignTouch> = {}): CampaignTouch {
  return {
    atMs: START + minute * 60_000,
    network: 'xmpp',
    class: 'worm',
    severity: 'high',
    unambiguousHarm: false,
    newDecoy: true,
    newSender: true,
    known: false,
    reasons: ['link to an executable'],
    ...given,
  };
}

/** An advisory on two decoys unless told. */
export function record(given: Partial<WarningRecord> = {}): WarningRecord {
  return {
    id: 'W-0000000000',
    revision: 1,
    kind: 'advisory',
    title: 'Worm on XMPP: link to an executable posing as a picture',
    at: '2026-01-05T10:00:27.123Z',
    updatedAt: '2026-01-05T10:01:27.123Z',
    networks: ['xmpp'],
    severity: 'high',
    class: 'worm',
    reasons: ['harm: single captures are rated high'],
    growth: 'new',
    advice: ['Do not open it.'],
    template: 'look at this http://evil.example/photo.scr',
    indicators: [
      { type: 'url', value: 'http://evil.example/photo.scr' },
      { type: 'url', value: 'http://for-one.example/' },
    ],
    spread: [3, 1],
    threat: { id: 'im.kelvir.msn', name: 'Kelvir' },
    campaign: '5d0c9bd6-5d0c-8bd6-8d0c-5d0c9bd65d0c',
    decoys: 2,
    senders: 4,
    captures: 12,
    unambiguousHarm: false,
    simulated: false,
    ...given,
  };
}
