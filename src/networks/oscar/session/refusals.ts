// What the server's error numbers mean for a decoy: stop and tell the operator, or come back later.
import { type ErrorCode, SundewError } from '../../../core/error.ts';

const WRONG = [0x01, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x20, 0x22];
const SUSPENDED = 0x11;
const TOO_OLD = [0x1b, 0x1c];

/** The error of a login that was refused with TLV 08. */
export function loginRefused(address: string, code: number): SundewError {
  const number = `0x${code.toString(16).padStart(2, '0')}`;
  const [kind, sentence] = meaningOf(code);
  return new SundewError(kind, `OSCAR sign-on of ${address}: ${sentence} (${number})`);
}

function meaningOf(code: number): readonly [ErrorCode, string] {
  if (WRONG.includes(code)) return ['DECOY_LOGIN_REFUSED', 'the server refused the name or the password'];
  if (code === SUSPENDED) return ['DECOY_BANNED', 'the server suspended the account'];
  if (TOO_OLD.includes(code)) return ['DECOY_UNSUPPORTED', 'the server wants a newer client'];
  return ['LINK_REFUSED', 'the server takes no sign-on of this account now'];
}

const ELSEWHERE = 1;
const DELETED = 2;

/** The error of a session that the server ended by channel 4. */
export function signedOff(address: string, reason: number): SundewError {
  if (reason === ELSEWHERE) {
    return new SundewError('DECOY_CONFLICT', `OSCAR account ${address} signed on elsewhere: someone has its password`);
  }
  if (reason === DELETED) return new SundewError('DECOY_BANNED', `OSCAR account ${address}: the server deleted it`);
  return new SundewError('WIRE_CLOSED', `OSCAR account ${address}: the server ended the session`);
}
