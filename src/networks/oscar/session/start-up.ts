// What a client asks and says between its rate classes and being online, in the order of AIM 5.
import { concatBytes } from '../../../core/bytes.ts';
import type { Act } from '../../../core/link.ts';
import { type CapabilityName, capabilityBytes } from '../wire/capability.ts';
import { textBytes, u32 } from '../wire/fields.ts';
import { FLAP_DATA } from '../wire/flap.ts';
import { encodeIcbmParameters } from '../wire/icbm.ts';
import { encodeOfflineCommand } from '../wire/icq-message.ts';
import { decodeRateInfo } from '../wire/rates.ts';
import { isUin } from '../wire/screen-name.ts';
import { encodeClientOnline, encodeRateSubscribe } from '../wire/service.ts';
import { encodeSnac } from '../wire/snac.ts';
import {
  SNAC_BUDDY_RIGHTS_REQUEST,
  SNAC_CLIENT_ONLINE,
  SNAC_FEEDBAG_ACTIVATE,
  SNAC_FEEDBAG_REQUEST,
  SNAC_FEEDBAG_RIGHTS_REQUEST,
  SNAC_ICBM_PARAMETERS_REQUEST,
  SNAC_ICBM_SET_PARAMETERS,
  SNAC_ICQ_TO_HOST,
  SNAC_IDLE,
  SNAC_LOCATE_RIGHTS_REQUEST,
  SNAC_OFFLINE_REQUEST,
  SNAC_PERMIT_RIGHTS_REQUEST,
  SNAC_RATE_SUBSCRIBE,
  SNAC_SELF_INFO_REQUEST,
  SNAC_SET_INFO,
  SNAC_SET_STATUS,
} from '../wire/snac-types.ts';
import { encodeTlvs } from '../wire/tlv.ts';
import type { OscarAccount, OscarEffect } from './types.ts';

export const FAMILY_FEEDBAG = 0x13;
const FAMILY_ICQ = 0x15;
const EMPTY = new Uint8Array(0);

/** Servers refuse offers of what a client does not advertise, so a decoy advertises what can be offered. */
const AIM_CAPABILITIES: readonly CapabilityName[] = [
  'chat-invite',
  'voice-chat',
  'send-file',
  'direct-im',
  'buddy-icon',
  'get-file',
  'games',
  'send-buddy-list',
  'interoperate',
  'unicode',
  'xhtml',
];
const ICQ_CAPABILITIES: readonly CapabilityName[] = [
  'icq-relay',
  'icq-direct',
  'unicode',
  'interoperate',
  'short-capabilities',
  'xhtml',
  'typing',
  'send-file',
];

interface Speaker {
  readonly account: OscarAccount;
  readonly families: readonly number[];
  readonly requestId: number;
}

/** One SNAC to the server. */
export const snacOut = (type: number, requestId: number, body: Uint8Array, act: Act): OscarEffect => ({
  type: 'send',
  channel: FLAP_DATA,
  payload: encodeSnac(type, requestId, body),
  act,
});

const numbered = (speaker: Speaker, list: readonly (readonly [number, Uint8Array, Act?])[]): readonly OscarEffect[] =>
  list
    .filter(([type]) => speaker.families.includes(type >>> 16))
    .map(([type, body, act], at) => snacOut(type, speaker.requestId + at, body, act ?? 'sign-on'));

/** After the rate classes. @throws SundewError WIRE_* when they cannot be read */
export function queries(speaker: Speaker, rateInfo: Uint8Array): readonly OscarEffect[] {
  const ids = decodeRateInfo(rateInfo, true).classes.map(({ id }) => id);
  return numbered(speaker, [
    [SNAC_RATE_SUBSCRIBE, encodeRateSubscribe(ids)],
    [SNAC_SELF_INFO_REQUEST, EMPTY],
    [SNAC_FEEDBAG_RIGHTS_REQUEST, EMPTY],
    [SNAC_LOCATE_RIGHTS_REQUEST, EMPTY],
    [SNAC_BUDDY_RIGHTS_REQUEST, EMPTY],
    [SNAC_ICBM_PARAMETERS_REQUEST, EMPTY],
    [SNAC_PERMIT_RIGHTS_REQUEST, EMPTY],
    [SNAC_SET_INFO, encodeInfo(speaker.account), 'presence'],
    [SNAC_ICBM_SET_PARAMETERS, encodeIcbmParameters()],
    [SNAC_FEEDBAG_REQUEST, EMPTY],
  ]);
}

/** After the list: from here on the decoy can be seen and written to. */
export function activation(speaker: Speaker): readonly OscarEffect[] {
  const icq = isUin(speaker.account.address);
  return numbered(speaker, [
    [SNAC_FEEDBAG_ACTIVATE, EMPTY],
    ...(icq ? [[SNAC_SET_STATUS, encodeTlvs([{ type: 0x06, value: u32(0) }]), 'presence'] as const] : []),
    [SNAC_IDLE, u32(0), 'presence'],
    [SNAC_CLIENT_ONLINE, encodeClientOnline(speaker.families), 'presence'],
    [SNAC_OFFLINE_REQUEST, EMPTY],
    ...(icq && speaker.families.includes(FAMILY_ICQ)
      ? [[SNAC_ICQ_TO_HOST, encodeOfflineCommand('request', Number(speaker.account.address), 2)] as const]
      : []),
  ]);
}

/** Has the stored messages of ICQ deleted. */
export const deletion = ({ account }: Speaker): Uint8Array =>
  encodeOfflineCommand('delete', Number(account.address), 3);

function encodeInfo(account: OscarAccount): Uint8Array {
  const capabilities = isUin(account.address) ? ICQ_CAPABILITIES : AIM_CAPABILITIES;
  const profile = [
    { type: 0x01, value: textBytes('text/aolrtf; charset="us-ascii"') },
    { type: 0x02, value: textBytes(account.profile) },
  ];
  return encodeTlvs([
    ...(account.profile === '' ? [] : profile),
    { type: 0x05, value: concatBytes(capabilities.map(capabilityBytes)) },
  ]);
}
