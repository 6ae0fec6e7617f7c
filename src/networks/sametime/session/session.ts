// The Sametime client as a sans-I/O machine: handshake, login, own services, and what others open to it.
//   new → handshaking → logging-in → online → closed;  a redirect leads to another host or to LOGIN_CONTINUE
import type { CaptureDraft } from '../../../core/capture.ts';
import { type ErrorCode, isSundewError, SundewError, unreachable } from '../../../core/error.ts';
import type { Act } from '../../../core/link.ts';
import { KEEP_ALIVE } from '../wire/frame.ts';
import { decodeSametime, encodeSametime, type SametimeMessage } from '../wire/message.ts';
import type { LoginInfo } from '../wire/structures.ts';
import { Deliveries } from './deliveries.ts';
import { metaOf, peerOf } from './drafts.ts';
import { IncomingChannels } from './incoming.ts';
import { reasonText, sessionEnd } from './reasons.ts';
import { handshakeOf, loginOf, servicesOf, setUpOf } from './sign-on.ts';
import {
  KEEP_ALIVE_MS,
  type SametimeEffect,
  type SametimeEffects,
  type SametimeInput,
  type SametimeSessionConfig,
  SIGN_ON_MS,
} from './types.ts';

/** Frames that cannot be read are skipped; after so many the server is given up. */
const MAX_STRIKES = 3;

export class SametimeSession {
  readonly #config: SametimeSessionConfig;
  readonly #incoming: IncomingChannels;
  readonly #deliveries: Deliveries;
  #phase: 'new' | 'handshaking' | 'logging-in' | 'online' | 'closed' = 'new';
  /** The server was told that we stay: no second login on this connection. */
  #continued = false;
  #strikes = 0;
  #loginId = '';
  /** Own services that were set up: once each. */
  readonly #ready = new Set<number>();

  constructor(config: SametimeSessionConfig) {
    this.#config = config;
    this.#incoming = new IncomingChannels(config);
    this.#deliveries = new Deliveries(config);
  }

  step(input: SametimeInput, now: Date): SametimeEffects {
    if (this.#phase === 'closed') return [];
    switch (input.type) {
      case 'connected':
        this.#phase = 'handshaking';
        return [send(handshakeOf(this.#config), 'sign-on'), { type: 'set-timer', timer: 'sign-on', ms: SIGN_ON_MS }];
      case 'frame':
        return this.#frame(input.frame, now);
      case 'timer':
        return this.#timer(input.timer);
      case 'stored':
        return this.#incoming.stored(input.token, input.capture, now);
      case 'denied':
        return this.#denied(input.token, input.reason);
      case 'deliver':
        return this.#deliveries.start(input.delivery);
      case 'sign-off':
        return this.#signOff();
      case 'closed':
        return this.#end('WIRE_CLOSED', 'the server closed the connection');
      default:
        return unreachable(input);
    }
  }

  #timer(timer: Extract<SametimeInput, { type: 'timer' }>['timer']): SametimeEffects {
    if (timer === 'keep-alive') {
      const beat: SametimeEffect = { type: 'send', frame: KEEP_ALIVE, intent: { act: 'keep-alive' } };
      return [beat, { type: 'set-timer', timer, ms: KEEP_ALIVE_MS }];
    }
    if (timer !== 'sign-on') return this.#deliveries.timer(Number(timer.split(' ')[1]));
    if (this.#phase === 'online') return [];
    return this.#end('LINK_TIMEOUT', `the server did not finish the sign-on within ${SIGN_ON_MS / 1000} seconds`);
  }

  #denied(token: string, reason: string): SametimeEffects {
    const [what, number] = token.split(' ');
    if (what === 'delivery') return this.#deliveries.denied(Number(number), reason);
    this.#incoming.denied(token);
    return [];
  }

  #signOff(): SametimeEffects {
    const lost = this.#deliveries.lost();
    const online = this.#phase === 'online';
    this.#phase = 'closed';
    const bye: SametimeMessage = { kind: 'destroy', channel: 0, reason: 0, info: new Uint8Array() };
    return [...lost, ...(online ? [send(bye, 'sign-off')] : []), { type: 'close' }];
  }

  #frame(raw: Uint8Array, now: Date): SametimeEffects {
    try {
      return this.#message(decodeSametime(raw), raw, now);
    } catch (error) {
      if (!isSundewError(error, 'WIRE_MALFORMED') && !isSundewError(error, 'WIRE_TOO_LARGE')) throw error;
      return this.#strike(error, raw);
    }
  }

  #strike(error: SundewError, raw: Uint8Array): SametimeEffects {
    this.#strikes += 1;
    const vulnerability = error.code === 'WIRE_TOO_LARGE' ? { vulnerability: 'a count that clients allocate for' } : {};
    const meta = { reason: error.message, ...vulnerability };
    const effect = this.#ofServer({ kind: 'malformed', meta }, raw);
    if (this.#strikes < MAX_STRIKES) return [effect];
    return [effect, ...this.#end('WIRE_MALFORMED', `${MAX_STRIKES} frames could not be read`)];
  }

  #message(message: SametimeMessage, raw: Uint8Array, now: Date): SametimeEffects {
    if (message.kind === 'destroy' && message.channel === 0) return this.#refused(message.reason, raw);
    if (this.#phase !== 'online') return this.#signingOn(message, raw);
    switch (message.kind) {
      case 'create':
        return this.#incoming.create(message, raw, now);
      case 'send':
        return this.#incoming.send(message, raw);
      case 'accept':
        return this.#accepted(message);
      case 'destroy':
        return [
          ...this.#incoming.destroy(message.channel),
          ...this.#deliveries.destroyed(message.channel, message.reason),
        ];
      case 'announce':
        return [this.#announced(message, raw)];
      case 'admin':
        return [this.#ofServer({ kind: 'service-notice', text: message.text, meta: { admin: true } }, raw)];
      default:
        return []; // echoes, unknown types, and a second handshake, which must never bring a second login
    }
  }

  #accepted(accept: Extract<SametimeMessage, { kind: 'accept' }>): SametimeEffects {
    const setUp = this.#ready.has(accept.channel) ? [] : setUpOf(accept);
    if (setUp.length > 0) this.#ready.add(accept.channel);
    return [...setUp, ...this.#deliveries.accepted(accept, this.#loginId)];
  }

  #signingOn(message: SametimeMessage, raw: Uint8Array): SametimeEffects {
    switch (message.kind) {
      case 'handshake-ack': {
        if (this.#phase !== 'handshaking' || this.#continued) return [];
        this.#phase = 'logging-in';
        const login = loginOf(this.#config, message);
        if (login !== undefined) return [send(login, 'sign-on')];
        return this.#end(
          'DECOY_UNSUPPORTED',
          'the server sends no key, so the password could be read on the way; "weakLogin" would allow it',
        );
      }
      case 'redirect':
        return this.#redirected(message.host, raw);
      case 'login-ack':
        return this.#phase === 'logging-in' ? this.#online(message.login) : [];
      case 'admin':
        return [this.#ofServer({ kind: 'service-notice', text: message.text, meta: { admin: true } }, raw)];
      default:
        return [];
    }
  }

  /** Only to hosts that the operator named: whoever controls a server must not send decoys wherever he likes. */
  #redirected(host: string, raw: Uint8Array): SametimeEffects {
    if (this.#phase !== 'logging-in' || this.#continued) return [];
    const meta = { redirect: host.slice(0, 255) };
    const note = this.#ofServer({ kind: 'service-notice', meta }, raw);
    if (this.#config.redirectHosts.includes(host.toLowerCase())) {
      this.#phase = 'closed';
      return [note, { type: 'redirect', host }];
    }
    this.#continued = true;
    return [note, send({ kind: 'login-continue' }, 'sign-on')];
  }

  #online(login: LoginInfo): SametimeEffects {
    this.#phase = 'online';
    this.#loginId = login.loginId;
    return [{ type: 'online' }, ...servicesOf(), { type: 'set-timer', timer: 'keep-alive', ms: KEEP_ALIVE_MS }];
  }

  #announced(message: Extract<SametimeMessage, { kind: 'announce' }>, raw: Uint8Array): SametimeEffect {
    const meta = { ...metaOf(message.sender), announcement: true, mayReply: message.mayReply };
    if (message.sender === undefined) return this.#ofServer({ kind: 'service-notice', text: message.text, meta }, raw);
    const peer = peerOf(message.sender, this.#config.server);
    return { type: 'emit', draft: { kind: 'message', peer, text: message.text, meta: { ...meta, bot: true } }, raw };
  }

  #refused(reason: number, raw: Uint8Array): SametimeEffects {
    const error = sessionEnd(reason, this.#config.userId);
    const online = this.#phase === 'online';
    const note = this.#ofServer({ kind: 'service-notice', meta: { reason: reasonText(reason) } }, raw);
    this.#phase = 'closed';
    return [...(online ? [note] : []), ...this.#deliveries.lost(), { type: 'close', error }];
  }

  #end(code: ErrorCode, sentence: string): SametimeEffects {
    this.#phase = 'closed';
    const error = new SundewError(code, `Sametime account ${this.#config.userId}: ${sentence}`);
    return [...this.#deliveries.lost(), { type: 'close', error }];
  }

  #ofServer(draft: Omit<CaptureDraft, 'peer'>, raw: Uint8Array): SametimeEffect {
    return { type: 'emit', draft: { ...draft, peer: { id: this.#config.server, verifiedBy: 'own-server' } }, raw };
  }
}

function send(message: SametimeMessage, act: Act): SametimeEffect {
  return { type: 'send', frame: encodeSametime(message), intent: { act } };
}
