// Choosing among the ciphers of an offer, and what is known of the strength of the choice.
import {
  type ChannelCreate,
  CIPHER_RC2_40,
  CIPHER_RC2_128,
  MODE_NONE,
  MODE_RC2_40,
  MODE_RC2_128,
} from '../wire/channel.ts';
import { Rc2Cipher } from '../wire/cipher.ts';
import { type KeyPair, sharedKey } from '../wire/diffie-hellman.ts';
import type { CipherItem } from '../wire/structures.ts';
import { LIBMEANWHILE } from './client-types.ts';
import type { Meta } from './drafts.ts';

const RC2_40_KEY_BYTES = 5;

export interface ChosenCipher {
  readonly mode: number;
  /** What the ACCEPT carries. */
  readonly item?: CipherItem;
  /** For what the creator sends. */
  readonly incoming?: Rc2Cipher;
  /** For the capture: the cipher, and why it hides nothing, where that is so. */
  readonly meta: Meta;
}

/** RC2-128 when its key is sound, as real clients do; else RC2-40; else none. */
export function chooseCipher(create: ChannelCreate, keys: KeyPair): ChosenCipher {
  const strong = create.ciphers.findLast(({ cipher }) => cipher === CIPHER_RC2_128);
  const key = strong === undefined ? undefined : sharedKey(keys.secret, strong.info);
  const degenerate =
    strong !== undefined && key === undefined ? { vulnerability: 'degenerate Diffie-Hellman key in an offer' } : {};
  if (strong !== undefined && key !== undefined && create.mode !== MODE_RC2_40) {
    const item = { cipher: CIPHER_RC2_128, info: keys.publicKey };
    const meta = { cipher: 'rc2-128', peerKey: Buffer.from(strong.info).toString('hex'), ...seedNote(create) };
    return { mode: MODE_RC2_128, item, incoming: new Rc2Cipher(key), meta };
  }
  const weakKey = loginKey(create.creator?.loginId ?? '');
  const offered = create.ciphers.some(({ cipher }) => cipher === CIPHER_RC2_40) && create.mode !== MODE_RC2_128;
  if (!offered || weakKey === undefined) return { mode: MODE_NONE, meta: { cipher: 'none', ...degenerate } };
  const meta = {
    cipher: 'rc2-40',
    weakKey: 'the RC2-40 key is the first five bytes of the login id, which is on the wire',
    ...degenerate,
  };
  const item = { cipher: CIPHER_RC2_40, info: new Uint8Array() };
  return { mode: MODE_RC2_40, item, incoming: new Rc2Cipher(weakKey), meta };
}

/** The RC2-40 key of what a login sends. @returns undefined for login ids that are too short to be keys */
export function loginKey(loginId: string): Uint8Array | undefined {
  const bytes = Buffer.from(loginId, 'utf8');
  return bytes.length < RC2_40_KEY_BYTES ? undefined : bytes.subarray(0, RC2_40_KEY_BYTES);
}

function seedNote(create: ChannelCreate): Meta {
  if (create.creator?.loginType !== LIBMEANWHILE) return {};
  return { weakKey: 'libmeanwhile seeds its Diffie-Hellman secret with the clock, so that it can be found again' };
}
