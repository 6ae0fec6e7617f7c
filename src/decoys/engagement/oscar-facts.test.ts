// The gate reads OSCAR frames anew: nothing reaches a peer under another name.
import { describe, expect, it } from 'vitest';
import { concatBytes } from '../../core/bytes.ts';
import { vector } from '../../networks/oscar/testing/vectors.ts';
import { ARS_CREATE, ARS_JOIN, encodeArsFrame, encodeArsJoin } from '../../networks/oscar/wire/ars.ts';
import { type CapabilityName, capabilityBytes } from '../../networks/oscar/wire/capability.ts';
import { string8, string16 } from '../../networks/oscar/wire/fields.ts';
import { encodeFlapFrame, FLAP_DATA } from '../../networks/oscar/wire/flap.ts';
import { encodeData, encodeIcbmToHost } from '../../networks/oscar/wire/icbm.ts';
import { encodeOldIcqMessage } from '../../networks/oscar/wire/icq-message.ts';
import { encodeOftHeader, OFT_ACKNOWLEDGE, OFT_DONE, OFT_PROMPT, oftPrompt } from '../../networks/oscar/wire/oft.ts';
import { encodeRendezvous } from '../../networks/oscar/wire/rendezvous.ts';
import { encodeSnac } from '../../networks/oscar/wire/snac.ts';
import { SNAC_ICBM_TO_HOST } from '../../networks/oscar/wire/snac-types.ts';
import { encodeTlv, type Tlv } from '../../networks/oscar/wire/tlv.ts';
import { oscarFacts } from './oscar-facts.ts';

const snac = (type: number, body: Uint8Array): Uint8Array =>
  encodeFlapFrame({ channel: FLAP_DATA, sequence: 1, payload: encodeSnac(type, 1, body) });

describe('facts of OSCAR frames', () => {
  it.each(['V1', 'V2', 'V4', 'V6', 'V7', 'V9', 'V11', 'V12', 'V26'] as const)('%s keeps a decoy signed on', (id) => {
    expect(oscarFacts(vector(id))).toMatchObject({ facts: { harmless: true, peers: [], words: [] } });
  });

  it('sees whom a message is for and what it says', () => {
    expect(oscarFacts(vector('V15'))).toMatchObject({
      facts: { peers: ['analyst'], channels: [], words: ['ALERT 7'], harmless: false },
    });
  });

  it('knows no way to decline, warn, type, ask about someone, or offer', () => {
    expect(oscarFacts(vector('V27'))).toMatchObject({ problem: expect.any(String) as string });
    expect(oscarFacts(vector('V31'))).toMatchObject({ problem: expect.any(String) as string });
    expect(oscarFacts(vector('V20'))).toMatchObject({ problem: expect.any(String) as string });
    expect(oscarFacts(snac(0x0002_0005, Uint8Array.of(0, 1, 1, 97)))).toMatchObject({
      problem: expect.stringMatching(/not known/) as string,
    });
  });

  const cookie = Buffer.from('1234567\0');
  const rendezvous = (status: number, capability: CapabilityName, ...tlvs: readonly Tlv[]): Uint8Array => {
    const block = encodeRendezvous(status, cookie, capabilityBytes(capability), tlvs);
    return snac(SNAC_ICBM_TO_HOST, encodeIcbmToHost({ cookie, channel: 2 }, 'Wormy 99', [encodeData(block)]));
  };
  const icq = (type: number, text = ''): Uint8Array => {
    const data = encodeData(encodeOldIcqMessage(100200, type, Buffer.from(text)));
    return snac(SNAC_ICBM_TO_HOST, encodeIcbmToHost({ cookie, channel: 4 }, '3001234', [data]));
  };
  const answer = (granted: number, reason: string): Uint8Array =>
    snac(0x0013_001a, concatBytes([string8('Wormy 99'), Uint8Array.of(granted), string16(reason)]));
  const accepts = { peers: ['wormy99'], words: [] };

  it('knows the accept of a file, and of nothing else', () => {
    expect(oscarFacts(rendezvous(2, 'send-file'))).toMatchObject({ facts: { ...accepts, acts: ['accept-file'] } });
    for (const other of ['direct-im', 'get-file', 'chat-invite', 'icq-relay', 'voice-chat'] as const)
      expect(oscarFacts(rendezvous(2, other))).toEqual({ problem: 'accepts what is no file' });
    for (const status of [0, 1, 3]) expect(oscarFacts(rendezvous(status, 'send-file'))).toHaveProperty('problem');
    const port = { type: 5, value: Uint8Array.of(20, 0) };
    expect(oscarFacts(rendezvous(2, 'send-file', port))).toHaveProperty('problem');
  });

  it('knows leave to be on a list, without words, in both forms', () => {
    expect(oscarFacts(answer(1, ''))).toMatchObject({ facts: { ...accepts, acts: ['accept-contact'] } });
    expect(oscarFacts(answer(1, 'hi'))).toMatchObject({ facts: { words: ['hi'] } });
    expect(oscarFacts(answer(0, ''))).toEqual({ problem: 'refuses somebody' });
    expect(oscarFacts(icq(8))).toMatchObject({ facts: { peers: ['3001234'], acts: ['accept-contact'] } });
    for (const frame of [icq(8, 'hi'), icq(1, 'hi'), icq(6), icq(12)])
      expect(oscarFacts(frame)).toHaveProperty('problem');
  });

  it('knows what the receiver of a file says, and nothing that a sender does', () => {
    const header = oftPrompt('a.exe', new Uint8Array(0));
    for (const type of [OFT_ACKNOWLEDGE, OFT_DONE]) {
      const frame = encodeOftHeader({ ...header, type });
      expect(oscarFacts(frame)).toMatchObject({ facts: { peers: [], words: [], harmless: false, acts: ['transfer'] } });
      expect(oscarFacts(concatBytes([frame, frame]))).toHaveProperty('problem');
      for (let length = 0; length < frame.length; length += 1)
        expect(oscarFacts(frame.subarray(0, length))).toHaveProperty('problem');
    }
    for (const type of [OFT_PROMPT, 0x0205, 0x0106, 0x1108])
      expect(oscarFacts(encodeOftHeader({ ...header, type }))).toHaveProperty('problem');
  });

  it('knows how a receiver meets a sender at the proxy, for a file alone', () => {
    const join = (capability: CapabilityName): Uint8Array => {
      const place = { name: Buffer.from('dora'), pin: 7, cookie, capability: capabilityBytes(capability) };
      return encodeArsFrame({ type: ARS_JOIN, payload: encodeArsJoin(place) });
    };
    expect(oscarFacts(join('send-file'))).toMatchObject({ facts: { acts: ['transfer'] } });
    expect(oscarFacts(join('direct-im'))).toHaveProperty('problem');
    expect(oscarFacts(encodeArsFrame({ type: ARS_CREATE, payload: new Uint8Array(0) }))).toHaveProperty('problem');
    expect(oscarFacts(join('send-file').subarray(0, 20))).toHaveProperty('problem');
  });

  it('refuses away texts, which servers send to whoever writes', () => {
    expect(oscarFacts(snac(0x0002_0004, encodeTlv(4, Buffer.from('gone'))))).toEqual({ problem: 'sets an away text' });
  });

  it('refuses what is not one whole frame', () => {
    const two = Buffer.concat([vector('V26'), vector('V15')]);
    expect(oscarFacts(two)).toEqual({ problem: 'an OSCAR frame must be one whole FLAP' });
    for (let length = 0; length < vector('V15').length; length += 1) {
      expect(oscarFacts(vector('V15').subarray(0, length))).toHaveProperty('problem');
    }
    expect(oscarFacts(Uint8Array.of(1))).toHaveProperty('problem');
  });
});
