// Analysed captures for tests, with only what a test cares about spelled out.
import type { Analysed, Analysis } from '../../analysis/types.ts';
import type { Capture, CaptureId } from '../../core/capture.ts';
import { uuidOf } from '../../core/capture-id.ts';

export interface Given {
  readonly at?: string;
  readonly network?: Capture['network'];
  readonly decoy?: string;
  readonly peer?: string;
  readonly text?: string;
  readonly campaign?: string;
  readonly created?: boolean;
  readonly analysis?: Partial<Analysis>;
}

/** Campaign id by a short name. */
export function campaignId(name: string): string {
  return uuidOf('campaign', name);
}

let made = 0;

/** A worm's message on XMPP unless told. */
export function analysed(given: Given = {}): Analysed {
  made += 1;
  const id = uuidOf('test', String(made)) as CaptureId;
  const text = given.text ?? 'look at this photo http://evil.example/photo.scr';
  const capture: Capture = {
    v: 1,
    id,
    at: given.at ?? '2026-01-05T10:00:00.000Z',
    network: given.network ?? 'xmpp',
    sensor: 'local',
    decoy: given.decoy ?? 'dora@decoys.example',
    peer: { id: given.peer ?? 'bot7@spam.example' },
    kind: 'message',
    text,
    meta: {},
    simulated: false,
  };
  const analysis: Analysis = {
    capture: id,
    folded: text,
    indicators: [
      { type: 'url', value: 'http://evil.example/photo.scr' },
      { type: 'domain', value: 'evil.example' },
    ],
    class: 'worm',
    score: 0.97,
    reasons: ['link to an executable'],
    severity: 'high',
    threats: [],
    fingerprint: {
      exact: text,
      words: Uint32Array.from({ length: 8 }, (_, i) => i * 77_777_777 + 16),
      links: ['host:evil.example'],
    },
    unambiguousHarm: false,
    ...given.analysis,
  };
  const cluster = { campaign: campaignId(given.campaign ?? 'one'), created: given.created ?? false };
  return { capture, analysis, cluster: given.campaign === '' ? undefined : cluster };
}
