// `text/x-msmsgsinvite`: invitations of the old style, MSNFTP file offers among them. The body is a second header block.
import { decodeHeaders } from '../../http/headers.ts';
import { encodeHeaders, encodeMime } from './mime.ts';

/** Compared without case; the application's name is localised. */
export const FILE_TRANSFER_GUID = '{5D3E02AB-6190-11D3-BBBB-00C04F795683}';
export const VOICE_GUID = '{02D3C01F-BF30-4825-A83A-DE7AF41648AA}';
const MAX_NAME = 4096;

export interface Invitation {
  readonly command: string;
  readonly cookie: string;
  readonly guid: string;
  readonly application: string;
  readonly file?: { readonly name: string; readonly size?: number };
  /** Where the sender listens, in its ACCEPT. */
  readonly address?: { readonly host: string; readonly port: number; readonly internal?: string };
  /** What the receiver must say to it there. */
  readonly authCookie?: string;
  readonly cancelCode?: string;
  readonly connectivity?: string;
}

/** Reads the body of an invitation; what is missing is empty. */
export function decodeInvitation(body: Uint8Array): Invitation {
  const fields = decodeHeaders(Buffer.from(body).toString('utf8'));
  const text = (key: string, max = 200): string => (fields.get(key) ?? '').slice(0, max);
  const name = text('application-file', MAX_NAME);
  const size = numberOf(fields.get('application-filesize'), Number.MAX_SAFE_INTEGER);
  const port = numberOf(fields.get('port'), 65_535);
  const [host, internal] = [text('ip-address', 64), text('ip-address-internal', 64)];
  const authCookie = text('authcookie', 20);
  const [cancelCode, connectivity] = [text('cancel-code', 40), text('connectivity', 8)];
  return {
    command: text('invitation-command', 20).toUpperCase(),
    cookie: text('invitation-cookie', 20),
    guid: text('application-guid', 64).toUpperCase(),
    application: text('application-name'),
    ...(name === '' ? {} : { file: { name, ...(size === undefined ? {} : { size }) } }),
    ...(host === '' || port === undefined ? {} : { address: { host, port, ...(internal === '' ? {} : { internal }) } }),
    ...(/^\d{1,10}$/.test(authCookie) ? { authCookie } : {}),
    ...(cancelCode === '' ? {} : { cancelCode }),
    ...(connectivity === '' ? {} : { connectivity }),
  };
}

/** A file offer as a payload of MSG. */
export function encodeFileInvitation(offer: { cookie: number; name: string; size: number }): Uint8Array {
  const fields = [
    ['Application-Name', 'File Transfer'],
    ['Application-GUID', '{5D3E02AB-6190-11d3-BBBB-00C04F795683}'],
    ['Invitation-Command', 'INVITE'],
    ['Invitation-Cookie', String(offer.cookie)],
    ['Application-File', offer.name],
    ['Application-FileSize', String(offer.size)],
    ['Connectivity', 'N'],
  ] as const;
  return encodeInvitation(fields);
}

/** Takes the file: asks its sender where to fetch it. */
export function encodeAcceptance(cookie: string): Uint8Array {
  return encodeInvitation([
    ['Invitation-Command', 'ACCEPT'],
    ['Invitation-Cookie', cookie],
    ['Launch-Application', 'FALSE'],
    ['Request-Data', 'IP-Address:'],
  ]);
}

/** The sender's answer: where it listens. */
export function encodeListening(at: { cookie: string; host: string; port: number; authCookie: string }): Uint8Array {
  return encodeInvitation([
    ['Invitation-Command', 'ACCEPT'],
    ['Invitation-Cookie', at.cookie],
    ['IP-Address', at.host],
    ['Port', String(at.port)],
    ['AuthCookie', at.authCookie],
    ['Launch-Application', 'FALSE'],
    ['Request-Data', 'IP-Address:'],
  ]);
}

function encodeInvitation(fields: readonly (readonly [string, string])[]): Uint8Array {
  const type = ['Content-Type', 'text/x-msmsgsinvite; charset=UTF-8'] as const;
  return encodeMime([['MIME-Version', '1.0'], type], Buffer.from(encodeHeaders(fields), 'utf8'));
}

function numberOf(text: string | undefined, max: number): number | undefined {
  if (text === undefined || !/^\d{1,16}$/.test(text)) return undefined;
  const value = Number(text);
  return value <= max ? value : undefined;
}
