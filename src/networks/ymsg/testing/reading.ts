// For tests: packets as they are read by a decoy named decoy1.
import type { CaptureDraft } from '../../../core/capture.ts';
import { readPacket } from '../read/read-packet.ts';
import { encodePacket, takePacket } from '../wire/packet.ts';
import { type Pair, pair } from '../wire/pairs.ts';

export const READER = { user: 'decoy1', server: 'ymsg.test' };
/** Who a packet is for, and whom it is from. */
export const FROM = [pair(5, 'decoy1'), pair(4, 'Worm')];

export function readBytes(bytes: Uint8Array): readonly CaptureDraft[] {
  const packet = takePacket(bytes);
  if (packet === undefined) throw new Error('not a whole packet');
  return readPacket(packet, READER);
}

export function read(service: number, status: number, ...pairs: readonly Pair[]): readonly CaptureDraft[] {
  return readBytes(encodePacket({ service, status, pairs }));
}
