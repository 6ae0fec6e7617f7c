// MSNSLP: the SIP-like text inside P2P signalling. A request or status line, headers, a body of fields, a NUL.

import { SundewError } from '../../../core/error.ts';
import { decodeHeaders, type Headers } from '../../http/headers.ts';
import { encodeHeaders } from './mime.ts';

/** Bytes of one signalling message, over all its chunks. */
export const MAX_SLP_BYTES = 128 * 1024;

const FILE_GUID = '{5D3E02AB-6190-11D3-BBBB-00C04F795683}';

/** What a session is for, by EUF-GUID. */
export const SLP_APPLICATIONS: ReadonlyMap<string, 'file' | 'object' | 'webcam' | 'activity'> = new Map([
  [FILE_GUID, 'file'],
  ['{A4268EEC-FEC5-49E5-95C3-F126696BDBF6}', 'object'],
  ['{4BD96FC0-AB17-4425-A14A-439185962DC8}', 'webcam'],
  ['{1C9AA97E-9C05-4583-A3BD-908A196F1E92}', 'webcam'],
  ['{6A13AF9C-5308-4F35-923A-67E8DDA40C2F}', 'activity'],
]);
const START = /^(?:(INVITE|BYE|ACK) MSNMSGR:(\S{1,400}) MSNSLP\/1\.0|MSNSLP\/1\.0 (\d{3}) ?(.{0,100}))$/;

export interface SlpMessage {
  /** `INVITE`, `BYE` … or the three digits of a status. */
  readonly method: string;
  readonly headers: Headers;
  /** The body's lines, read like headers. */
  readonly fields: Headers;
}

/** Reads one message. @throws SundewError WIRE_MALFORMED */
export function decodeSlp(bytes: Uint8Array): SlpMessage {
  const text = Buffer.from(bytes).toString('utf8').replace(/\0+$/, '');
  const end = text.indexOf('\r\n');
  const start = START.exec(end === -1 ? text : text.slice(0, end));
  if (start === null) throw new SundewError('WIRE_MALFORMED', 'MSNSLP: no request and no status in the first line');
  const blank = text.indexOf('\r\n\r\n');
  const head = text.slice(end + 2, blank === -1 ? undefined : blank);
  return {
    method: start[1] ?? start[3] ?? '',
    headers: decodeHeaders(end === -1 ? '' : head),
    fields: decodeHeaders(blank === -1 ? '' : text.slice(blank + 4)),
  };
}

export interface FileInvite extends SlpCall {
  readonly session: number;
  /** Base64. */
  readonly context: string;
}

/** An INVITE for a file, as official clients write it. */
export function encodeFileInvite(invite: FileInvite): Uint8Array {
  const body = `${encodeHeaders([
    ['EUF-GUID', FILE_GUID],
    ['SessionID', String(invite.session)],
    ['AppID', '2'],
    ['Context', invite.context],
  ])}\0`;
  return encodeSlp(`INVITE MSNMSGR:${invite.to} MSNSLP/1.0`, invite, 0, 'sessionreqbody', body);
}

/** What ties the messages of one call together. */
export interface SlpCall {
  /** The writer. */
  readonly from: string;
  readonly to: string;
  /** With braces. */
  readonly branch: string;
  readonly callId: string;
}

/** A message with its headers in the order of official clients; `type` without `application/x-msnmsgr-`. */
export function encodeSlp(start: string, call: SlpCall, sequence: 0 | 1, type: string, body: string): Uint8Array {
  const head = encodeHeaders([
    ['To', `<msnmsgr:${call.to}>`],
    ['From', `<msnmsgr:${call.from}>`],
    ['Via', `MSNSLP/1.0/TLP ;branch=${call.branch}`],
    ['CSeq', `${sequence} `],
    ['Call-ID', call.callId],
    ['Max-Forwards', '0'],
    ['Content-Type', `application/x-msnmsgr-${type}`],
    ['Content-Length', String(Buffer.byteLength(body))],
  ]);
  return new Uint8Array(Buffer.from(`${start}\r\n${head}${body}`, 'utf8'));
}
