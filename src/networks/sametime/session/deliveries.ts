// Sending: one channel a message, opened to the receiver, closed behind the text. Only a notifier's session is asked to.
import { SundewError } from '../../../core/error.ts';
import { type ChannelAccept, CIPHER_RC2_40, CIPHER_RC2_128, MODE_WHATEVER } from '../wire/channel.ts';
import { Rc2Cipher } from '../wire/cipher.ts';
import { sharedKey } from '../wire/diffie-hellman.ts';
import { encodeIm, encodeImOffer, FEATURE_PLAIN, SEND_IM } from '../wire/im.ts';
import { encodeSametime } from '../wire/message.ts';
import { IM } from '../wire/services.ts';
import { loginKey } from './channel-cipher.ts';
import { deliveryEnd, REASON_OK } from './reasons.ts';
import {
  ACCEPT_MS,
  type Delivery,
  LINGER_MS,
  type SametimeEffect,
  type SametimeEffects,
  type SametimeSessionConfig,
} from './types.ts';

/** 1 to 3 are the channels to the server's services. */
const FIRST_CHANNEL = 16;
const LAST_CHANNEL = 0x7fffffff;
const MAX_OPEN = 64;
/** Of one text; receivers show longer ones cut. */
const MAX_BODY_BYTES = 60_000;

export class Deliveries {
  readonly #config: SametimeSessionConfig;
  readonly #open = new Map<number, { readonly delivery: Delivery; said: boolean }>();
  #next = FIRST_CHANNEL;

  constructor(config: SametimeSessionConfig) {
    this.#config = config;
  }

  start(delivery: Delivery): SametimeEffects {
    if (Buffer.byteLength(delivery.body) > MAX_BODY_BYTES) {
      return [failed(delivery, new SundewError('INPUT_INVALID', `an IM has at most ${MAX_BODY_BYTES} bytes`))];
    }
    if (this.#open.size >= MAX_OPEN) {
      return [failed(delivery, new SundewError('CHANNEL_RETRY', `${MAX_OPEN} Sametime messages wait to be accepted`))];
    }
    const id = this.#next;
    this.#next = id >= LAST_CHANNEL ? FIRST_CHANNEL : id + 1;
    this.#open.set(id, { delivery, said: false });
    const ciphers = [
      { cipher: CIPHER_RC2_40, info: new Uint8Array() },
      { cipher: CIPHER_RC2_128, info: this.#config.keys.publicKey },
    ];
    const target = { user: delivery.to, community: '' };
    const data = encodeImOffer(FEATURE_PLAIN);
    const frame = encodeSametime({ kind: 'create', id, target, ...IM, data, mode: MODE_WHATEVER, ciphers });
    return [
      { type: 'send', frame, intent: delivery.intent, token: `delivery ${id}` },
      { type: 'set-timer', timer: `delivery ${id}`, ms: ACCEPT_MS },
    ];
  }

  /** @param loginId our own, the source of our RC2-40 key */
  accepted(accept: ChannelAccept, loginId: string): SametimeEffects {
    const open = this.#open.get(accept.channel);
    if (open === undefined || open.said) return [];
    open.said = true;
    const { delivery } = open;
    const cipher = this.#cipherOf(accept, loginId);
    const plain = encodeIm({ kind: 'text', text: Buffer.from(delivery.body, 'utf8') });
    const data = cipher === undefined ? plain : cipher.encrypt(plain);
    const encrypted = cipher !== undefined;
    const frame = encodeSametime({ kind: 'send', channel: accept.channel, sendType: SEND_IM, data, encrypted });
    return [
      { type: 'send', frame, intent: delivery.intent, token: `delivery ${accept.channel}` },
      { type: 'set-timer', timer: `delivery ${accept.channel}`, ms: LINGER_MS },
    ];
  }

  /** Either the receiver never accepted, or the text had its time to arrive. */
  timer(id: number): SametimeEffects {
    const open = this.#open.get(id);
    this.#open.delete(id);
    if (open === undefined) return [];
    const { delivery, said } = open;
    const frame = encodeSametime({ kind: 'destroy', channel: id, reason: REASON_OK, info: new Uint8Array() });
    const late = new SundewError('CHANNEL_RETRY', `${delivery.to} did not accept the message in time`);
    return [{ type: 'send', frame, intent: delivery.intent }, said ? done(delivery) : failed(delivery, late)];
  }

  /** Destroyed by the far side: with reason 0 behind the text it was read. */
  destroyed(id: number, reason: number): SametimeEffects {
    const open = this.#open.get(id);
    this.#open.delete(id);
    if (open === undefined) return [];
    const { delivery, said } = open;
    return [said && reason === REASON_OK ? done(delivery) : failed(delivery, deliveryEnd(reason, delivery.to))];
  }

  denied(id: number, reason: string): SametimeEffects {
    const open = this.#open.get(id);
    this.#open.delete(id);
    if (open === undefined) return [];
    const { delivery } = open;
    return [failed(delivery, new SundewError('GATE_DENIED', `a message to ${delivery.to} was not allowed: ${reason}`))];
  }

  /** The session is over. */
  lost(): SametimeEffects {
    const all = [...this.#open.values()];
    this.#open.clear();
    const error = new SundewError('CHANNEL_RETRY', 'the Sametime session ended before the message was taken');
    return all.map(({ delivery }) => failed(delivery, error));
  }

  #cipherOf(accept: ChannelAccept, loginId: string): Rc2Cipher | undefined {
    if (accept.cipher === undefined) return undefined;
    const strong = accept.cipher.cipher === CIPHER_RC2_128;
    const key = strong ? sharedKey(this.#config.keys.secret, accept.cipher.info) : loginKey(loginId);
    return key === undefined ? undefined : new Rc2Cipher(key);
  }
}

const done = ({ key }: Delivery): SametimeEffect => ({ type: 'delivered', key });
const failed = ({ key }: Delivery, error: SundewError): SametimeEffect => ({ type: 'delivered', key, error });
