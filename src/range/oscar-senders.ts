// The AIM and ICQ peers: accounts on the range's server that log in, take their cookie on, and write.
import { randomBytes } from 'node:crypto';
import { ByteReader } from '../core/bytes.ts';
import type { Log } from '../core/clock.ts';
import { capabilityBytes } from '../networks/oscar/wire/capability.ts';
import { encodeAsking } from '../networks/oscar/wire/feedbag.ts';
import { takeString16, u16 } from '../networks/oscar/wire/fields.ts';
import {
  encodeFlapFrame,
  FLAP_DATA,
  FLAP_SIGN_ON,
  type FlapFrame,
  takeFlapFrame,
} from '../networks/oscar/wire/flap.ts';
import { encodeData, encodeIcbmToHost, encodeInstantMessage, TLV_STORE } from '../networks/oscar/wire/icbm.ts';
import { encodeOldIcqMessage, ICQ_URL } from '../networks/oscar/wire/icq-message.ts';
import {
  AIM_IDENTITY,
  encodeChallengeRequest,
  encodeCookieSignOn,
  encodeLogin,
  HELLO,
  ICQ_IDENTITY,
  readLoginReply,
  strongHash,
} from '../networks/oscar/wire/login.ts';
import { encodeRendezvous, RENDEZVOUS_PROPOSE } from '../networks/oscar/wire/rendezvous.ts';
import { isUin } from '../networks/oscar/wire/screen-name.ts';
import { encodeClientOnline } from '../networks/oscar/wire/service.ts';
import { encodeFileOffer, encodeRoomOffer } from '../networks/oscar/wire/service-data.ts';
import { decodeSnac, encodeSnac, type Snac } from '../networks/oscar/wire/snac.ts';
import * as snacs from '../networks/oscar/wire/snac-types.ts';
import { decodeTlvs, type Tlv } from '../networks/oscar/wire/tlv.ts';
import { type Line, openSenders, type Senders, type Speaker } from './senders.ts';
import type { Touch } from './touch.ts';

export const openOscarSenders = (port: number, password: string, log: Log): Senders =>
  openSenders({ network: 'oscar', port, log, speaker: (name, line) => new OscarSpeaker(name, password, line) });

class OscarSpeaker implements Speaker {
  readonly #name: string;
  readonly #password: string;
  readonly #line: Line;
  #rest: Uint8Array = new Uint8Array(0);
  #sequence = 0;
  #requestId = 0;

  constructor(name: string, password: string, line: Line) {
    this.#name = name;
    this.#password = password;
    this.#line = line;
    this.#write(FLAP_SIGN_ON, HELLO);
    this.#send(snacs.SNAC_CHALLENGE_REQUEST, encodeChallengeRequest(name));
  }

  feed(chunk: Uint8Array): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (let taken = takeFlapFrame(this.#rest); taken !== undefined; taken = takeFlapFrame(this.#rest)) {
      this.#rest = taken.rest;
      this.#take(taken.frame);
    }
  }

  say(touch: Touch): void {
    for (const { type, body } of snacsOf(touch)) this.#send(type, body);
  }

  #take({ channel, payload }: FlapFrame): void {
    if (channel !== FLAP_DATA) return;
    const snac = decodeSnac(payload);
    if (snac.type === snacs.SNAC_CHALLENGE) this.#logIn(snac);
    else if (snac.type === snacs.SNAC_LOGIN_REPLY) this.#moveOn(snac);
    else if (snac.type === snacs.SNAC_HOST_ONLINE) {
      this.#send(snacs.SNAC_CLIENT_ONLINE, encodeClientOnline([1, 4]));
      this.#line.online();
    }
  }

  #logIn({ body }: Snac): void {
    const hashed = strongHash(takeString16(new ByteReader(body)), this.#password);
    this.#send(snacs.SNAC_LOGIN, encodeLogin(this.#name, hashed, isUin(this.#name) ? ICQ_IDENTITY : AIM_IDENTITY));
  }

  /** The cookie of the login opens the service, on a connection of its own. */
  #moveOn({ body }: Snac): void {
    const reply = readLoginReply(decodeTlvs(body).tlvs);
    if (reply?.type !== 'accepted') return; // The line is closed as idle.
    const cookie = Uint8Array.from(reply.cookie);
    this.#rest = new Uint8Array(0);
    this.#line.reconnect();
    this.#write(FLAP_SIGN_ON, encodeCookieSignOn(cookie));
  }

  #send(type: number, body: Uint8Array): void {
    this.#requestId += 1;
    this.#write(FLAP_DATA, encodeSnac(type, this.#requestId, body));
  }

  #write(channel: number, payload: Uint8Array): void {
    this.#line.write(encodeFlapFrame({ channel, sequence: this.#sequence, payload }));
    this.#sequence = (this.#sequence + 1) & 0x7fff;
  }
}

interface Outgoing {
  readonly type: number;
  readonly body: Uint8Array;
}

function snacsOf({ act, from, to }: Touch): readonly Outgoing[] {
  switch (act.type) {
    case 'message':
      return [isUin(from) ? urlMessage(Number(from), to, act.text) : message(to, act.text)];
    case 'contact-request':
      return [{ type: snacs.SNAC_AUTHORISE_REQUEST, body: encodeAsking({ name: to, reason: act.text }) }];
    case 'group-invite':
      return [
        offer(to, capabilityBytes('chat-invite'), [
          { type: 0x0c, value: Buffer.from(act.text) },
          { type: 0x2711, value: encodeRoomOffer({ exchange: 4, room: `4-0-${act.room}`, instance: 0 }) },
        ]),
      ];
    case 'file-offer':
      return [
        offer(to, capabilityBytes('send-file'), [
          ...NOWHERE,
          { type: 0x0c, value: Buffer.from(act.text) },
          { type: 0x2711, value: encodeFileOffer(act.name, act.size) },
        ]),
      ];
    case 'probe':
      return [];
  }
}

/** Where the file is said to be: 192.0.2.77 (RFC 5737), where nothing listens. */
const NOWHERE: readonly Tlv[] = [
  { type: 0x0a, value: u16(1) },
  { type: 0x03, value: Uint8Array.of(192, 0, 2, 77) },
  { type: 0x05, value: u16(4443) },
];

const message = (to: string, text: string): Outgoing => ({
  type: snacs.SNAC_ICBM_TO_HOST,
  body: encodeInstantMessage(randomBytes(8), to, text),
});

/** ICQ's own message with a link: description, break, address. */
function urlMessage(uin: number, to: string, text: string): Outgoing {
  const url = /https?:\/\/\S+/.exec(text)?.[0];
  if (url === undefined) return message(to, text);
  const described = text.replace(url, '').trim();
  const fields = Buffer.concat([Buffer.from(described), Uint8Array.of(ICQ_FIELD_BREAK), Buffer.from(url)]);
  const data = encodeData(encodeOldIcqMessage(uin, ICQ_URL, fields));
  return {
    type: snacs.SNAC_ICBM_TO_HOST,
    body: encodeIcbmToHost({ cookie: randomBytes(8), channel: 4 }, to, [data, KEEP_FOR_LATER]),
  };
}

/** The server is to keep it for an account that is away. */
const KEEP_FOR_LATER: Tlv = { type: TLV_STORE, value: new Uint8Array(0) };
/** What stands between the fields of an ICQ message. */
const ICQ_FIELD_BREAK = 0xfe;

function offer(to: string, capability: Uint8Array, tlvs: readonly Tlv[]): Outgoing {
  const cookie = randomBytes(8);
  const block = encodeRendezvous(RENDEZVOUS_PROPOSE, cookie, capability, tlvs);
  return { type: snacs.SNAC_ICBM_TO_HOST, body: encodeIcbmToHost({ cookie, channel: 2 }, to, [encodeData(block)]) };
}
