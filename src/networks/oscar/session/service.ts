// The service connection (BOS): cookie in, then what every client asks for, then online. It has no way to write to a peer.
//   new → greeting → hosts (01,03) → versions (01,18) → rates (01,07) → list (13,06) → online → closed
import { isSundewError, SundewError, unreachable } from '../../../core/error.ts';
import { u16Of } from '../wire/fields.ts';
import { FLAP_DATA, FLAP_ERROR, FLAP_KEEP_ALIVE, FLAP_SIGN_OFF, FLAP_SIGN_ON } from '../wire/flap.ts';
import { decodeIcqMeta } from '../wire/icq-message.ts';
import { encodeCookieSignOn, readLoginReply, TLV_ERROR, TLV_REASON } from '../wire/login.ts';
import { encodeClientVersions, encodeFamilies, readFamilies } from '../wire/service.ts';
import { decodeSnac, familyOf, isErrorSnac, SNAC_MORE, type Snac } from '../wire/snac.ts';
import {
  SNAC_CLIENT_VERSIONS,
  SNAC_FEEDBAG_LIST,
  SNAC_HOST_ONLINE,
  SNAC_HOST_VERSIONS,
  SNAC_ICQ_TO_CLIENT,
  SNAC_ICQ_TO_HOST,
  SNAC_MIGRATE,
  SNAC_PAUSE,
  SNAC_PAUSE_ACK,
  SNAC_RATE_INFO,
  SNAC_RATE_REQUEST,
  SNAC_SELF_INFO_REQUEST,
} from '../wire/snac-types.ts';
import { decodeTlvs, findTlv } from '../wire/tlv.ts';
import { loginRefused, signedOff } from './refusals.ts';
import { activation, deletion, FAMILY_FEEDBAG, queries, snacOut } from './start-up.ts';
import {
  KEEP_ALIVE_MS,
  type OscarAccount,
  type OscarEffect,
  type OscarInput,
  SIGN_ON_MS,
  SILENCE_MS,
} from './types.ts';

export interface ServiceState {
  readonly phase: 'new' | 'greeting' | 'hosts' | 'versions' | 'rates' | 'list' | 'online' | 'closed';
  readonly account: OscarAccount;
  readonly cookie: Uint8Array;
  readonly families: readonly number[];
  readonly requestId: number;
  /** Number of the last SNAC that was given out, and of the last one that is durable. */
  readonly serial: number;
  readonly stored: number;
  /** Serial of the end of the stored ICQ messages: they may be deleted once everything up to it is durable. */
  readonly offlineEnd: number | undefined;
  readonly heardAtMs: number;
  readonly asked: boolean;
}
type ServiceStep = readonly [ServiceState, readonly OscarEffect[]];

export const startService = (account: OscarAccount, cookie: Uint8Array): ServiceState => ({
  phase: 'new',
  account,
  cookie,
  families: [],
  requestId: 1,
  serial: 0,
  stored: 0,
  offlineEnd: undefined,
  heardAtMs: 0,
  asked: false,
});

/** One step. Pure; a SNAC that is illegal in a phase changes nothing, one that cannot be read is `malformed`. */
export function stepService(state: ServiceState, input: OscarInput, now: Date): ServiceStep {
  if (state.phase === 'closed') return [state, []];
  switch (input.type) {
    case 'connected':
      return [
        { ...state, phase: 'greeting', heardAtMs: now.getTime() },
        [{ type: 'set-timer', timer: 'sign-on', ms: SIGN_ON_MS }],
      ];
    case 'frame':
      return stepFrame({ ...state, heardAtMs: now.getTime(), asked: false }, input);
    case 'timer':
      return input.timer === 'sign-on' ? stepSignOnTimer(state) : stepKeepAlive(state, now);
    case 'stored':
      return acknowledge({ ...state, stored: Math.max(state.stored, input.serial) });
    case 'closed':
      return close(
        state,
        new SundewError('WIRE_CLOSED', `OSCAR account ${state.account.address}: the server closed the connection`),
      );
    default:
      return unreachable(input);
  }
}

function stepFrame(state: ServiceState, input: Extract<OscarInput, { type: 'frame' }>): ServiceStep {
  const { frame, bytes } = input;
  switch (frame.channel) {
    case FLAP_SIGN_ON:
      if (state.phase !== 'greeting') return [state, []];
      return [
        { ...state, phase: 'hosts' },
        [{ type: 'send', channel: FLAP_SIGN_ON, payload: encodeCookieSignOn(state.cookie), act: 'sign-on' }],
      ];
    case FLAP_DATA:
      try {
        return stepSnac(state, decodeSnac(frame.payload), input);
      } catch (error) {
        if (!isSundewError(error)) throw error;
        return [state, [{ type: 'emit', event: { type: 'malformed', reason: error.message, bytes } }]];
      }
    case FLAP_SIGN_OFF:
      return stepSignOff(state, frame.payload, bytes);
    case FLAP_ERROR:
      return close(
        state,
        new SundewError('WIRE_CLOSED', `OSCAR account ${state.account.address}: the server reported a fault`),
      );
    case FLAP_KEEP_ALIVE:
      return [state, []];
    default:
      return [state, [{ type: 'emit', event: { type: 'malformed', reason: `FLAP channel ${frame.channel}`, bytes } }]];
  }
}

function stepSignOff(state: ServiceState, payload: Uint8Array, bytes: Uint8Array): ServiceStep {
  const { tlvs } = decodeTlvs(payload);
  const value = findTlv(tlvs, TLV_REASON);
  const reason = u16Of(value) ?? value?.[0] ?? 0;
  const { address } = state.account;
  const refusal = findTlv(tlvs, TLV_ERROR) === undefined ? undefined : readLoginReply(tlvs);
  const error = refusal?.type === 'refused' ? loginRefused(address, refusal.code) : signedOff(address, reason);
  const [next, effects] = close(state, error);
  return [next, [{ type: 'emit', event: { type: 'signed-off', reason, bytes } }, ...effects]];
}

function stepSnac(state: ServiceState, snac: Snac, input: Extract<OscarInput, { type: 'frame' }>): ServiceStep {
  const serial = state.serial + 1;
  const { sequence } = input.frame;
  const emit: OscarEffect = { type: 'emit', event: { type: 'snac', snac, sequence, serial, bytes: input.bytes } };
  const [next, effects] = handleSnac({ ...state, serial }, snac);
  return [next, [emit, ...effects]];
}

function handleSnac(state: ServiceState, snac: Snac): ServiceStep {
  const { phase } = state;
  switch (snac.type) {
    case SNAC_HOST_ONLINE: {
      if (phase !== 'hosts') return [state, []];
      const families = readFamilies(snac.body);
      return ask({ ...state, phase: 'versions', families }, SNAC_CLIENT_VERSIONS, encodeClientVersions(families));
    }
    case SNAC_HOST_VERSIONS:
      return phase === 'versions'
        ? ask({ ...state, phase: 'rates' }, SNAC_RATE_REQUEST, new Uint8Array(0))
        : [state, []];
    case SNAC_RATE_INFO:
      return phase === 'rates' ? query(state, snac) : [state, []];
    case SNAC_PAUSE:
      return ask(state, SNAC_PAUSE_ACK, encodeFamilies(state.families));
    case SNAC_MIGRATE:
      return migrate(state, snac);
    case SNAC_ICQ_TO_CLIENT:
      return stepIcq(state, snac);
    default:
      // The list, in its last part or not to be had: either way the start-up goes on.
      if (phase !== 'list' || familyOf(snac.type) !== FAMILY_FEEDBAG) return [state, []];
      if (snac.type === SNAC_FEEDBAG_LIST && (snac.flags & SNAC_MORE) !== 0) return [state, []];
      return snac.type === SNAC_FEEDBAG_LIST || isErrorSnac(snac.type) ? goOnline(state) : [state, []];
  }
}

function query(state: ServiceState, snac: Snac): ServiceStep {
  const asked = queries(state, snac.body);
  const next: ServiceState = { ...state, phase: 'list', requestId: state.requestId + asked.length };
  if (state.families.includes(FAMILY_FEEDBAG)) return [next, asked];
  const [online, effects] = goOnline(next);
  return [online, [...asked, ...effects]];
}

function goOnline(state: ServiceState): ServiceStep {
  const effects = activation(state);
  return [
    { ...state, phase: 'online', requestId: state.requestId + effects.length },
    [
      ...effects,
      { type: 'emit', event: { type: 'online' } },
      { type: 'set-timer', timer: 'keep-alive', ms: KEEP_ALIVE_MS },
    ],
  ];
}

/** The server moves the session: the same hand-off as after the login. */
function migrate(state: ServiceState, snac: Snac): ServiceStep {
  const count = u16Of(snac.body.subarray(0, 2)) ?? 0;
  const reply = readLoginReply(decodeTlvs(snac.body.subarray(2 + 2 * count)).tlvs);
  if (reply?.type !== 'accepted') throw new SundewError('WIRE_MALFORMED', 'migration without a host');
  return [
    { ...state, phase: 'closed' },
    [{ type: 'emit', event: { type: 'redirect', host: reply.host, cookie: reply.cookie } }, { type: 'close' }],
  ];
}

function stepIcq(state: ServiceState, snac: Snac): ServiceStep {
  const value = findTlv(decodeTlvs(snac.body).tlvs, 1);
  // What cannot be read is for the reading of captures to say.
  if (value === undefined || state.offlineEnd !== undefined) return [state, []];
  try {
    if (decodeIcqMeta(value).type === 'offline-end') return acknowledge({ ...state, offlineEnd: state.serial });
  } catch (error) {
    if (!isSundewError(error)) throw error;
  }
  return [state, []];
}

/** Stored messages of ICQ are deleted only when each of them is durable here. */
function acknowledge(state: ServiceState): ServiceStep {
  if (state.offlineEnd === undefined || state.stored < state.offlineEnd) return [state, []];
  const next: ServiceState = { ...state, offlineEnd: Number.POSITIVE_INFINITY };
  return ask(next, SNAC_ICQ_TO_HOST, deletion(state), 'acknowledge');
}

function ask(
  state: ServiceState,
  type: number,
  body: Uint8Array,
  act: 'sign-on' | 'keep-alive' | 'acknowledge' = 'sign-on',
): ServiceStep {
  return [{ ...state, requestId: state.requestId + 1 }, [snacOut(type, state.requestId, body, act)]];
}

function stepSignOnTimer(state: ServiceState): ServiceStep {
  if (state.phase === 'online') return [state, []];
  return close(
    state,
    new SundewError('LINK_TIMEOUT', `the OSCAR server did not finish the sign-on within ${SIGN_ON_MS / 1000} s`),
  );
}

function stepKeepAlive(state: ServiceState, now: Date): ServiceStep {
  const again: OscarEffect = { type: 'set-timer', timer: 'keep-alive', ms: KEEP_ALIVE_MS };
  if (state.asked) return close(state, new SundewError('LINK_TIMEOUT', 'the OSCAR server no longer answers'));
  if (now.getTime() - state.heardAtMs >= SILENCE_MS) {
    const [next, effects] = ask({ ...state, asked: true }, SNAC_SELF_INFO_REQUEST, new Uint8Array(0), 'keep-alive');
    return [next, [...effects, again]];
  }
  return [state, [{ type: 'send', channel: FLAP_KEEP_ALIVE, payload: new Uint8Array(0), act: 'keep-alive' }, again]];
}

const close = (state: ServiceState, error: SundewError): ServiceStep => [
  { ...state, phase: 'closed' },
  [{ type: 'close', error }],
];
