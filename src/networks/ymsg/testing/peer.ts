// For tests: a bare Yahoo client that signs on and says what it is told, as a stranger does.
import { connect } from 'node:net';
import { until } from '../../testing/loopback.ts';
import { answerChallenge, hashPassword } from '../wire/challenge.ts';
import { textOf } from '../wire/fields.ts';
import { encodePacket, type OutboundPacket, type Packet, PacketBuffer } from '../wire/packet.ts';
import { decodePairs, type Pair, pair } from '../wire/pairs.ts';
import { SERVICE, STATUS } from '../wire/services.ts';
import { answerWithCrumb, crumbUrl, readCrumb, readToken, tokenUrl } from '../wire/token-login.ts';

export interface YmsgPeer {
  readonly heard: readonly Packet[];
  say(packet: OutboundPacket): void;
  close(): void;
}

/** A packet of texts and numbers. */
export function packetOf(
  service: number,
  status: number,
  ...pairs: readonly [number, string | number][]
): OutboundPacket {
  return { service, status, pairs: pairs.map(([key, value]) => pair(key, value)) };
}

export async function openPeer(port: number, id: string, password: string, version = 10): Promise<YmsgPeer> {
  const socket = connect(port, '127.0.0.1');
  const heard: Packet[] = [];
  const buffer = new PacketBuffer();
  let refused = false;
  const say = (packet: OutboundPacket): void => {
    socket.write(encodePacket({ version, ...packet }));
  };
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    buffer.push(chunk);
    for (let packet = buffer.take(); packet !== undefined; packet = buffer.take()) {
      heard.push(packet);
      const { pairs } = decodePairs(packet.body);
      if (packet.service === SERVICE.HANDSHAKE) say({ service: SERVICE.AUTH, pairs: [pair(1, id)] });
      if (packet.service === SERVICE.AUTH_RESPONSE) refused = true;
      if (packet.service !== SERVICE.AUTH) continue;
      const challenge = textOf(pairs, 94) ?? '';
      const proof = textOf(pairs, 13) === '2' ? proveByToken(port, id, password, challenge) : proveByAnswer();
      void proof.then((keys) => {
        const names = [pair(0, id), pair(2, id), pair(2, '1'), pair(1, id)];
        say({ service: SERVICE.AUTH_RESPONSE, status: STATUS.WEB_LOGIN, pairs: [...keys, ...names] });
      });
      function proveByAnswer(): Promise<readonly Pair[]> {
        const { plain, crypted } = answerChallenge(id, hashPassword(password), challenge);
        return Promise.resolve([pair(6, plain), pair(96, crypted)]);
      }
    }
  });
  say({ service: SERVICE.HANDSHAKE });
  const last = version < 10 ? SERVICE.LOGON : SERVICE.PING;
  await until(() => refused || heard.some(({ service }) => service === last), `${id} signed on`);
  return { heard, say, close: () => socket.destroy() };
}

/** By the log-in server on the same port. */
async function proveByToken(port: number, user: string, password: string, challenge: string): Promise<readonly Pair[]> {
  const base = new URL(`http://127.0.0.1:${port}/config/`);
  const ask = async (url: URL): Promise<Uint8Array> => new Uint8Array(await (await fetch(url)).arrayBuffer());
  const token = readToken(await ask(tokenUrl(base, { user, password, challenge })));
  const login = 'value' in token ? readCrumb(await ask(crumbUrl(base, token.value))) : token;
  if (!('value' in login)) return [];
  const { crumb, y, t } = login.value;
  return [pair(277, y), pair(278, t), pair(307, answerWithCrumb(crumb, challenge))];
}
