// Totality: whatever is in a stanza, its reading fits the interchange form.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCapture } from '../../../core/parse-capture.ts';
import type { XmlElement } from '../wire/xml-element.ts';
import { readArrival } from './read-arrival.ts';
import type { Own } from './reading.ts';

const CLIENT: Own = { mode: 'client', address: 'dora@im.example', domain: 'im.example' };
const muc = 'http://jabber.org/protocol/muc#user';

describe('any stanza', () => {
  const NAMES = [
    'message',
    'presence',
    'iq',
    'x',
    'body',
    'invite',
    'html',
    'a',
    'file',
    'jingle',
    'content',
    'description',
    'hash',
    'item',
    'delay',
    'encrypted',
    'header',
  ];
  const SPACES = [
    'jabber:client',
    muc,
    'jabber:x:conference',
    'urn:xmpp:jingle:1',
    'urn:xmpp:jingle:apps:file-transfer:5',
    'http://jabber.org/protocol/si',
    'http://www.w3.org/1999/xhtml',
    'http://jabber.org/protocol/xhtml-im',
    'urn:xmpp:delay',
    'urn:xmpp:hashes:2',
    'urn:xmpp:sfs:0',
    'http://jabber.org/protocol/rosterx',
  ];
  const attrs = fc
    .dictionary(
      fc.constantFrom('from', 'to', 'type', 'id', 'jid', 'href', 'stamp', 'name', 'size', 'by', 'action'),
      fc.oneof(
        fc.constantFrom('a@b.example/c', 'error', 'set', 'chat', 'groupchat', 'subscribe', 'session-initiate'),
        fc.string({ unit: 'grapheme' }),
      ),
    )
    .map((made) => new Map(Object.entries(made)));
  const { element } = fc.letrec((tie) => ({
    element: fc.record({
      name: fc.constantFrom(...NAMES),
      ns: fc.constantFrom(...SPACES),
      attrs,
      children: fc.array(fc.oneof({ maxDepth: 4 }, fc.string(), tie('element')), { maxLength: 4 }),
    }),
  }));

  it('becomes a draft that the interchange form accepts', () => {
    fc.assert(
      fc.property(element, fc.constantFrom('message', 'presence', 'iq'), (made, name) => {
        const stanza = { ...(made as XmlElement), name, ns: 'jabber:client' };
        const [draft] = readArrival({ kind: 'stanza', seq: 0, stanza, raw: new Uint8Array() }, CLIENT);
        const capture = { v: 1, at: '2026-01-01T00:00:00Z', network: 'xmpp', decoy: 'd', ...draft };
        expect(() => parseCapture(JSON.parse(JSON.stringify(capture)), { sensor: 's' })).not.toThrow();
      }),
    );
  });
});
