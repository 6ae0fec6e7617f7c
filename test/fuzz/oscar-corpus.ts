// OSCAR frames: what a login server and a service server say until the decoy is online, and what a service server brings.

import { VECTOR_IDS, vector } from '../../src/networks/oscar/testing/vectors.ts';
import { capabilityBytes } from '../../src/networks/oscar/wire/capability.ts';
import { u16 } from '../../src/networks/oscar/wire/fields.ts';
import { encodeFlapFrame, FLAP_DATA } from '../../src/networks/oscar/wire/flap.ts';
import { encodeData, encodeIcbmToClient } from '../../src/networks/oscar/wire/icbm.ts';
import { encodeOftHeader, oftPrompt } from '../../src/networks/oscar/wire/oft.ts';
import {
  encodeRendezvous,
  RENDEZVOUS_PROPOSE,
  TLV_CLIENT_IP,
  TLV_PORT,
  TLV_SERVICE_DATA,
  TLV_VERIFIED_IP,
} from '../../src/networks/oscar/wire/rendezvous.ts';
import { encodeFileOffer } from '../../src/networks/oscar/wire/service-data.ts';
import { encodeSnac } from '../../src/networks/oscar/wire/snac.ts';
import { SNAC_ICBM_TO_CLIENT } from '../../src/networks/oscar/wire/snac-types.ts';
import { encodeUserInfo } from '../../src/networks/oscar/wire/user-info.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

const HELLO = vector('V1');

/** The login connection: hello, challenge, host and cookie (`127.0.0.1`). */
export const OSCAR_LOGIN: readonly Uint8Array[] = [
  HELLO,
  vector('V3'),
  hex('2a02 0002 0021 0017 0003 0000 00000002 0005 0009 3132372e302e302e31 0006 0006 010203040506'),
];

/** The service connection: hello, families, their versions, rate classes, the buddy list. */
export const OSCAR_SIGN_ON: readonly Uint8Array[] = [
  HELLO,
  vector('V8'),
  hex('2a02 0011 0012 0001 0018 0000 00000001 0001 0004 0013 0004'),
  vector('V10'),
  vector('V22'),
];

/** Where the sender of the offers waits. */
export const OFT_PORT = 5190;

/** A file offer of a sender on this machine, so that a fuzzed decoy goes and fetches it. */
const OFFER = ((): Uint8Array => {
  const cookie = Buffer.from('1234567\0');
  const here = Uint8Array.of(127, 0, 0, 1);
  const block = encodeRendezvous(RENDEZVOUS_PROPOSE, cookie, capabilityBytes('send-file'), [
    { type: TLV_CLIENT_IP, value: here },
    { type: TLV_VERIFIED_IP, value: here },
    { type: TLV_PORT, value: u16(OFT_PORT) },
    { type: TLV_SERVICE_DATA, value: encodeFileOffer('a.exe', 4096) },
  ]);
  const body = encodeIcbmToClient({ cookie, channel: 2 }, encodeUserInfo('wormy99', 0, []), [encodeData(block)]);
  return encodeFlapFrame({ channel: FLAP_DATA, sequence: 1, payload: encodeSnac(SNAC_ICBM_TO_CLIENT, 0, body) });
})();

/** What senders of files say: prompts true and false, then content. */
export const OFT_CORPUS: readonly Uint8Array[] = [
  encodeOftHeader(oftPrompt('a.exe', Buffer.from('MZ'))),
  Buffer.from('MZ'),
  encodeOftHeader(oftPrompt('b.exe', new Uint8Array(4096), { files: 3, filesLeft: 3 })),
  Buffer.alloc(4096, 'MZ'),
  encodeOftHeader(oftPrompt('c'.repeat(300), Buffer.from('MZ'), { fileBytes: 0xffff_ffff })),
  encodeOftHeader(oftPrompt('d.jpg', Buffer.from('\xff\xd8\xff', 'latin1'))),
];

/** Every frame that a server sends, requests of clients among them: a hostile server may send those too. */
export const OSCAR_CORPUS: readonly Uint8Array[] = [...VECTOR_IDS.filter((id) => id !== 'V25').map(vector), OFFER];

/** A message whose frame is as long as its length field can say. */
export const OSCAR_LARGEST: Uint8Array = hex(
  '2a02 0001 ffff 0004 0007 0000 00000000 0102030405060700 0001 01 61 0000 0000',
);
