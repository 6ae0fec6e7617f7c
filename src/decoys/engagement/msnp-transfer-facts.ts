// Facts of what a decoy may say on MSN to receive a file: each message must be, byte for byte, the one that our own codec
// writes for what it claims to be, so that nothing can ride along.
import { isSundewError } from '../../core/error.ts';
import type { Act } from '../../core/link.ts';
import { takeFtpLine } from '../../networks/msnp/wire/ftp.ts';
import { decodeInvitation, encodeAcceptance } from '../../networks/msnp/wire/invite.ts';
import { encodeP2pMessage } from '../../networks/msnp/wire/message.ts';
import type { MimeMessage } from '../../networks/msnp/wire/mime.ts';
import { decodeP2p, P2P_ACK, type P2pChunk } from '../../networks/msnp/wire/p2p.ts';
import { decodeSlp } from '../../networks/msnp/wire/slp.ts';
import {
  addressOfHeader,
  encodeSlpBye,
  encodeSlpOk,
  encodeTransportAnswer,
  readCall,
  readSession,
} from '../../networks/msnp/wire/slp-answers.ts';

/** The only acts that it may be sent as, and who it names. */
export interface TransferFacts {
  readonly acts: readonly Act[];
  readonly peers: readonly string[];
}

const FTP_LINE = /^(?:VER MSNFTP|USR [^ ]{3,260} \d{1,10}|TFR|CCL|BYE \d{1,10})\r\n$/;

/** A line of MSNFTP. @returns undefined for what is none */
export function ftpFacts(frame: Uint8Array): TransferFacts | undefined {
  const text = Buffer.from(frame).toString('utf8');
  return FTP_LINE.test(text) && takeFtpLine(frame)?.rest.length === 0 ? { acts: ['transfer'], peers: [] } : undefined;
}

/** ACCEPT to an offer of the old style. */
export function invitationFacts(message: MimeMessage, payload: Uint8Array): TransferFacts | undefined {
  const { cookie } = decodeInvitation(message.body);
  if (!/^\d{1,10}$/.test(cookie) || !sameBytes(encodeAcceptance(cookie), payload)) return undefined;
  return { acts: ['accept-file'], peers: [] };
}

/** P2P: an acknowledgement, 200 OK to an offer, the refusal of a direct connection, BYE. */
export function p2pFacts(message: MimeMessage, payload: Uint8Array): TransferFacts | undefined {
  const to = message.headers.get('p2p-dest') ?? '';
  try {
    const chunk = decodeP2p(message.body);
    if (!sameBytes(encodeP2pMessage(to, chunk), payload)) return undefined;
    if (isAcknowledgement(chunk)) return { acts: ['accept-file', 'transfer'], peers: [to] };
    const acts = signallingActs(chunk, to);
    return acts === undefined ? undefined : { acts, peers: [to] };
  } catch (error) {
    if (!isSundewError(error)) throw error;
    return undefined;
  }
}

function isAcknowledgement({ flags, offset, chunk, footer }: P2pChunk): boolean {
  return flags === P2P_ACK && offset === 0n && chunk.length === 0 && footer === 0;
}

/** One whole message of signalling. */
function signallingActs(
  { session, flags, offset, total, chunk, footer }: P2pChunk,
  to: string,
): readonly Act[] | undefined {
  const whole = session === 0 && flags === 0 && offset === 0n && footer === 0 && total === BigInt(chunk.length);
  if (!whole) return undefined;
  const slp = decodeSlp(chunk);
  const call = readCall(slp, addressOfHeader(slp.headers.get('from')), to);
  if (call === undefined) return undefined;
  const number = readSession(slp);
  if (number !== undefined && sameBytes(encodeSlpOk(call, number), chunk)) return ['accept-file'];
  return [encodeTransportAnswer(call), encodeSlpBye(call)].some((one) => sameBytes(one, chunk))
    ? ['transfer']
    : undefined;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
