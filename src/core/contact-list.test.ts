import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contactListDrafts, isContactList, MAX_CONTACTS_A_NOTICE, MAX_CONTACTS_TOLD } from './contact-list.ts';
import { parseCapture } from './parse-capture.ts';

const SERVER = { id: 'im.example', verifiedBy: 'own-server' } as const;
const of = (addresses: readonly string[]) => contactListDrafts(SERVER, addresses);

test('a list is one notice of the server, the same whenever the same addresses come in any order', () => {
  const [notice, ...more] = of(['b@x.example', 'a@x.example', 'b@x.example']);
  expect(more).toEqual([]);
  expect(notice).toEqual({
    ...{ kind: 'service-notice', peer: SERVER, native: expect.stringMatching(/^contacts:[0-9a-f]{64}$/) },
    meta: { event: 'contact-list', contacts: ['a@x.example', 'b@x.example'] },
  });
  expect(of(['a@x.example', 'b@x.example'])).toEqual([notice]);
  expect(of(['a@x.example', 'c@x.example'])[0]?.native).not.toBe(notice?.native);
  expect(notice === undefined ? undefined : isContactList({ meta: {}, ...notice })).toBe(true);
});

test('nobody on the list gives no notice', () => {
  expect(of([])).toEqual([]);
});

test('a long list is several notices, and one without end is cut', () => {
  const many = Array.from(
    { length: MAX_CONTACTS_TOLD + 1000 },
    (_value, at) => `c${String(at).padStart(5, '0')}@x.example`,
  );
  const notices = of(many);
  const told = notices.flatMap(({ meta }) => meta?.contacts as string[]);
  expect(told).toEqual(many.slice(0, MAX_CONTACTS_TOLD));
  expect(notices).toHaveLength(MAX_CONTACTS_TOLD / MAX_CONTACTS_A_NOTICE);
  expect(new Set(notices.map(({ native }) => native)).size).toBe(notices.length);
});

test('whatever the network calls an address, the notices are captures', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 400, unit: 'binary' }), { maxLength: 40 }), (addresses) => {
      const long = [...addresses, '"'.repeat(320), '\\'.repeat(320), 'x'.repeat(321)];
      for (const draft of of(Array.from({ length: 9 }, (_value, at) => long.map((one) => `${one}${at}`)).flat())) {
        const { kind, native, peer, meta } = draft;
        const bound = { v: 1, at: '2026-01-01T00:00:00Z', network: 'xmpp', decoy: 'dora@x.example' };
        expect(parseCapture({ ...bound, kind, native, peer, meta }, { sensor: 'test' }).kind).toBe('service-notice');
      }
    }),
    { numRuns: 50 },
  );
});
