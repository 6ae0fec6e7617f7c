// Made-up retractions and appeals for the browser test.
import type * as api from '../api/types.ts';

const at = '2026-05-31T10:00:00.000Z';
const decision = { by: 'ada@sundew.example', at, reason: 'A newsletter that everybody had asked for.' };

export const mark: Pick<api.Warning, 'retracted'> = { retracted: decision };

export const list: api.RetractionList = {
  retractions: [
    { id: '1', kind: 'campaign', target: 'c', label: 'W-7K3F-9QXA', ...decision },
    { id: '2', kind: 'indicator', target: 'i', label: 'news[.]example', type: 'domain', ...decision, undone: decision },
  ],
};

export const resting: api.RestingEntries = {
  entries: [
    {
      ...{ id: 'im.campaign-5d0c9bd6.xmpp', name: 'Worm of the photo album', state: 'published' as const },
      link: 'https://sundew.example/threats/im.campaign-5d0c9bd6.xmpp',
    },
  ],
};

const hostile = '<img src=x onerror=alert(1)> http://evil.example/ \u202egnp.exe';
export const appeals: api.AppealList = {
  appeals: [
    {
      ...{ id: '0b0e7a52-1c55-8f3e-9a51-0d9d5a1c2b3e', at, what: 'news.example', why: `It is ours. ${hostile}` },
      ...{ contact: 'paula@news.example', state: 'open', mail: 'none' },
    },
    {
      ...{ id: '1b0e7a52-1c55-8f3e-9a51-0d9d5a1c2b3e', at, what: hostile, why: hostile, contact: 'p@news.example' },
      ...{ state: 'rejected', mail: 'failed', mailNote: 'outgoing mail is not set up' },
      decided: { by: decision.by, at, answer: 'It is not.' },
    },
  ],
};
