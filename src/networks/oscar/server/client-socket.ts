// One connection to the range's server: login or service, as its first frame says.
import type { Socket } from 'node:net';
import { isSundewError } from '../../../core/error.ts';
import { u16 } from '../wire/fields.ts';
import {
  encodeFlapFrame,
  FLAP_DATA,
  FLAP_SIGN_OFF,
  FLAP_SIGN_ON,
  type FlapFrame,
  takeFlapFrame,
} from '../wire/flap.ts';
import { HELLO, TLV_COOKIE, TLV_REASON, TLV_ROASTED } from '../wire/login.ts';
import { normaliseScreenName } from '../wire/screen-name.ts';
import { encodeFamilies } from '../wire/service.ts';
import { decodeSnac, encodeSnac, type Snac } from '../wire/snac.ts';
import {
  SNAC_CHALLENGE,
  SNAC_CHALLENGE_REQUEST,
  SNAC_HOST_ONLINE,
  SNAC_LOGIN,
  SNAC_LOGIN_REPLY,
} from '../wire/snac-types.ts';
import { decodeTlvs, encodeTlvs, findTlv } from '../wire/tlv.ts';
import { withdraw } from './lists.ts';
import { answerLogin, challenge, knows, makeKey, redeem } from './login.ts';
import { failMalformed, SERVED_FAMILIES, serve } from './service.ts';
import { type Account, nowSeconds, type Session, type World } from './world.ts';

/** A client that does not read loses its place. */
const MAX_BACKLOG_BYTES = 1 << 20;
const MAX_SESSIONS = 5;

export class ClientSocket {
  readonly #world: World;
  readonly #socket: Socket;
  #buffer = new Uint8Array(0);
  #sequence = 100;
  #key: Uint8Array | undefined;
  #session: Session | undefined;

  constructor(world: World, socket: Socket) {
    this.#world = world;
    this.#socket = socket;
    socket.on('data', (chunk) => this.#take(chunk));
    // A reset connection is a client gone; `close` follows and says so.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#leave());
    this.#write(FLAP_SIGN_ON, HELLO);
  }

  #take(chunk: Uint8Array): void {
    try {
      let rest: Uint8Array = Buffer.concat([this.#buffer, chunk]);
      for (let taken = takeFlapFrame(rest); taken !== undefined; taken = takeFlapFrame(rest)) {
        rest = taken.rest;
        this.#obey(taken.frame);
      }
      this.#buffer = Uint8Array.from(rest);
    } catch (error) {
      if (!isSundewError(error)) throw error;
      this.#socket.destroy();
    }
  }

  #obey(frame: FlapFrame): void {
    if (frame.channel === FLAP_SIGN_OFF) this.#socket.end();
    else if (frame.channel === FLAP_SIGN_ON) this.#greet(frame.payload.subarray(HELLO.length));
    else if (frame.channel === FLAP_DATA) {
      const snac = decodeSnac(frame.payload);
      if (this.#session === undefined) this.#logIn(snac);
      else this.#serve(this.#session, snac);
    }
  }

  #serve(session: Session, snac: Snac): void {
    try {
      serve(this.#world, session, snac);
    } catch (error) {
      if (!isSundewError(error)) throw error;
      failMalformed(session, snac);
    }
  }

  #greet(bytes: Uint8Array): void {
    const { tlvs } = decodeTlvs(bytes);
    const cookie = findTlv(tlvs, TLV_COOKIE);
    if (cookie !== undefined) {
      const account = redeem(this.#world, cookie);
      if (account === undefined) this.#socket.destroy();
      else this.#begin(account);
    } else if (findTlv(tlvs, TLV_ROASTED) !== undefined) {
      this.#write(FLAP_SIGN_OFF, answerLogin(this.#world, tlvs, undefined));
      this.#socket.end();
    }
  }

  #logIn(snac: Snac): void {
    const { tlvs } = decodeTlvs(snac.body);
    if (snac.type === SNAC_CHALLENGE_REQUEST && knows(this.#world, tlvs)) {
      this.#key = makeKey();
      this.#send(SNAC_CHALLENGE, challenge(this.#key), snac.requestId);
    } else if (snac.type === SNAC_CHALLENGE_REQUEST || (snac.type === SNAC_LOGIN && this.#key !== undefined)) {
      this.#send(SNAC_LOGIN_REPLY, answerLogin(this.#world, tlvs, this.#key), snac.requestId);
      this.#write(FLAP_SIGN_OFF, new Uint8Array(0));
      this.#socket.end();
    } else this.#socket.destroy();
  }

  #begin(account: Account): void {
    const key = normaliseScreenName(account.name);
    const all = this.#world.sessions.get(key) ?? new Set();
    this.#world.sessions.set(key, all);
    for (const oldest of all) {
      if (all.size < MAX_SESSIONS) break;
      all.delete(oldest);
      oldest.signOff(1);
    }
    this.#session = {
      account,
      ip: ipOf(this.#socket),
      since: nowSeconds(this.#world),
      capabilities: new Uint8Array(0),
      profile: [],
      online: false,
      send: (type, body, requestId = 0, flags = 0) => this.#send(type, body, requestId, flags),
      signOff: (reason) => {
        this.#write(FLAP_SIGN_OFF, encodeTlvs([{ type: TLV_REASON, value: u16(reason) }]));
        this.#socket.end();
        return undefined;
      },
    };
    all.add(this.#session);
    this.#send(SNAC_HOST_ONLINE, encodeFamilies(SERVED_FAMILIES));
  }

  #leave(): void {
    if (this.#session === undefined) return;
    const key = normaliseScreenName(this.#session.account.name);
    this.#world.sessions.get(key)?.delete(this.#session);
    if (this.#session.online) withdraw(this.#world, this.#session);
  }

  #send(type: number, body: Uint8Array, requestId = 0, flags = 0): undefined {
    this.#write(FLAP_DATA, encodeSnac(type, requestId, body, flags));
    return undefined;
  }

  #write(channel: number, payload: Uint8Array): void {
    if (this.#socket.destroyed || !this.#socket.writable) return;
    this.#socket.write(encodeFlapFrame({ channel, sequence: this.#sequence, payload }));
    this.#sequence = (this.#sequence + 1) & 0xffff;
    if (this.#socket.writableLength > MAX_BACKLOG_BYTES) this.#socket.destroy();
  }
}

function ipOf(socket: Socket): Uint8Array {
  const match = /(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(socket.remoteAddress ?? '');
  return Uint8Array.from(match === null ? [0, 0, 0, 0] : match.slice(1).map(Number));
}
