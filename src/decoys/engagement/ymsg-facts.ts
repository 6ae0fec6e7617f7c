// Facts of YMSG frames (docs/networks/ymsg.md). A frame is whole packets; a service or key that is not listed is denied.
import { isSundewError } from '../../core/error.ts';
import { type Packet, takePacket } from '../../networks/ymsg/wire/packet.ts';
import { decodePairs } from '../../networks/ymsg/wire/pairs.ts';
import { SERVICE, serviceName } from '../../networks/ymsg/wire/services.ts';
import { decodeText } from '../../networks/ymsg/wire/text.ts';
import type { FrameCheck } from './frame-facts.ts';

const MAX_PACKETS = 16;
/** To the own server, with the only keys that staying signed on needs: none of them names a peer or holds words. */
const SERVER_KEYS: ReadonlyMap<number, readonly number[]> = new Map<number, readonly number[]>([
  [SERVICE.HANDSHAKE, []],
  [SERVICE.AUTH, [1]],
  [SERVICE.AUTH_RESPONSE, [0, 1, 2, 6, 59, 96, 135, 148]],
  [SERVICE.KEEP_ALIVE, [0]],
  [SERVICE.LOGOFF, [0]],
]);
/** An IM: sender, recipient, character set, decoration, text. */
const MESSAGE_KEYS: readonly number[] = [1, 5, 14, 63, 64, 97];

/** Facts of the packets of a frame. */
export function ymsgFacts(frame: Uint8Array): FrameCheck {
  const peers: string[] = [];
  const words: string[] = [];
  try {
    for (let at = 0, count = 0; at < frame.length || count === 0; count += 1) {
      const packet = takePacket(frame.subarray(at));
      if (packet === undefined) return { problem: 'a YMSG frame must be whole packets' };
      if (count >= MAX_PACKETS) return { problem: `more than ${MAX_PACKETS} packets in one frame` };
      const problem = readPacket(packet, peers, words);
      if (problem !== undefined) return { problem };
      at += packet.raw.length;
    }
  } catch (error) {
    if (!isSundewError(error)) throw error;
    return { problem: `no YMSG frame: ${error.message}` };
  }
  return { facts: { peers, channels: [], words, harmless: peers.length === 0 && words.length === 0 } };
}

function readPacket(packet: Packet, peers: string[], words: string[]): string | undefined {
  const { pairs, anomalies } = decodePairs(packet.body);
  const name = serviceName(packet.service);
  if (anomalies.length > 0) return `the YMSG packet "${name}" has ${anomalies[0]}`;
  const message = packet.service === SERVICE.MESSAGE;
  const keys = message ? MESSAGE_KEYS : SERVER_KEYS.get(packet.service);
  if (keys === undefined) return `the YMSG service "${name}" is not known to the gate`;
  const strange = pairs.find(({ key }) => !keys.includes(key));
  if (strange !== undefined) return `key ${strange.key} in the YMSG packet "${name}" is not known to the gate`;
  if (!message) return undefined;
  if (!pairs.some(({ key }) => key === 5)) return 'a YMSG message without a recipient';
  for (const { key, value } of pairs) {
    if (key === 5) peers.push(decodeText(value, '1').text);
    if (key === 14) words.push(decodeText(value, '1').text);
  }
  return undefined;
}
