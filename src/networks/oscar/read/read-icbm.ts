// Messages of ICBM channels 1, 2 and 4 as captures.
import { hash } from 'node:crypto';
import { isSundewError } from '../../../core/error.ts';
import { hexOf, u32Of } from '../wire/fields.ts';
import { looksLikeHtml, textOfHtml } from '../wire/html.ts';
import {
  decodeIcbmToClient,
  ICBM_MESSAGE,
  ICBM_OLD_ICQ,
  ICBM_RENDEZVOUS,
  type IcbmToClient,
  TLV_AUTO_RESPONSE,
  TLV_DATA,
  TLV_MESSAGE,
  TLV_SENT_AT,
  TLV_STORE,
} from '../wire/icbm.ts';
import { decodeOldIcqMessage } from '../wire/icq-message.ts';
import { decodeMessageBlock } from '../wire/message-block.ts';
import { isUin, normaliseScreenName } from '../wire/screen-name.ts';
import { findTlv } from '../wire/tlv.ts';
import { unixTime } from '../wire/user-info.ts';
import { readIcqMessage } from './read-icq.ts';
import { readRendezvous } from './read-rendezvous.ts';
import { type Draft, draftFrom, malformed, withText } from './reading.ts';
import { dangerousLink } from './vulnerability.ts';

/** Reads (04,07). @throws SundewError WIRE_* when not even the sender can be read */
export function readIcbm(body: Uint8Array): Draft {
  const icbm = decodeIcbmToClient(body);
  const base = draftFrom('unknown', icbm.sender, { channel: icbm.channel, cookie: hexOf(icbm.cookie) });
  let draft: Draft;
  try {
    draft = stored(readChannel(icbm, base), icbm);
  } catch (error) {
    if (!isSundewError(error)) throw error;
    draft = malformed(base, error.message);
  }
  return icbm.list.truncated === undefined ? draft : malformed(draft, 'a TLV says it is longer than its message');
}

function readChannel(icbm: IcbmToClient, base: Draft): Draft {
  const data = findTlv(icbm.list.tlvs, TLV_DATA);
  switch (icbm.channel) {
    case ICBM_MESSAGE:
      return readInstantMessage(icbm, base);
    case ICBM_RENDEZVOUS:
      return data === undefined ? malformed(base, 'rendezvous without its block') : readRendezvous(data, icbm, base);
    case ICBM_OLD_ICQ: {
      if (data === undefined) return malformed(base, 'ICQ message without its block');
      const message = decodeOldIcqMessage(data);
      const inner = String(message.uin);
      // The number inside is the sender's own claim; the server vouches for the one outside only.
      const claimed = inner === normaliseScreenName(icbm.sender.name) ? {} : { claimedUin: inner };
      return readIcqMessage(message, { ...base, meta: { ...base.meta, ...claimed } });
    }
    default:
      return base;
  }
}

function readInstantMessage(icbm: IcbmToClient, base: Draft): Draft {
  const block = findTlv(icbm.list.tlvs, TLV_MESSAGE);
  if (block === undefined) return malformed(base, 'instant message without its text');
  const { text, charset } = decodeMessageBlock(block, isUin(icbm.sender.name));
  const automatic = findTlv(icbm.list.tlvs, TLV_AUTO_RESPONSE) !== undefined;
  const hole = dangerousLink(text);
  const draft: Draft = {
    ...base,
    kind: automatic ? 'backscatter' : 'message',
    meta: {
      ...base.meta,
      charset,
      ...(automatic ? { automatic } : {}),
      ...hole,
    },
  };
  if (!looksLikeHtml(text)) return withText(draft, text);
  return { ...withText(draft, textOfHtml(text)), html: text };
}

/**
 * What waited at the server carries its time, and a name of its own, so that a second delivery is the same capture.
 * Live messages have none: a cookie is the sender's choice, and one that repeats it must not be hidden by it.
 */
function stored(draft: Draft, icbm: IcbmToClient): Draft {
  const seconds = u32Of(findTlv(icbm.list.tlvs, TLV_SENT_AT));
  if (seconds === undefined) {
    return findTlv(icbm.list.tlvs, TLV_STORE) === undefined
      ? draft
      : { ...draft, meta: { ...draft.meta, offline: true } };
  }
  const sentAt = unixTime(seconds);
  const content = hash('sha256', `${hexOf(icbm.cookie)} ${draft.text ?? ''} ${draft.html ?? ''}`, 'hex').slice(0, 32);
  return {
    ...draft,
    sentAt,
    native: `stored:${draft.peer.id.slice(0, 100)}:${sentAt}:${content}`,
    meta: { ...draft.meta, offline: true },
  };
}
