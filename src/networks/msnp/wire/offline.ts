// Offline messages (MSNP11 and up): the notice at sign-on, and the SOAP service that hands them out and deletes them.
import type { Headers } from '../../http/headers.ts';
import { decodeMime } from './mime.ts';
import { escapeXml, readLeaves } from './small-xml.ts';

const NAMESPACE = 'http://www.hotmail.msn.com/ws/2004/09/oim/rsi';
/** Notices of one sign-on that are followed. */
const MAX_NOTICES = 100;
const MAX_FIELD = 1024;
const ID = /^[\w{}.-]{1,128}$/;

export interface OfflineNotice {
  readonly id: string;
  readonly sender: string;
}

export interface OfflineMessage {
  readonly headers: Headers;
  readonly text: string;
  /** RFC 3339. */
  readonly sentAt?: string;
  /** The address that the sender's own server saw. */
  readonly senderAddress?: string;
}

/** Ids of waiting messages out of `Mail-Data`. @returns undefined when there are too many to be listed */
export function readNotices(mailData: string): readonly OfflineNotice[] | undefined {
  if (mailData.trim() === 'too-large') return undefined;
  const notices: OfflineNotice[] = [];
  let sender = '';
  for (const { path, text } of readLeaves(mailData)) {
    if (path === 'MD/M/E') sender = text.slice(0, MAX_FIELD);
    if (path === 'MD/M/I' && ID.test(text) && notices.length < MAX_NOTICES) notices.push({ id: text, sender });
  }
  return notices;
}

/** The notices of a server. */
export function encodeNotices(notices: readonly (OfflineNotice & { readonly at: string })[]): string {
  const entries = notices.map(({ id, sender, at }) => {
    const fields = `<T>11</T><S>6</S><RT>${escapeXml(at)}</RT><SZ>0</SZ><E>${escapeXml(sender)}</E>`;
    return `<M>${fields}<I>${escapeXml(id)}</I><F>00000000-0000-0000-0000-000000000009</F></M>`;
  });
  return `<MD><E><I>0</I><IU>0</IU><O>0</O><OU>0</OU></E><Q><QTM>409600</QTM><QNM>204800</QNM></Q>${entries.join('')}</MD>`;
}

export const GET_ACTION = `${NAMESPACE}/GetMessage`;
export const DELETE_ACTION = `${NAMESPACE}/DeleteMessages`;

/** Asks for one message and leaves it unread. */
export function encodeGetMessage(id: string, ticket: string): string {
  const get = `<messageId>${escapeXml(id)}</messageId><alsoMarkAsRead>false</alsoMarkAsRead>`;
  return envelope(ticket, `<GetMessage xmlns="${NAMESPACE}">${get}</GetMessage>`);
}

/** Asks to delete one message. */
export function encodeDeleteMessage(id: string, ticket: string): string {
  const list = `<messageIds><messageId>${escapeXml(id)}</messageId></messageIds>`;
  return envelope(ticket, `<DeleteMessages xmlns="${NAMESPACE}">${list}</DeleteMessages>`);
}

function envelope(ticket: string, action: string): string {
  // The ticket is `t=…&p=…`, or on some servers one word, which is the `t`.
  const { t = ticket, p = '' } = Object.fromEntries(
    ticket.split('&').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
  const cookie = `<PassportCookie xmlns="${NAMESPACE}"><t>${escapeXml(t)}</t><p>${escapeXml(p)}</p></PassportCookie>`;
  const soap = 'xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"';
  return `<?xml version="1.0" encoding="utf-8"?><soap:Envelope ${soap}><soap:Header>${cookie}</soap:Header><soap:Body>${action}</soap:Body></soap:Envelope>`;
}

/** The message of a GetMessage response. @returns undefined when the response holds none */
export function readOfflineMessage(soap: string): OfflineMessage | undefined {
  const result = readLeaves(soap).find(({ path }) => path.endsWith('/GetMessageResult'))?.text;
  if (result === undefined) return undefined;
  // XML reading makes line ends LF; mime.ts takes both.
  const { headers, body } = decodeMime(Buffer.from(result.trimStart(), 'utf8'));
  const base64 = /base64/i.test(headers.get('content-transfer-encoding') ?? '');
  const text = Buffer.from(body).toString('utf8');
  const ms = Date.parse(headers.get('date') ?? '');
  const source = headers.get('x-oim-originatingsource') ?? '';
  return {
    headers,
    text: base64 ? Buffer.from(text, 'base64').toString('utf8') : text,
    ...(Number.isNaN(ms) ? {} : { sentAt: new Date(ms).toISOString() }),
    ...(/^[\d.:a-fA-F]{3,45}$/.test(source) ? { senderAddress: source } : {}),
  };
}

/** A GetMessage response of a server. */
export function encodeOfflineMessage(message: { sender: string; text: string; at: string; address: string }): string {
  const body = Buffer.from(message.text, 'utf8').toString('base64');
  const lines = [
    `X-OIM-originatingSource: ${message.address}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=UTF-8',
    'Content-Transfer-Encoding: base64',
    'X-OIM-Message-Type: OfflineMessage',
    'X-OIM-Sequence-Num: 1',
    `From: <${message.sender}>`,
    `Date: ${message.at}`,
    '',
    body,
  ].join('\n');
  const result = `<GetMessageResult>${escapeXml(lines)}</GetMessageResult>`;
  const soap = 'xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"';
  return `<?xml version="1.0" encoding="utf-8"?><soap:Envelope ${soap}><soap:Body><GetMessageResponse xmlns="${NAMESPACE}">${result}</GetMessageResponse></soap:Body></soap:Envelope>`;
}
