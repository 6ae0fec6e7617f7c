// Facts of YMSG frames (docs/networks/ymsg.md). A frame is whole packets, or one request to the log-in server; a service, a
// key or a path that is not listed is denied.
import { isSundewError } from '../../core/error.ts';
import type { Act } from '../../core/link.ts';
import { type Packet, takePacket } from '../../networks/ymsg/wire/packet.ts';
import { decodePairs, type Pair } from '../../networks/ymsg/wire/pairs.ts';
import { SERVICE, serviceName } from '../../networks/ymsg/wire/services.ts';
import { asciiOf, decodeText } from '../../networks/ymsg/wire/text.ts';
import { OWN_SERVER, WRITING } from './act-sets.ts';
import type { FrameCheck } from './frame-facts.ts';

const MAX_PACKETS = 16;
const MAX_REQUEST_BYTES = 8192;
/** To the own server, with the only keys that staying signed on needs: none of them names a peer or holds words. */
const SERVER_KEYS: ReadonlyMap<number, readonly number[]> = new Map<number, readonly number[]>([
  [SERVICE.HANDSHAKE, []],
  [SERVICE.AUTH, [1]],
  [SERVICE.AUTH_RESPONSE, [0, 1, 2, 6, 59, 96, 135, 148, 244, 277, 278, 307]],
  [SERVICE.KEEP_ALIVE, [0]],
  [SERVICE.LOGOFF, [0]],
]);
/** An IM: sender, recipient, character set, decoration, text. */
const MESSAGE_KEYS: readonly number[] = [1, 5, 14, 63, 64, 97];
/** The grant of an add request: who grants, to whom, on which network, yes, no more. */
const GRANT_KEYS: readonly number[] = [1, 5, 13, 241, 334];
/** The two requests of the token login, whole and without a body. */
const TOKEN_REQUEST =
  /^GET \/\S{0,300}pwtoken_(?:get|login)\?\S{1,6000} HTTP\/1\.1\r\n(?:[A-Za-z-]{1,40}: [^\r\n]{0,300}\r\n){1,10}\r\n$/;

/** What the packets of one frame amount to. */
interface Found {
  readonly peers: string[];
  readonly words: string[];
  acts: readonly Act[] | undefined;
}

/** Facts of the packets of a frame. */
export function ymsgFacts(frame: Uint8Array): FrameCheck {
  if (asciiOf(frame.subarray(0, 4)) === 'GET ') return requestFacts(frame);
  const found: Found = { peers: [], words: [], acts: undefined };
  try {
    for (let at = 0, count = 0; at < frame.length || count === 0; count += 1) {
      const packet = takePacket(frame.subarray(at));
      if (packet === undefined) return { problem: 'a YMSG frame must be whole packets' };
      if (count >= MAX_PACKETS) return { problem: `more than ${MAX_PACKETS} packets in one frame` };
      const problem = readPacket(packet, found);
      if (problem !== undefined) return { problem };
      at += packet.raw.length;
    }
  } catch (error) {
    if (!isSundewError(error)) throw error;
    return { problem: `no YMSG frame: ${error.message}` };
  }
  const { peers, words, acts = OWN_SERVER } = found;
  return { facts: { peers, channels: [], words, harmless: acts === OWN_SERVER, acts } };
}

function requestFacts(frame: Uint8Array): FrameCheck {
  if (frame.length > MAX_REQUEST_BYTES || !TOKEN_REQUEST.test(asciiOf(frame))) {
    return { problem: 'an HTTP request that is not about a token' };
  }
  return { facts: { peers: [], channels: [], words: [], harmless: true, acts: ['sign-on'] } };
}

function readPacket(packet: Packet, found: Found): string | undefined {
  const { pairs, anomalies } = decodePairs(packet.body);
  const name = serviceName(packet.service);
  if (anomalies.length > 0) return `the YMSG packet "${name}" has ${anomalies[0]}`;
  const keys = keysOf(packet.service);
  if (keys === undefined) return `the YMSG service "${name}" is not known to the gate`;
  const strange = pairs.find(({ key }) => !keys.includes(key));
  if (strange !== undefined) return `key ${strange.key} in the YMSG packet "${name}" is not known to the gate`;
  if (keys === MESSAGE_KEYS) return readAddressed('a YMSG message', WRITING, pairs, found);
  if (keys !== GRANT_KEYS) return undefined;
  if (textsOf(pairs, 13).join() !== '1') return 'an answer to an add request that is no grant';
  return readAddressed('a grant', ['accept-contact'], pairs, found);
}

function keysOf(service: number): readonly number[] | undefined {
  if (service === SERVICE.MESSAGE) return MESSAGE_KEYS;
  return service === SERVICE.AUTHORISATION ? GRANT_KEYS : SERVER_KEYS.get(service);
}

function readAddressed(what: string, acts: readonly Act[], pairs: readonly Pair[], found: Found): string | undefined {
  const peers = textsOf(pairs, 5);
  if (peers.length === 0) return `${what} without a recipient`;
  found.peers.push(...peers);
  found.words.push(...textsOf(pairs, 14));
  found.acts = (found.acts ?? acts).filter((act) => acts.includes(act));
  return undefined;
}

const textsOf = (pairs: readonly Pair[], key: number): readonly string[] =>
  pairs.filter((one) => one.key === key).map(({ value }) => decodeText(value, '1').text);
