// MSNSLP that a receiver of files writes: 200 OK to the offer, the refusal of a direct connection, BYE. Nothing else.
import { isAddress } from './address.ts';
import { encodeHeaders } from './mime.ts';
import { encodeSlp, type SlpCall, type SlpMessage } from './slp.ts';

const GUID = /^\{[0-9A-Fa-f-]{1,38}\}$/;
const BRANCH = /;\s*branch=(\{[0-9A-Fa-f-]{1,38}\})/;
const MAX_U32 = 0xffff_ffff;

/** The call of a request, answered by `from`. @returns undefined for ids that no client writes: they would be sent back */
export function readCall(slp: SlpMessage, from: string, to: string): SlpCall | undefined {
  const branch = BRANCH.exec(slp.headers.get('via') ?? '')?.[1];
  const callId = slp.headers.get('call-id') ?? '';
  if (branch === undefined || !GUID.test(callId) || !isAddress(from) || !isAddress(to)) return undefined;
  return { from, to, branch, callId };
}

/** The address in a `To` or `From` header; empty when there is none. */
export function addressOfHeader(value: string | undefined): string {
  return /^<msnmsgr:([^<>]{1,260})>$/i.exec(value ?? '')?.[1] ?? '';
}

/** SessionID of a body. @returns undefined for none */
export function readSession(slp: SlpMessage): number | undefined {
  const text = slp.fields.get('sessionid') ?? '';
  const session = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  return session > 0 && session <= MAX_U32 ? session : undefined;
}

/** Takes the file. */
export function encodeSlpOk(call: SlpCall, session: number): Uint8Array {
  return encodeSlp('MSNSLP/1.0 200 OK', call, 1, 'sessionreqbody', `SessionID: ${session}\r\n\r\n\0`);
}

/**
 * Answers a proposal to connect directly: we do not listen, so the file comes over the switchboard. The address is that of
 * nobody; msnp11-sdk 0.13 waits for one even where `Listening` is false.
 */
export function encodeTransportAnswer(call: SlpCall): Uint8Array {
  const body = [
    ['Bridge', 'TCPv1'],
    ['Listening', 'false'],
    ['Nonce', '{00000000-0000-0000-0000-000000000000}'],
    ['IPv4Internal-Addrs', '0.0.0.0'],
    ['IPv4Internal-Port', '0'],
  ] as const;
  return encodeSlp('MSNSLP/1.0 200 OK', call, 1, 'transrespbody', `${encodeHeaders(body)}\0`);
}

/** Ends the call. */
export function encodeSlpBye(call: SlpCall): Uint8Array {
  return encodeSlp(`BYE MSNMSGR:${call.to} MSNSLP/1.0`, call, 0, 'sessionclosebody', '\r\n\0');
}
