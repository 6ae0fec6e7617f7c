// The authentication data of LOGIN. Only the Diffie-Hellman form hides the password from who listens.
import { ByteReader } from '../../../core/bytes.ts';
import { Rc2Cipher } from './cipher.ts';
import { sharedKey } from './diffie-hellman.ts';
import { decodeText, FieldWriter, readOpaque, readString } from './fields.ts';

export const AUTH_PLAIN = 0x0000;
export const AUTH_RC2_40 = 0x0002;
export const AUTH_RC2_128 = 0x0004;

/** RC2-40: the key of 5 bytes goes along, so this hides nothing. */
export function encodeRc2Login(key: Uint8Array, password: string): Uint8Array {
  return new FieldWriter()
    .opaque(key)
    .opaque(new Rc2Cipher(key).encrypt(Buffer.from(password)))
    .done();
}

/** RC2-128: `key` is shared with the server, `magic` is the server's guard against replay. */
export function encodeDhLogin(of: {
  readonly publicKey: Uint8Array;
  readonly key: Uint8Array;
  readonly magic: number;
  readonly password: string;
}): Uint8Array {
  const plain = new FieldWriter().u32(of.magic).string(of.password).done();
  return new FieldWriter().u16(1).opaque(of.publicKey).opaque(new Rc2Cipher(of.key).encrypt(plain)).done();
}

/**
 * The password in a login, as the server reads it. @returns undefined for a form it does not know, a wrong magic or a weak key
 * @throws SundewError WIRE_MALFORMED
 */
export function decodeLoginAuth(
  type: number,
  auth: Uint8Array,
  server: { readonly secret: bigint; readonly magic: number },
): string | undefined {
  if (type === AUTH_PLAIN) return decodeText(auth);
  const reader = new ByteReader(auth);
  if (type === AUTH_RC2_40) {
    const key = readOpaque(reader);
    if (key.length < 1 || key.length > 16) return undefined;
    return decodeText(new Rc2Cipher(key).decrypt(readOpaque(reader)));
  }
  if (type !== AUTH_RC2_128) return undefined;
  reader.u16();
  const key = sharedKey(server.secret, readOpaque(reader));
  if (key === undefined) return undefined;
  const plain = new ByteReader(new Rc2Cipher(key).decrypt(readOpaque(reader)));
  return plain.u32() === server.magic ? readString(plain) : undefined;
}
