// Reason codes of CHANNEL_DESTROY: what they mean for a session that ends with one, or for a message that did not arrive.
import { type ErrorCode, SundewError } from '../../../core/error.ts';

export const REASON_OK = 0;
export const REASON_USER_GONE = 0x80002000;

interface Meaning {
  readonly code: ErrorCode;
  readonly sentence: string;
}

const meaning = (code: ErrorCode, sentence: string): Meaning => ({ code, sentence });
const REFUSED = meaning('DECOY_LOGIN_REFUSED', 'the server refused the name or the password');
const ELSEWHERE = meaning('DECOY_CONFLICT', 'the account signed on elsewhere');
const CIPHERS = meaning('DECOY_UNSUPPORTED', 'the server and this client have no encryption in common');

const SESSION_ENDS: ReadonlyMap<number, Meaning> = new Map([
  [0x80000003, REFUSED],
  [0x80000015, REFUSED],
  [0x80000016, REFUSED],
  [0x80000017, REFUSED],
  [0x80000211, REFUSED],
  [0x80000213, REFUSED],
  [0x8000021a, REFUSED],
  [0x80000011, meaning('DECOY_BANNED', 'the server does not trust this account')],
  [0x8000020e, meaning('DECOY_BANNED', 'the account was removed from the server')],
  [0x80000210, meaning('DECOY_BANNED', 'the account is restricted; ask its administrators')],
  [0x80000217, ELSEWHERE],
  [0x80000219, ELSEWHERE],
  [0x80000227, ELSEWHERE],
  [0x80000228, ELSEWHERE],
  [0x80000229, ELSEWHERE],
  [0x8000022a, ELSEWHERE],
  [0x80002002, ELSEWHERE],
  [0x8000001d, CIPHERS],
  [0x80000021, CIPHERS],
  [0x80000212, CIPHERS],
  [0x80000010, meaning('DECOY_UNSUPPORTED', 'the server does not take this version of the protocol')],
  [0x80000200, meaning('DECOY_UNSUPPORTED', 'the server does not take this version of the protocol')],
  [0x8000022b, meaning('DECOY_UNSUPPORTED', 'the server is not set up for this account')],
]);

/** Why a session ended that the server closed with a reason. */
export function sessionEnd(reason: number, userId: string): SundewError {
  const known = SESSION_ENDS.get(reason) ?? meaning('WIRE_CLOSED', 'the server ended the session');
  return new SundewError(known.code, `Sametime account ${userId}: ${known.sentence} (reason ${reasonText(reason)})`);
}

/** Why a message was not taken. All but a refusal of the target's name may be better later. */
export function deliveryEnd(reason: number, to: string): SundewError {
  const gone = reason === REASON_USER_GONE || reason === 0x80000006;
  const busy = reason === 0x80002001;
  const why = gone ? 'is offline' : busy ? 'does not want to be disturbed' : 'did not take the message';
  return new SundewError('CHANNEL_RETRY', `${to} ${why} (Sametime reason ${reasonText(reason)})`);
}

export function reasonText(reason: number): string {
  return `0x${reason.toString(16).padStart(8, '0')}`;
}
