// Wireshark's AIM dissector reads what we write, and says the same of it as our own decoder.
import { describe, expect, test } from 'vitest';
import { startOscarServer } from '../../src/networks/oscar/server.ts';
import { decoyCaptures } from '../../src/networks/oscar/testing/decoy-run.ts';
import { fileOffer, openStranger } from '../../src/networks/oscar/testing/stranger.ts';
import { VECTOR_IDS, vector } from '../../src/networks/oscar/testing/vectors.ts';
import { capabilityBytes } from '../../src/networks/oscar/wire/capability.ts';
import { encodeFlapFrame, FLAP_DATA, takeFlapFrame } from '../../src/networks/oscar/wire/flap.ts';
import { encodeData, encodeIcbmToClient, encodeInstantMessage } from '../../src/networks/oscar/wire/icbm.ts';
import { encodeRendezvous } from '../../src/networks/oscar/wire/rendezvous.ts';
import { decodeSnac, encodeSnac } from '../../src/networks/oscar/wire/snac.ts';
import { SNAC_ICBM_TO_CLIENT, SNAC_ICBM_TO_HOST } from '../../src/networks/oscar/wire/snac-types.ts';
import { encodeUserInfo } from '../../src/networks/oscar/wire/user-info.ts';
import { pcapOf, type Segment, tshark } from '../support/pcap.ts';
import { needs } from './peers.ts';

const PORT = 5190;
/** Attached by hand: Wireshark 4.0 does not take port 5190 for AIM by itself. */
const AS_AIM = ['-d', `tcp.port==${PORT},aim`];
/** The dissector reads the level of a warning as a name. */
const DISSECTOR_WRONG = ['V21', 'V21b'];

const dissect = (segments: readonly Segment[], ...options: readonly string[]): string =>
  tshark(pcapOf(PORT, segments), ...AS_AIM, ...options);

/** Family and subtype of each data frame, as Wireshark has them. */
const typesOf = (segments: readonly Segment[]): readonly number[] =>
  dissect(segments, '-Y', 'aim.fnac.family', '-T', 'fields', '-e', 'aim.fnac.family', '-e', 'aim.fnac.subtype')
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [family = '', subtype = ''] = line.split('\t');
      return ((Number(family) << 16) | Number(subtype)) >>> 0;
    });

/** Asking for stored messages and the end of them: SNACs that the dissector has no name for, and leaves out. */
const UNNAMED = [0x0004_0010, 0x0004_0017];

const ownTypesOf = (segments: readonly Segment[]): readonly number[] =>
  segments.flatMap(({ bytes }) => {
    const frame = takeFlapFrame(bytes)?.frame;
    const type = frame?.channel === FLAP_DATA ? decodeSnac(frame.payload).type : undefined;
    return type === undefined || UNNAMED.includes(type) ? [] : [type];
  });

describe.skipIf(needs('tshark'))('OSCAR frames in Wireshark', () => {
  test('every vector is what it should be, but for the two that the dissector gets wrong', () => {
    const good = VECTOR_IDS.filter((id) => !DISSECTOR_WRONG.includes(id));
    const segments = good.map((id): Segment => ({ from: 'server', bytes: vector(id) }));
    expect(dissect(segments, '-Y', '_ws.malformed')).toBe('');
    expect(typesOf(segments)).toEqual(ownTypesOf(segments));
  });

  test('the whole sign-on of an AIM name and of an ICQ number', async () => {
    const accounts = [
      { name: 'dora', password: 'sekrit99' },
      { name: '100200', password: 'password' },
    ];
    const server = await startOscarServer({ port: 0, accounts });
    for (const { name, password } of accounts) {
      for (const login of ['md5', 'roasted'] as const) {
        const settings = { address: name, password, login, host: '127.0.0.1', port: server.port, tls: 'none' } as const;
        const { sent } = await decoyCaptures(settings, async () => undefined);
        const segments = sent.map(({ bytes }): Segment => ({ from: 'client', bytes }));
        expect(segments.length).toBeGreaterThan(10);
        expect(dissect(segments, '-Y', '_ws.malformed')).toBe('');
        expect(typesOf(segments)).toEqual(ownTypesOf(segments));
        expect(dissect(segments, '-V')).not.toMatch(/malformed/i);
      }
    }
    await server.stop();
  });

  test("what the range's server sends: start-up, messages, offers, lists", async () => {
    const accounts = [
      { name: 'ann', password: 'annpass' },
      { name: 'eve', password: 'evepass' },
    ];
    const server = await startOscarServer({ port: 0, accounts });
    const ann = await openStranger(server.port, 'ann', 'annpass');
    const eve = await openStranger(server.port, 'eve', 'evepass');
    for (const type of [0x0001_0017, 0x0001_0006, 0x0001_000e, 0x0002_0002, 0x0003_0002, 0x0004_0004, 0x0009_0002]) {
      await ann.send(type, new Uint8Array(0));
    }
    for (const type of [0x0013_0002, 0x0013_0004, 0x0004_0010]) await ann.send(type, new Uint8Array(0));
    await eve.say('ann', 'hi');
    await eve.offer('ann', 'send-file', fileOffer('a.exe', 1));
    await eve.icq('ann', 1, 4, Buffer.from('a'));
    const segments = ann.received().map((snac, at): Segment => {
      const payload = encodeSnac(snac.type, snac.requestId, snac.body);
      return { from: 'server', bytes: encodeFlapFrame({ channel: FLAP_DATA, sequence: at, payload }) };
    });
    expect(segments.length).toBeGreaterThan(12);
    expect(dissect(segments, '-Y', '_ws.malformed')).toBe('');
    expect(typesOf(segments)).toEqual(ownTypesOf(segments));
    ann.close();
    eve.close();
    await server.stop();
  });

  test('the text of an alert and the parts of an offer', () => {
    const cookie = Buffer.from('1234567\0', 'latin1');
    const alert = encodeSnac(SNAC_ICBM_TO_HOST, 7, encodeInstantMessage(cookie, 'analyst', 'ALERT 7'));
    const block = encodeRendezvous(0, cookie, capabilityBytes('send-file'), fileOffer('me.jpg.pif', 24_576));
    const info = encodeUserInfo('wormy99', 0, []);
    const offer = encodeIcbmToClient({ cookie, channel: 2 }, info, [encodeData(block)]);
    const segments: readonly Segment[] = [
      { from: 'client', bytes: encodeFlapFrame({ channel: FLAP_DATA, sequence: 1, payload: alert }) },
      {
        from: 'server',
        bytes: encodeFlapFrame({ channel: FLAP_DATA, sequence: 1, payload: encodeSnac(SNAC_ICBM_TO_CLIENT, 0, offer) }),
      },
    ];
    const text = dissect(segments, '-V');
    expect(text).toContain('ALERT 7');
    expect(text).toContain('analyst');
    expect(text).toMatch(/Send ?File|File Transfer/i);
    expect(text).not.toMatch(/malformed/i);
    expect(dissect(segments, '-T', 'fields', '-e', 'aim_messaging.channelid')).toMatch(/0x0001\s+0x0002/);
  });
});
