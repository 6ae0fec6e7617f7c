// The gate reads OSCAR frames anew: nothing reaches a peer under another name.
import { describe, expect, it } from 'vitest';
import { vector } from '../../networks/oscar/testing/vectors.ts';
import { encodeFlapFrame, FLAP_DATA } from '../../networks/oscar/wire/flap.ts';
import { encodeSnac } from '../../networks/oscar/wire/snac.ts';
import { encodeTlv } from '../../networks/oscar/wire/tlv.ts';
import { oscarFacts } from './oscar-facts.ts';

const snac = (type: number, body: Uint8Array): Uint8Array =>
  encodeFlapFrame({ channel: FLAP_DATA, sequence: 1, payload: encodeSnac(type, 1, body) });

describe('facts of OSCAR frames', () => {
  it.each(['V1', 'V2', 'V4', 'V6', 'V7', 'V9', 'V11', 'V12', 'V26'] as const)('%s keeps a decoy signed on', (id) => {
    expect(oscarFacts(vector(id))).toMatchObject({ facts: { harmless: true, peers: [], words: [] } });
  });

  it('sees whom a message is for and what it says', () => {
    expect(oscarFacts(vector('V15'))).toEqual({
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
