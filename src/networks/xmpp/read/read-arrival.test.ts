// The table of docs/networks/xmpp.md, row by row.
import { describe, expect, it } from 'vitest';
import type { CaptureDraft } from '../../../core/capture.ts';
import type { Arrival } from '../session/types.ts';
import { XmlFramer } from '../wire/xml-framer.ts';
import { parseText } from '../wire/xml-parse.ts';
import { readArrival } from './read-arrival.ts';
import type { Own } from './reading.ts';

const CLIENT: Own = { mode: 'client', address: 'dora@im.example', domain: 'im.example' };
const COMPONENT: Own = { mode: 'component', address: 'traps.im.example', domain: 'traps.im.example' };

/** What gives one capture. */
function only(arrival: Arrival, own: Own): CaptureDraft {
  const [draft, ...more] = readArrival(arrival, own);
  if (draft === undefined || more.length > 0) throw new Error('not one capture');
  return draft;
}

function read(stanza: string, own: Own = CLIENT): CaptureDraft {
  const ns = own.mode === 'client' ? 'jabber:client' : 'jabber:component:accept';
  const raw = new TextEncoder().encode(stanza);
  return only({ kind: 'stanza', seq: 0, stanza: parseText(stanza, ns), raw }, own);
}

const from = "from='eve@evil.example/bot'";
const muc = 'http://jabber.org/protocol/muc#user';

describe('readArrival', () => {
  it.each<readonly [string, string, object]>([
    [
      'a chat message with a chat state, from another server',
      `<message ${from} type='chat' id='1'><body>hi</body><active xmlns='http://jabber.org/protocol/chatstates'/></message>`,
      {
        kind: 'message',
        text: 'hi',
        peer: { id: 'eve@evil.example', verifiedBy: 'federated', client: 'bot' },
        meta: { chatState: 'active', resource: 'bot' },
      },
    ],
    [
      'a message of an account of the own server',
      `<message from='ana@im.example/x'><body>hi</body></message>`,
      { peer: { id: 'ana@im.example', verifiedBy: 'own-server' } },
    ],
    [
      'an offline message: sentAt is the stamp of the own server',
      `<message ${from}><body>x</body><delay xmlns='urn:xmpp:delay' from='im.example' stamp='2026-01-02T03:04:05.678Z'/></message>`,
      { sentAt: '2026-01-02T03:04:05.678Z' },
    ],
    [
      "a peer's own claim of when",
      `<message ${from}><body>x</body><delay xmlns='urn:xmpp:delay' from='evil.example' stamp='2001-01-02T03:04:05Z'/></message>`,
      { meta: { claimedSentAt: '2001-01-02T03:04:05.000Z' } },
    ],
    [
      'a lure that shows one host and leads to another',
      `<message ${from}><body>x</body><html xmlns='http://jabber.org/protocol/xhtml-im'><body xmlns='http://www.w3.org/1999/xhtml'><p><a href='http://evil.example/x'>http://bank.example</a> <a href='https://www.ok.example/'>ok.example/</a></p></body></html></message>`,
      {
        meta: {
          links: [{ href: 'http://evil.example/x', label: 'http://bank.example', mismatch: true }, { mismatch: false }],
        },
      },
    ],
    [
      'an upload link',
      `<message ${from}><body>https://up.example/a.jpg</body><x xmlns='jabber:x:oob'><url>https://up.example/a.jpg</url></x></message>`,
      { kind: 'message', meta: { oob: [{ url: 'https://up.example/a.jpg' }] } },
    ],
    [
      'encrypted media',
      `<message ${from}><body>aesgcm://up.example/a.jpg#00ff</body></message>`,
      { meta: { aesgcm: 'aesgcm://up.example/a.jpg#00ff' } },
    ],
    [
      'a request to become a contact',
      `<presence from='eve@evil.example' type='subscribe'><status>see my cam</status><nick xmlns='http://jabber.org/protocol/nick'>Eve</nick></presence>`,
      { kind: 'contact-request', text: 'see my cam', peer: { name: 'Eve' } },
    ],
    [
      'other presence',
      `<presence ${from}><c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='http://bot.example' ver='q='/></presence>`,
      { kind: 'presence', peer: { client: 'http://bot.example' } },
    ],
    ['a contact that goes', `<presence from='eve@evil.example' type='unsubscribed'/>`, { kind: 'contact-change' }],
    [
      'a contact that takes the decoy off its list',
      `<presence from='eve@evil.example' type='unsubscribe'/>`,
      { kind: 'contact-change', meta: { event: 'removed-you' } },
    ],
    [
      'an invitation, mediated and direct in one',
      `<message from='den@rooms.example'><x xmlns='${muc}'><invite from='eve@evil.example/b'><reason>free songs</reason></invite><password>pw</password></x><x xmlns='jabber:x:conference' jid='den@rooms.example'/><body>eve invites you</body></message>`,
      {
        kind: 'group-invite',
        conversation: 'den@rooms.example',
        text: 'free songs',
        peer: { id: 'eve@evil.example', verifiedBy: 'federated' },
        meta: { invite: 'both', roomPassword: 'pw' },
      },
    ],
    [
      'a direct invitation',
      `<message ${from}><x xmlns='jabber:x:conference' jid='den@rooms.example' reason='come'/></message>`,
      {
        kind: 'group-invite',
        conversation: 'den@rooms.example',
        text: 'come',
        peer: { id: 'eve@evil.example' },
        meta: { invite: 'direct' },
      },
    ],
    [
      'contacts to be planted',
      `<message ${from}><x xmlns='http://jabber.org/protocol/rosterx'><item action='add' jid='a@b.example' name='A'/></x></message>`,
      { kind: 'roster-push', meta: { count: 1, items: [{ jid: 'a@b.example', name: 'A', action: 'add' }] } },
    ],
    [
      'a roster push that only a server may send',
      `<iq ${from} type='set' id='1'><query xmlns='jabber:iq:roster'><item jid='a@b.example'/></query></iq>`,
      { kind: 'roster-push', meta: { spoofed: true } },
    ],
    [
      'an error quoting what was never sent',
      `<message ${from} type='error'><body>buy now</body><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`,
      { kind: 'backscatter', text: 'buy now', meta: { condition: 'service-unavailable' } },
    ],
    [
      'a receipt for what was never sent',
      `<message ${from}><received xmlns='urn:xmpp:receipts' id='1'/></message>`,
      { kind: 'backscatter' },
    ],
    [
      'OMEMO without payload: encrypted, sid, fallback text',
      `<message ${from}><encrypted xmlns='eu.siacs.conversations.axolotl'><header sid='27183'/></encrypted><body>encrypted for you</body></message>`,
      {
        kind: 'message',
        encrypted: true,
        text: 'encrypted for you',
        meta: { encryption: 'omemo', sid: '27183', payload: false },
      },
    ],
    [
      'OpenPGP',
      `<message ${from}><openpgp xmlns='urn:xmpp:openpgp:0'>x</openpgp></message>`,
      { encrypted: true, meta: { encryption: 'openpgp' } },
    ],
    ['OTR', `<message ${from}><body>?OTRv23?</body></message>`, { encrypted: true, meta: { encryption: 'otr' } }],
    [
      'a nudge',
      `<message ${from} type='headline'><attention xmlns='urn:xmpp:attention:0'/></message>`,
      { kind: 'nudge' },
    ],
    [
      'typing',
      `<message ${from}><composing xmlns='http://jabber.org/protocol/chatstates'/></message>`,
      { kind: 'typing' },
    ],
    [
      'a correction',
      `<message ${from}><body>b</body><replace xmlns='urn:xmpp:message-correct:0' id='1'/></message>`,
      { kind: 'message', meta: { corrects: '1' } },
    ],
    [
      'a reaction',
      `<message ${from}><reactions xmlns='urn:xmpp:reactions:0' id='1'><reaction>👋</reaction></reactions></message>`,
      { kind: 'message', meta: { reactsTo: '1', reactions: ['👋'] } },
    ],
    [
      'a call',
      `<message ${from}><propose xmlns='urn:xmpp:jingle-message:0' id='c'><description xmlns='urn:xmpp:jingle:apps:rtp:1' media='video'/></propose></message>`,
      { kind: 'call', meta: { action: 'propose', session: 'c', media: ['video'] } },
    ],
    [
      'a call by IQ',
      `<iq ${from} type='set' id='1'><jingle xmlns='urn:xmpp:jingle:1' action='session-initiate' sid='s'><content><description xmlns='urn:xmpp:jingle:apps:rtp:1' media='audio'/></content></jingle></iq>`,
      { kind: 'call', meta: { media: ['audio'] } },
    ],
    [
      'a file in a message',
      `<message ${from}><body>u</body><file-sharing xmlns='urn:xmpp:sfs:0'><file xmlns='urn:xmpp:file:metadata:0'><name>a.exe</name><size>7</size></file><sources><url-data xmlns='http://jabber.org/protocol/url-data' target='https://up.example/a'/></sources></file-sharing></message>`,
      {
        kind: 'file-offer',
        file: { name: 'a.exe', size: 7 },
        text: 'u',
        meta: { offer: 'sfs', sources: ['https://up.example/a'] },
      },
    ],
    [
      'a file by its address',
      `<iq ${from} type='set' id='1'><query xmlns='jabber:iq:oob'><url>http://x.example/p/a.pif</url><desc>look</desc></query></iq>`,
      { kind: 'file-offer', file: { name: 'a.pif' }, text: 'look\nhttp://x.example/p/a.pif' },
    ],
    [
      'hosts to fetch a file from',
      `<iq ${from} type='set' id='1'><query xmlns='http://jabber.org/protocol/bytestreams' sid='s'><streamhost jid='e@x' host='192.0.2.1' port='7625'/></query></iq>`,
      { kind: 'transfer-request', meta: { hosts: [{ host: '192.0.2.1', port: 7625 }] } },
    ],
    [
      'a probe',
      `<iq ${from} type='get' id='1'><query xmlns='jabber:iq:version'/></iq>`,
      { kind: 'probe', meta: { probe: 'version' } },
    ],
    ['an answer to what was never asked', `<iq ${from} type='result' id='1'/>`, { kind: 'backscatter' }],
    [
      'a word of the server',
      `<message from='im.example'><body>maintenance</body></message>`,
      { kind: 'service-notice' },
    ],
    [
      'a pubsub event',
      `<message ${from}><event xmlns='http://jabber.org/protocol/pubsub#event'><items node='n'/></event></message>`,
      { kind: 'unknown', meta: { pubsubNode: 'n' } },
    ],
    [
      'what nobody knows',
      `<message ${from}><x xmlns='urn:example:new'/></message>`,
      { kind: 'unknown', meta: { elements: ['{urn:example:new}x'] } },
    ],
    [
      'a sender that is none',
      `<message from='@@'><body>x</body></message>`,
      { kind: 'message', peer: { id: '@@', verifiedBy: 'self-asserted' } },
    ],
  ])('reads %s', (_name, stanza, expected) => {
    expect(read(stanza)).toMatchObject(expected);
  });

  it('names the address of a component that was touched, and only one in its own domain', () => {
    expect(read(`<message ${from} to='Mary@traps.im.example/x'><body>x</body></message>`, COMPONENT).decoy).toBe(
      'mary@traps.im.example',
    );
    expect(read(`<message ${from} to='mary@other.example'><body>x</body></message>`, COMPONENT).decoy).toBeUndefined();
    expect(read(`<message from='a@im.example' to='m@traps.im.example'/>`, COMPONENT).peer.verifiedBy).toBe(
      'own-server',
    );
  });

  it('names who sent a stanza too large to read', () => {
    const framer = new XmlFramer('jabber:client');
    const head = "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";
    const bytes = new TextEncoder().encode(`${head}<message from='eve@evil.example/x'><body>${'x'.repeat(300_000)}`);
    const frame = [...framer.feed(bytes)].at(-1);
    if (frame?.kind !== 'malformed') throw new Error('not malformed');
    const draft = only({ kind: 'malformed', seq: 0, reason: frame.reason, raw: frame.raw }, CLIENT);
    expect(draft).toMatchObject({ kind: 'malformed', peer: { id: 'eve@evil.example', verifiedBy: 'federated' } });
  });
});

describe('a roster', () => {
  const contacts = (pushed: boolean, ...who: readonly string[]) =>
    readArrival({ kind: 'contacts', seq: 0, contacts: who, pushed, raw: new Uint8Array() }, CLIENT);

  it('is a word of the server, and the same however often the list comes', () => {
    const [list] = contacts(false, 'b@im.example', 'a@evil.example');
    expect(list).toMatchObject({
      ...{ kind: 'service-notice', peer: { id: 'im.example', verifiedBy: 'own-server' } },
      meta: { event: 'contact-list', contacts: ['a@evil.example', 'b@im.example'] },
    });
    expect(contacts(false, 'a@evil.example', 'b@im.example')[0]?.native).toBe(list?.native);
  });

  it('counts again when it has changed', () => {
    const [change] = contacts(true, 'a@evil.example');
    expect(change).toMatchObject({ meta: { contacts: ['a@evil.example'] } });
    expect(change).not.toHaveProperty('native');
  });
});
