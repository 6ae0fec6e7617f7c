// OSCAR frames: what a login server and a service server say until the decoy is online, and what a service server brings.
import { VECTOR_IDS, vector } from '../../src/networks/oscar/testing/vectors.ts';

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

/** Every frame that a server sends, requests of clients among them: a hostile server may send those too. */
export const OSCAR_CORPUS: readonly Uint8Array[] = VECTOR_IDS.filter((id) => id !== 'V25').map(vector);

/** A message whose frame is as long as its length field can say. */
export const OSCAR_LARGEST: Uint8Array = hex(
  '2a02 0001 ffff 0004 0007 0000 00000000 0102030405060700 0001 01 61 0000 0000',
);
