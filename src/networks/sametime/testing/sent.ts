// For tests: what a Sametime decoy said, read again.
import type { Sent } from '../../testing/loopback.ts';
import { KEEP_ALIVE } from '../wire/frame.ts';
import { decodeSametime, type SametimeMessage } from '../wire/message.ts';

/** @returns undefined for what is no message: a keep-alive, or nothing at all */
export function messageOf(sent: Sent | undefined): SametimeMessage | undefined {
  return sent === undefined || sent.bytes.length === KEEP_ALIVE.length ? undefined : decodeSametime(sent.bytes);
}

export function kindOf(sent: Sent): string {
  return messageOf(sent)?.kind ?? 'keep-alive';
}
