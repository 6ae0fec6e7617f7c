// The login connection: name and proof in, host and cookie out.
//   new → greeting (hello) → challenge (17,07) → reply (17,03 or channel 4) → closed
import { ByteReader } from '../../../core/bytes.ts';
import { isSundewError, SundewError, unreachable } from '../../../core/error.ts';
import { takeString16 } from '../wire/fields.ts';
import { FLAP_DATA, FLAP_SIGN_OFF, FLAP_SIGN_ON, type FlapFrame } from '../wire/flap.ts';
import {
  cutIcqPassword,
  encodeChallengeRequest,
  encodeLogin,
  encodeRoastedLogin,
  HELLO,
  readLoginReply,
  strongHash,
} from '../wire/login.ts';
import { isUin } from '../wire/screen-name.ts';
import { decodeSnac, encodeSnac } from '../wire/snac.ts';
import { SNAC_CHALLENGE, SNAC_CHALLENGE_REQUEST, SNAC_LOGIN, SNAC_LOGIN_REPLY } from '../wire/snac-types.ts';
import { decodeTlvs } from '../wire/tlv.ts';
import { loginRefused } from './refusals.ts';
import { type OscarAccount, type OscarEffect, type OscarInput, SIGN_ON_MS } from './types.ts';

export interface SignOnState {
  readonly phase: 'new' | 'greeting' | 'challenge' | 'reply' | 'closed';
  readonly account: OscarAccount;
}
type SignOnStep = readonly [SignOnState, readonly OscarEffect[]];

/** Open OSCAR Server's key is a UUID of 36 characters. */
const MAX_KEY_BYTES = 1024;

export const startSignOn = (account: OscarAccount): SignOnState => ({ phase: 'new', account });

/** One step. Pure; what is illegal in a phase ends the connection: nobody else speaks on it. */
export function stepSignOn(state: SignOnState, input: OscarInput): SignOnStep {
  if (state.phase === 'closed') return [state, []];
  switch (input.type) {
    case 'connected':
      return [{ ...state, phase: 'greeting' }, [{ type: 'set-timer', timer: 'sign-on', ms: SIGN_ON_MS }]];
    case 'frame':
      try {
        return stepFrame(state, input.frame);
      } catch (error) {
        if (!isSundewError(error)) throw error;
        return close(state, error);
      }
    case 'timer':
      return close(
        state,
        new SundewError('LINK_TIMEOUT', `the OSCAR login server did not answer within ${SIGN_ON_MS / 1000} s`),
      );
    case 'stored':
      return [state, []];
    case 'closed':
      return close(state, new SundewError('WIRE_CLOSED', 'the OSCAR login server closed the connection'));
    default:
      return unreachable(input);
  }
}

function stepFrame(state: SignOnState, frame: FlapFrame): SignOnStep {
  if (frame.channel === FLAP_SIGN_ON && state.phase === 'greeting') return greet(state);
  if (frame.channel === FLAP_SIGN_OFF) return reply(state, frame.payload);
  if (frame.channel !== FLAP_DATA) return [state, []];
  const snac = decodeSnac(frame.payload);
  if (snac.type === SNAC_LOGIN_REPLY) return reply(state, snac.body);
  if (snac.type === SNAC_CHALLENGE && state.phase === 'challenge') return prove(state, snac.body);
  return [state, []];
}

function greet(state: SignOnState): SignOnStep {
  const { address, identity, login } = state.account;
  if (login === 'roasted') {
    const payload = encodeRoastedLogin(address, passwordOf(state.account), identity);
    return [{ ...state, phase: 'reply' }, [{ type: 'send', channel: FLAP_SIGN_ON, payload, act: 'sign-on' }]];
  }
  return [
    { ...state, phase: 'challenge' },
    [
      { type: 'send', channel: FLAP_SIGN_ON, payload: HELLO, act: 'sign-on' },
      sendSnac(SNAC_CHALLENGE_REQUEST, 1, encodeChallengeRequest(address)),
    ],
  ];
}

function prove(state: SignOnState, body: Uint8Array): SignOnStep {
  const key = takeString16(new ByteReader(body));
  if (key.length > MAX_KEY_BYTES) throw new SundewError('WIRE_TOO_LARGE', `login key of ${key.length} bytes`);
  const { address, identity } = state.account;
  const hashed = strongHash(key, passwordOf(state.account));
  return [{ ...state, phase: 'reply' }, [sendSnac(SNAC_LOGIN, 2, encodeLogin(address, hashed, identity))]];
}

function reply(state: SignOnState, tlvs: Uint8Array): SignOnStep {
  const answer = readLoginReply(decodeTlvs(tlvs).tlvs);
  if (answer === undefined) {
    return close(state, new SundewError('WIRE_CLOSED', 'the OSCAR login server ended the sign-on without an answer'));
  }
  if (answer.type === 'refused') return close(state, loginRefused(state.account.address, answer.code));
  if (state.phase !== 'reply')
    throw new SundewError('WIRE_MALFORMED', 'the OSCAR login server answered before it was asked');
  return [
    { ...state, phase: 'closed' },
    [{ type: 'emit', event: { type: 'redirect', host: answer.host, cookie: answer.cookie } }, { type: 'close' }],
  ];
}

const passwordOf = ({ address, password }: OscarAccount): string =>
  isUin(address) ? cutIcqPassword(password) : password;

const sendSnac = (type: number, requestId: number, body: Uint8Array): OscarEffect => ({
  type: 'send',
  channel: FLAP_DATA,
  payload: encodeSnac(type, requestId, body),
  act: 'sign-on',
});

const close = (state: SignOnState, error: SundewError): SignOnStep => [
  { ...state, phase: 'closed' },
  [{ type: 'close', error }],
];
