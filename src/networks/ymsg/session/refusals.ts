// Why a server refuses a sign-on (0x54, key 66) or ends a session (0x7D1, key 66), as codes and sentences of ours.
import type { ErrorCode } from '../../../core/error.ts';

interface Refusal {
  readonly code: ErrorCode;
  readonly sentence: string;
}

/** An answer to the sign-on that was refused. */
export function refusalOf(code: number | undefined): Refusal {
  switch (code) {
    case 3:
      return { code: 'DECOY_LOGIN_REFUSED', sentence: 'the server knows no account of this name' };
    case 13:
      return { code: 'DECOY_LOGIN_REFUSED', sentence: 'the server refused the password' };
    case 14:
      return { code: 'DECOY_BANNED', sentence: 'the server has locked the account' };
    case 52:
      return { code: 'WIRE_CLOSED', sentence: 'the server asked to try again later' };
    case 1013:
      return { code: 'CONFIG_INVALID', sentence: 'the server does not take an id of this form; leave "@…" out' };
    default:
      return {
        code: 'DECOY_LOGIN_REFUSED',
        sentence: `the server refused the sign-on (code ${code ?? 'none'}); see to the name and the password`,
      };
  }
}

/** What the log-in server of versions 15 and 16 said; `code` is the first line of its response, if it was a number. */
export function refusalOfToken(code: number | undefined, status: number): Refusal {
  switch (code) {
    case 100:
    case 1212:
    case 1216:
      return { code: 'DECOY_LOGIN_REFUSED', sentence: 'the log-in server refused the name or password' };
    case 1235:
      return { code: 'DECOY_LOGIN_REFUSED', sentence: 'the log-in server knows no account of this name' };
    case 1013:
      return refusalOf(code);
    case 1213:
    case 1214:
    case 1218:
    case 1236:
      return { code: 'DECOY_BANNED', sentence: `the log-in server has locked the account (code ${code})` };
    case undefined:
      return {
        code: 'DECOY_UNSUPPORTED',
        sentence: `the log-in server answered ${status} and no token; see to "loginUrl"`,
      };
    default:
      return {
        code: 'DECOY_LOGIN_REFUSED',
        sentence: `the log-in server refused the sign-on (code ${code}); see to the name and the password`,
      };
  }
}

const SESSION_OVER = [1011, 1014, 1015, 1051];
const VERSION_REFUSED = [1004, 1006, 1007, 1020];

/** A forced end of the session. */
export function refusalOfProtocol(code: number | undefined): Refusal {
  if (code === 1017) return { code: 'DECOY_CONFLICT', sentence: 'the id is signed on elsewhere' };
  if (code === 1013) return refusalOf(code);
  if (code !== undefined && VERSION_REFUSED.includes(code)) {
    return {
      code: 'DECOY_UNSUPPORTED',
      sentence: `the server does not take this version of the protocol (${code}); try another "version"`,
    };
  }
  const sentence = SESSION_OVER.includes(code ?? 0)
    ? 'the server says that the session is over'
    : `the server ended the session (code ${code ?? 'none'})`;
  return { code: 'WIRE_CLOSED', sentence };
}
