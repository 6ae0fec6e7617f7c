// The Yahoo! peers: ids that sign on as guests of the range's server.
import type { Log } from '../core/clock.ts';
import { answerChallenge, hashPassword } from '../networks/ymsg/wire/challenge.ts';
import { textOf } from '../networks/ymsg/wire/fields.ts';
import { encodePacket, type OutboundPacket, type Packet, PacketBuffer } from '../networks/ymsg/wire/packet.ts';
import { decodePairs, type Pair, pair } from '../networks/ymsg/wire/pairs.ts';
import { SERVICE, STATUS } from '../networks/ymsg/wire/services.ts';
import { type Line, openSenders, type Senders, type Speaker } from './senders.ts';
import type { Touch } from './touch.ts';

const VERSION = 10;

export function openYmsgSenders(port: number, password: string, log: Log): Senders {
  // Slow on purpose, so it is done once for all of them.
  const hashes = hashPassword(password);
  const answerTo = (id: string, challenge: string): OutboundPacket => {
    const { plain, crypted } = answerChallenge(id, hashes, challenge);
    const pairs = [pair(6, plain), pair(96, crypted), pair(0, id), pair(2, id), pair(2, '1'), pair(1, id)];
    return { service: SERVICE.AUTH_RESPONSE, status: STATUS.WEB_LOGIN, pairs };
  };
  return openSenders({
    network: 'ymsg',
    port,
    log,
    speaker: (id, line) => new YmsgSpeaker(id, line, (challenge) => answerTo(id, challenge)),
  });
}

class YmsgSpeaker implements Speaker {
  readonly #id: string;
  readonly #line: Line;
  readonly #answer: (challenge: string) => OutboundPacket;
  readonly #buffer = new PacketBuffer();

  constructor(id: string, line: Line, answer: (challenge: string) => OutboundPacket) {
    this.#id = id;
    this.#line = line;
    this.#answer = answer;
    this.#write({ service: SERVICE.HANDSHAKE });
  }

  feed(chunk: Uint8Array): void {
    this.#buffer.push(chunk);
    for (let packet = this.#buffer.take(); packet !== undefined; packet = this.#buffer.take()) this.#take(packet);
  }

  say(touch: Touch): void {
    for (const packet of packetsOf(touch)) this.#write(packet);
  }

  #take({ service, body }: Packet): void {
    if (service === SERVICE.HANDSHAKE) this.#write({ service: SERVICE.AUTH, pairs: [pair(1, this.#id)] });
    else if (service === SERVICE.AUTH) this.#write(this.#answer(textOf(decodePairs(body).pairs, 94) ?? ''));
    else if (service === SERVICE.PING) this.#line.online();
  }

  #write(packet: OutboundPacket): void {
    this.#line.write(encodePacket({ version: VERSION, ...packet }));
  }
}

function packetsOf({ act, from, to }: Touch): readonly OutboundPacket[] {
  const me = pair(1, from);
  const message = (text: string): OutboundPacket => ({
    service: SERVICE.MESSAGE,
    status: STATUS.OFFLINE,
    pairs: [me, pair(5, to), pair(97, '1'), pair(63, ';0'), pair(14, text)],
  });
  switch (act.type) {
    case 'message':
      return [message(act.text)];
    case 'contact-request': {
      const pairs = [me, pair(7, to), pair(14, act.text), pair(65, 'Friends'), pair(97, '1')];
      // Taken off again, so that the list never fills and the same peer may ask another day.
      const takenOff = { service: SERVICE.REMOVE_BUDDY, pairs: [me, pair(7, to), pair(65, 'Friends')] };
      return [{ service: SERVICE.ADD_BUDDY, pairs }, takenOff];
    }
    case 'group-invite':
      return [
        {
          service: SERVICE.CHAT_INVITE,
          pairs: [me, pair(104, `${act.room}:1`), pair(117, act.text), pair(118, to), pair(129, '1')],
        },
      ];
    case 'file-offer':
      return [message(act.text), fileOffer(me, to, act)];
    case 'probe':
      return [];
  }
}

/** To be fetched from 192.0.2.77 (RFC 5737), where nothing listens. */
const fileOffer = (me: Pair, to: string, file: { readonly name: string; readonly size: number }): OutboundPacket => ({
  service: SERVICE.P2P_FILE,
  pairs: [
    me,
    pair(5, to),
    pair(49, 'FILEXFER'),
    pair(13, '1'),
    pair(27, file.name),
    pair(28, file.size),
    pair(20, `http://192.0.2.77/Messenger.${encodeURIComponent(file.name)}`),
  ],
});
