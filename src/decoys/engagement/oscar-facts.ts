// Facts of OSCAR frames, read anew from their bytes. One whole FLAP frame, or one whole frame of the receiving side of a
// file transfer; what is not listed here is denied.
import { isSundewError } from '../../core/error.ts';
import { ARS_JOIN, decodeArsJoin, takeArsFrame } from '../../networks/oscar/wire/ars.ts';
import { capabilityName } from '../../networks/oscar/wire/capability.ts';
import { decodeAuthoriseAnswer } from '../../networks/oscar/wire/feedbag.ts';
import {
  FLAP_DATA,
  FLAP_KEEP_ALIVE,
  FLAP_SIGN_OFF,
  FLAP_SIGN_ON,
  takeFlapFrame,
} from '../../networks/oscar/wire/flap.ts';
import {
  decodeIcbmToHost,
  ICBM_MESSAGE,
  ICBM_OLD_ICQ,
  ICBM_RENDEZVOUS,
  TLV_DATA,
  TLV_MESSAGE,
} from '../../networks/oscar/wire/icbm.ts';
import { decodeOldIcqMessage, ICQ_AUTH_GRANTED, readIcqCommand } from '../../networks/oscar/wire/icq-message.ts';
import { decodeMessageBlock } from '../../networks/oscar/wire/message-block.ts';
import { OFT_ACKNOWLEDGE, OFT_DONE, takeOftHeader } from '../../networks/oscar/wire/oft.ts';
import { decodeRendezvous, RENDEZVOUS_ACCEPT } from '../../networks/oscar/wire/rendezvous.ts';
import { normaliseScreenName } from '../../networks/oscar/wire/screen-name.ts';
import { decodeSnac, type Snac } from '../../networks/oscar/wire/snac.ts';
import * as snacs from '../../networks/oscar/wire/snac-types.ts';
import { decodeTlvs, findTlv } from '../../networks/oscar/wire/tlv.ts';
import type { FrameCheck, FrameFacts } from './frame-facts.ts';

/** Requests and answers to the own server that name nobody else. */
const SERVER_SNACS: ReadonlySet<number> = new Set([
  snacs.SNAC_CHALLENGE_REQUEST,
  snacs.SNAC_LOGIN,
  snacs.SNAC_CLIENT_VERSIONS,
  snacs.SNAC_RATE_REQUEST,
  snacs.SNAC_RATE_SUBSCRIBE,
  snacs.SNAC_SELF_INFO_REQUEST,
  snacs.SNAC_PAUSE_ACK,
  snacs.SNAC_SET_STATUS,
  snacs.SNAC_IDLE,
  snacs.SNAC_CLIENT_ONLINE,
  snacs.SNAC_LOCATE_RIGHTS_REQUEST,
  snacs.SNAC_BUDDY_RIGHTS_REQUEST,
  snacs.SNAC_ICBM_PARAMETERS_REQUEST,
  snacs.SNAC_ICBM_SET_PARAMETERS,
  snacs.SNAC_PERMIT_RIGHTS_REQUEST,
  snacs.SNAC_FEEDBAG_RIGHTS_REQUEST,
  snacs.SNAC_FEEDBAG_REQUEST,
  snacs.SNAC_FEEDBAG_ACTIVATE,
  snacs.SNAC_OFFLINE_REQUEST,
]);
/** Away texts are sent to whoever writes: they would be words to a peer. */
const AWAY_TLVS = [0x03, 0x04];

const OFT_MAGIC = Buffer.from('OFT2');
/** FLAP frames begin with 0x2a; those of the proxy are short and begin with their length. */
const ARS_FIRST_BYTE = 0;

const NOTHING: FrameFacts = { peers: [], channels: [], words: [], harmless: false };
const HARMLESS: FrameCheck = { facts: { peers: [], channels: [], words: [], harmless: true } };

/** Facts of one frame. */
export function oscarFacts(bytes: Uint8Array): FrameCheck {
  try {
    if (OFT_MAGIC.equals(bytes.subarray(0, OFT_MAGIC.length))) return oftFacts(bytes);
    if (bytes[0] === ARS_FIRST_BYTE) return arsFacts(bytes);
    const taken = takeFlapFrame(bytes);
    if (taken === undefined || taken.rest.length > 0) return { problem: 'an OSCAR frame must be one whole FLAP' };
    const { channel, payload } = taken.frame;
    if (channel === FLAP_SIGN_ON || channel === FLAP_SIGN_OFF || channel === FLAP_KEEP_ALIVE) return HARMLESS;
    if (channel !== FLAP_DATA) return { problem: `FLAP channel ${channel} is not known to the gate` };
    return snacFacts(decodeSnac(payload));
  } catch (error) {
    if (!isSundewError(error)) throw error;
    return { problem: `cannot be read: ${error.message}` };
  }
}

/** What a receiver says: send it, I have it. The frame names nobody: the link does, and the cause is asked for besides. */
function oftFacts(bytes: Uint8Array): FrameCheck {
  const taken = takeOftHeader(bytes);
  if (taken === undefined || taken.rest.length > 0) return { problem: 'an OFT2 frame must be one whole header' };
  const { type } = taken.header;
  return type === OFT_ACKNOWLEDGE || type === OFT_DONE
    ? { facts: { ...NOTHING, acts: ['transfer'] } }
    : { problem: `OFT2 type ${type.toString(16)} is not known to the gate` };
}

function arsFacts(bytes: Uint8Array): FrameCheck {
  const taken = takeArsFrame(bytes);
  if (taken === undefined || taken.rest.length > 0) return { problem: 'a proxy frame must be one whole frame' };
  const { type, payload } = taken.frame;
  if (type !== ARS_JOIN || capabilityName(decodeArsJoin(payload).capability) !== 'send-file')
    return { problem: 'asks the proxy for more than a file' };
  return { facts: { ...NOTHING, acts: ['transfer'] } };
}

function snacFacts(snac: Snac): FrameCheck {
  const unknown: FrameCheck = {
    problem: `the SNAC ${snac.type.toString(16).padStart(8, '0')} is not known to the gate`,
  };
  if (SERVER_SNACS.has(snac.type)) return HARMLESS;
  switch (snac.type) {
    case snacs.SNAC_SET_INFO:
      return decodeTlvs(snac.body).tlvs.some(({ type }) => AWAY_TLVS.includes(type))
        ? { problem: 'sets an away text' }
        : HARMLESS;
    case snacs.SNAC_ICQ_TO_HOST:
      return readIcqCommand(findTlv(decodeTlvs(snac.body).tlvs, 1)) === undefined ? unknown : HARMLESS;
    case snacs.SNAC_ICBM_TO_HOST:
      return messageFacts(snac.body);
    case snacs.SNAC_AUTHORISE_ANSWER:
      return answerFacts(snac.body);
    default:
      return unknown;
  }
}

function answerFacts(body: Uint8Array): FrameCheck {
  const { name, granted, reason } = decodeAuthoriseAnswer(body);
  if (!granted) return { problem: 'refuses somebody' };
  const words = reason === '' ? [] : [reason];
  return { facts: { ...NOTHING, peers: [normaliseScreenName(name)], words, acts: ['accept-contact'] } };
}

function messageFacts(body: Uint8Array): FrameCheck {
  const { channel, to, list } = decodeIcbmToHost(body);
  const peers = [normaliseScreenName(to)];
  if (channel === ICBM_MESSAGE) {
    const words = [decodeMessageBlock(findTlv(list.tlvs, TLV_MESSAGE) ?? new Uint8Array(0), false).text];
    return { facts: { ...NOTHING, peers, words, acts: ['say', 'notify', 'command-reply'] } };
  }
  const block = findTlv(list.tlvs, TLV_DATA);
  if (block === undefined || list.tlvs.length > 1) return { problem: 'is more than an answer to an offer' };
  if (channel === ICBM_OLD_ICQ) {
    const { type, text } = decodeOldIcqMessage(block);
    if (type !== ICQ_AUTH_GRANTED || text.length > 0)
      return { problem: `ICQ message ${type} is not known to the gate` };
    return { facts: { ...NOTHING, peers, acts: ['accept-contact'] } };
  }
  if (channel !== ICBM_RENDEZVOUS) return { problem: `ICBM channel ${channel} is not known to the gate` };
  const { status, capability, list: inner } = decodeRendezvous(block);
  if (status !== RENDEZVOUS_ACCEPT || inner.tlvs.length > 0) return { problem: 'offers something to a peer' };
  if (capabilityName(capability) !== 'send-file') return { problem: 'accepts what is no file' };
  return { facts: { ...NOTHING, peers, acts: ['accept-file'] } };
}
