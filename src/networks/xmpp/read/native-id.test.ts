import { describe, expect, it } from 'vitest';
import { parseText } from '../wire/xml-parse.ts';
import { nativeIdOf } from './native-id.ts';
import { type Own, senderOf } from './reading.ts';

const CLIENT: Own = { mode: 'client', address: 'dora@im.example', domain: 'im.example' };
const COMPONENT: Own = { mode: 'component', address: 'traps.im.example', domain: 'traps.im.example' };
const from = "from='eve@evil.example/bot'";

describe('native ids', () => {
  const native = (text: string, own = CLIENT): string | undefined => {
    const stanza = parseText(text, own.mode === 'client' ? 'jabber:client' : 'jabber:component:accept');
    return nativeIdOf(stanza, senderOf(stanza, own), own);
  };
  const stamp = "<stanza-id xmlns='urn:xmpp:sid:0' by='dora@im.example' id='s1'/>";

  it("take the own server's stamp, and nobody else's", () => {
    expect(native(`<message ${from}><body>a</body>${stamp}</message>`)).toBe('stanza-id:s1');
    expect(native(`<message ${from}><body>a</body>${stamp.replace('dora@im', 'dora@evil')}</message>`)).toMatch(
      /^sha256:/,
    );
  });

  it('are the same for a redelivery and differ for another message under the same id', () => {
    const first = native(`<message ${from} id='1'><body>a</body></message>`);
    const late = "<delay xmlns='urn:xmpp:delay' from='im.example' stamp='2026-01-02T03:04:05Z'/>";
    expect(native(`<message ${from} id='1'><body>a</body>${late}</message>`)).toBe(first);
    expect(native(`<message ${from} id='1'><body>b</body></message>`)).not.toBe(first);
  });

  it('are one for a contact request however often it comes, and another when it says something else', () => {
    const ask = (status: string, id: string): string | undefined =>
      native(`<presence from='eve@evil.example' type='subscribe' id='${id}'><status>${status}</status></presence>`);
    expect(ask('hi', '1')).toBe(ask('hi', '2'));
    expect(ask('hi', '1')).not.toBe(ask('buy', '1'));
  });

  it('are none where no server delivers twice', () => {
    expect(native(`<presence ${from}/>`)).toBeUndefined();
    expect(native(`<message ${from} to='m@traps.im.example'><body>a</body></message>`, COMPONENT)).toBeUndefined();
  });
});
