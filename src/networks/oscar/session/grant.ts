// Leave to be put on a list, for who asked for it: yes, without a word, the way it was asked.
import { isSundewError } from '../../../core/error.ts';
import { decodeAsking, encodeGrant } from '../wire/feedbag.ts';
import { decodeIcbmToClient, encodeData, encodeIcbmToHost, ICBM_OLD_ICQ, TLV_DATA } from '../wire/icbm.ts';
import { decodeOldIcqMessage, encodeOldIcqMessage, ICQ_AUTH_GRANTED, ICQ_AUTH_REQUEST } from '../wire/icq-message.ts';
import { isUin } from '../wire/screen-name.ts';
import type { Snac } from '../wire/snac.ts';
import {
  SNAC_AUTHORISE_ANSWER,
  SNAC_AUTHORISE_ASKED,
  SNAC_ICBM_TO_CLIENT,
  SNAC_ICBM_TO_HOST,
} from '../wire/snac-types.ts';
import { findTlv } from '../wire/tlv.ts';

export interface Grant {
  readonly type: number;
  readonly body: Uint8Array;
}

/** The answer to a SNAC that asks for leave. @returns undefined for any other, and for one that cannot be read */
export function grantFor(snac: Snac, address: string): Grant | undefined {
  try {
    if (snac.type === SNAC_AUTHORISE_ASKED)
      return { type: SNAC_AUTHORISE_ANSWER, body: encodeGrant(decodeAsking(snac.body).name) };
    if (snac.type !== SNAC_ICBM_TO_CLIENT || !isUin(address)) return undefined;
    const { cookie, channel, sender, list } = decodeIcbmToClient(snac.body);
    const data = findTlv(list.tlvs, TLV_DATA);
    if (channel !== ICBM_OLD_ICQ || data === undefined || !isUin(sender.name)) return undefined;
    if (decodeOldIcqMessage(data).type !== ICQ_AUTH_REQUEST) return undefined;
    const granted = encodeOldIcqMessage(Number(address), ICQ_AUTH_GRANTED, new Uint8Array(0));
    const body = encodeIcbmToHost({ cookie, channel: ICBM_OLD_ICQ }, sender.name, [encodeData(granted)]);
    return { type: SNAC_ICBM_TO_HOST, body };
  } catch (error) {
    if (!isSundewError(error)) throw error;
    return undefined; // the capture says that it cannot be read
  }
}
