// Arrivals as captures: each vector, and the ones that only a hostile peer sends.
import { describe, expect, it } from 'vitest';
import { type VectorId, vector } from '../testing/vectors.ts';
import { capabilityBytes } from '../wire/capability.ts';
import { encodeAsking, FEEDBAG_VERSION_BLOCK } from '../wire/feedbag.ts';
import { string8, string16, u16, u32 } from '../wire/fields.ts';
import { takeFlapFrame } from '../wire/flap.ts';
import { encodeData, encodeIcbmToClient } from '../wire/icbm.ts';
import { encodeRendezvous } from '../wire/rendezvous.ts';
import { decodeSnac, encodeSnac } from '../wire/snac.ts';
import { SNAC_AUTHORISE_ASKED, SNAC_ICBM_TO_CLIENT, SNAC_MOTD } from '../wire/snac-types.ts';
import { encodeTlv, type Tlv } from '../wire/tlv.ts';
import { encodeUserInfo } from '../wire/user-info.ts';
import { draftsOf } from './read-snac.ts';

const reader = { address: 'decoy1', server: 'im.test' };
const COOKIE = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 0]);
const INFO = encodeUserInfo('Wormy 99', 0, []);

const read = (id: VectorId) =>
  draftsOf(decodeSnac(takeFlapFrame(vector(id))?.frame.payload ?? new Uint8Array(0)), reader);
const icbm = (channel: number, tlvs: readonly Tlv[], tail = new Uint8Array(0)) =>
  draftsOf(
    decodeSnac(
      encodeSnac(
        SNAC_ICBM_TO_CLIENT,
        0,
        Buffer.concat([encodeIcbmToClient({ cookie: COOKIE, channel }, INFO, tlvs), tail]),
      ),
    ),
    reader,
  );
const offer = (capability: Parameters<typeof capabilityBytes>[0], tlvs: readonly Tlv[], cookie = COOKIE) =>
  icbm(2, [encodeData(encodeRendezvous(0, cookie, capabilityBytes(capability), tlvs))]);

describe('arrivals of AIM and ICQ', () => {
  it.each<[VectorId, object]>([
    ['V13', { kind: 'message', text: 'LOL', html: '<A HREF="http://x.test/p.pif">LOL</A>', peer: { id: 'wormy99' } }],
    ['V14', { kind: 'message', text: 'на', sentAt: '2004-11-21T02:44:16.000Z', meta: { offline: true } }],
    ['V16', { kind: 'file-offer', file: { name: 'me.jpg.pif', size: 24_576 }, peer: { address: '203.0.113.9:4443' } }],
    ['V17', { kind: 'group-invite', conversation: '4-0-hot', text: 'join' }],
    ['V18', { kind: 'transfer-request', meta: { rendezvous: { service: 'direct-im', claimed: '10.0.0.5' } } }],
    ['V19', { kind: 'message', text: 'free http://x.test/a.exe', meta: { icqName: 'url' } }],
    ['V20', { kind: 'typing', meta: { event: 'typing' } }],
    ['V21', { kind: 'warning', peer: { id: 'wormy99' }, meta: { level: 10 } }],
    ['V21b', { kind: 'warning', peer: { id: 'im.test' }, meta: { level: 13, anonymous: true } }],
    ['V23', { kind: 'contact-request', peer: { id: '3001234' }, text: 'add me pls' }],
    ['V28', { kind: 'message', text: 'hey', peer: { id: '3001234' }, sentAt: '2004-11-21T20:05:00.000Z' }],
    ['V29', { kind: 'message', text: 'hi', meta: { groupchat: true } }],
    ['V30', { kind: 'service-notice', peer: { id: 'wormy99' }, meta: { missed: 3, reason: 'too large' } }],
    ['V32', { kind: 'contact-change', peer: { id: '3001234' }, meta: { event: 'added-you' } }],
  ])('%s', (id, draft) => {
    expect(read(id)).toMatchObject([draft]);
  });

  it('makes nothing of what the server says for itself', () => {
    for (const id of ['V8', 'V10', 'V22', 'V24'] as const) expect(read(id)).toEqual([]);
  });

  it('names a second delivery of a stored message the same, a live one never', () => {
    expect(read('V14')[0]?.native).toBe(read('V14')[0]?.native);
    expect(read('V28')[0]?.native).toMatch(/^stored:3001234:/);
    expect(read('V13')[0]).not.toHaveProperty('native');
  });

  it('tells automatic replies from messages', () => {
    const block = Uint8Array.from([1, 1, 0, 6, 0, 0, 0, 0, 104, 105]);
    const reply = icbm(1, [
      { type: 2, value: block },
      { type: 4, value: new Uint8Array(0) },
    ]);
    expect(reply).toMatchObject([{ kind: 'backscatter', text: 'hi', meta: { automatic: true } }]);
  });

  it('keeps what could be read of a message that overruns', () => {
    const block = Uint8Array.from([1, 1, 0, 6, 0, 0, 0, 0, 104, 105]);
    expect(icbm(1, [{ type: 2, value: block }], Uint8Array.of(0, 9, 0xff, 0xff))).toMatchObject([
      { kind: 'malformed', text: 'hi', peer: { id: 'wormy99' } },
    ]);
    expect(icbm(1, [])).toMatchObject([{ kind: 'malformed', meta: { reason: expect.any(String) as string } }]);
  });

  it('marks cookies and complements that contradict each other', () => {
    const tlvs = [
      { type: 5, value: u16(80) },
      { type: 0x17, value: u16(80) },
      { type: 3, value: Uint8Array.of(1) },
    ];
    expect(offer('direct-im', tlvs, new Uint8Array(8))).toMatchObject([
      {
        meta: {
          rendezvous: { oddities: ['client address of 1 bytes', 'port and its complement differ', 'cookies differ'] },
        },
      },
    ]);
  });

  it('hashes the names of a pushed buddy list', () => {
    const list = Buffer.concat([string16('Friends'), u16(2), string16('victim one'), string16('victim two')]);
    const [draft] = offer('send-buddy-list', [{ type: 0x2711, value: list }]);
    expect(draft).toMatchObject({ kind: 'roster-push', meta: { contacts: 2, groups: 1 } });
    expect(JSON.stringify(draft)).not.toContain('victim');
  });

  it('keeps size and hash of an icon, and marks one that lies', () => {
    const icon = (length: number) =>
      Buffer.concat([u32(0), u32(length), u32(0), Buffer.from('GIF89a'), Buffer.from('AVT1picture.id')]);
    expect(offer('buddy-icon', [{ type: 0x2711, value: icon(6) }])).toMatchObject([
      { kind: 'presence', file: { size: 6 }, meta: { icon: true } },
    ]);
    expect(offer('buddy-icon', [{ type: 0x2711, value: icon(0xffff_ffff) }])).toMatchObject([
      { kind: 'malformed', meta: { vulnerability: 'over-long buddy icon' } },
    ]);
  });

  it('reads a message of the ICQ relay', () => {
    const head = Buffer.concat([u16(27, true), u16(9, true), new Uint8Array(25), u16(14, true), new Uint8Array(14)]);
    const body = Buffer.concat([
      Uint8Array.of(1, 0),
      new Uint8Array(4),
      u16(6, true),
      Buffer.from('hello\0'),
      new Uint8Array(8),
    ]);
    const relay = Buffer.concat([head, body]);
    expect(offer('icq-relay', [{ type: 0x2711, value: relay }])).toMatchObject([{ kind: 'message', text: 'hello' }]);
    relay[0] = 26;
    expect(offer('icq-relay', [{ type: 0x2711, value: relay }])).toMatchObject([{ kind: 'malformed' }]);
  });

  it('marks an authorisation text that ends clients, and not a long honest one', () => {
    const asked = (reason: Uint8Array) => {
      const body = Buffer.concat([FEEDBAG_VERSION_BLOCK, string8('eve'), string16(reason), u16(0)]);
      return draftsOf(decodeSnac(encodeSnac(SNAC_AUTHORISE_ASKED, 0, body, 0x8000)), reader);
    };
    expect(asked(Uint8Array.of(0xff, 0xfe))).toMatchObject([{ meta: { resembles: ['CVE-2011-4601'] } }]);
    expect(asked(Buffer.from('a'.repeat(200)))[0]?.meta).toEqual({ event: 'asked' });
    expect(encodeAsking({ name: 'eve', reason: 'x' })).toHaveLength(9);
  });

  it('captures the words of the server of the day, when there are any', () => {
    const motd = (text: string) =>
      draftsOf(
        decodeSnac(encodeSnac(SNAC_MOTD, 0, Buffer.concat([u16(4), encodeTlv(0x0b, Buffer.from(text))]))),
        reader,
      );
    expect(motd('down at noon')).toMatchObject([{ kind: 'service-notice', text: 'down at noon' }]);
    expect(motd('')).toEqual([]);
  });
});
