// The server's side of SASL for the range: SCRAM-SHA-1 and PLAIN, on loopback only.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { scramKeys } from '../wire/scram.ts';

const ITERATIONS = 4096;

export type SaslStep =
  | { readonly kind: 'challenge'; readonly payload: string }
  | { readonly kind: 'success'; readonly payload: string; readonly local: string }
  | { readonly kind: 'failure'; readonly condition: string };

const REFUSED: SaslStep = { kind: 'failure', condition: 'not-authorized' };

/** One authentication. Passwords come from `passwordOf`, `undefined` for names that do not exist. */
export class SaslExchange {
  readonly #passwordOf: (local: string) => string | undefined;
  readonly #salt = randomBytes(16);
  #local = '';
  #nonce = '';
  #auth = '';
  #gs2 = '';

  constructor(passwordOf: (local: string) => string | undefined) {
    this.#passwordOf = passwordOf;
  }

  start(mechanism: string, payload: string): SaslStep {
    if (mechanism === 'PLAIN') return this.#plain(payload);
    if (mechanism === 'SCRAM-SHA-1') return this.#first(payload);
    return { kind: 'failure', condition: 'invalid-mechanism' };
  }

  #plain(payload: string): SaslStep {
    const [, local = '', password = ''] = payload.split('\u0000');
    const known = this.#passwordOf(local);
    return known !== undefined && known === password ? { kind: 'success', payload: '', local } : REFUSED;
  }

  #first(payload: string): SaslStep {
    const match = /^([ny],[^,]*,)(n=([^,]*),r=([!-+\--~]{1,256}))$/.exec(payload);
    if (match === null) return { kind: 'failure', condition: 'malformed-request' };
    const [, gs2 = '', bare = '', name = '', nonce = ''] = match;
    this.#gs2 = gs2;
    this.#local = name.replaceAll('=2C', ',').replaceAll('=3D', '=');
    this.#nonce = nonce + randomBytes(12).toString('hex');
    const challenge = `r=${this.#nonce},s=${this.#salt.toString('base64')},i=${ITERATIONS}`;
    this.#auth = `${bare},${challenge}`;
    return { kind: 'challenge', payload: challenge };
  }

  /** The client's final message. */
  respond(payload: string): SaslStep {
    const at = payload.lastIndexOf(',p=');
    const password = this.#passwordOf(this.#local);
    if (at === -1 || password === undefined || this.#auth === '') return REFUSED;
    const withoutProof = payload.slice(0, at);
    const expected = `c=${Buffer.from(this.#gs2).toString('base64')},r=${this.#nonce}`;
    const keys = scramKeys('sha1', password, this.#salt, ITERATIONS);
    const message = `${this.#auth},${withoutProof}`;
    const signature = createHmac('sha1', keys.stored).update(message).digest();
    const proof = Buffer.from(keys.client.map((byte, index) => byte ^ (signature[index] ?? 0)));
    const given = Buffer.from(payload.slice(at + 3), 'base64');
    const right = withoutProof === expected && given.length === proof.length && timingSafeEqual(given, proof);
    if (!right) return REFUSED;
    const server = createHmac('sha1', keys.server).update(message).digest('base64');
    return { kind: 'success', payload: `v=${server}`, local: this.#local };
  }
}
