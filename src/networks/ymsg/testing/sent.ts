// For tests: what a Yahoo decoy said, by name.
import type { Sent } from '../../testing/loopback.ts';
import { takePacket } from '../wire/packet.ts';
import { serviceName } from '../wire/services.ts';

/** The packet's service, or the request to the log-in server without its query. */
export function serviceOf({ bytes }: Sent): string {
  const request = /^GET [^?]*/.exec(Buffer.from(bytes).toString('latin1'))?.[0];
  return request ?? serviceName(takePacket(bytes)?.service ?? -1);
}

/** `sign-on auth`: why it was said, and what it was. */
export function said(sent: Sent): string {
  return `${sent.intent.act} ${serviceOf(sent)}`;
}
