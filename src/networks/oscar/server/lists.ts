// Families 03 and 13 in the range: lists kept for their owners, who is on, and asking for leave.
import { ByteReader, concatBytes } from '../../../core/bytes.ts';
import {
  decodeAsking,
  decodeAuthoriseAnswer,
  decodeFeedbagItems,
  encodeAsking,
  encodeFeedbagList,
  FEEDBAG_BUDDY,
  FEEDBAG_VERSION_BLOCK,
  type FeedbagItem,
} from '../wire/feedbag.ts';
import { string8, takeString8, u16 } from '../wire/fields.ts';
import { isUin, normaliseScreenName } from '../wire/screen-name.ts';
import type { Snac } from '../wire/snac.ts';
import {
  SNAC_ADDED_YOU,
  SNAC_AUTHORISE_ANSWER,
  SNAC_AUTHORISE_ANSWERED,
  SNAC_AUTHORISE_ASKED,
  SNAC_AUTHORISE_REQUEST,
  SNAC_BUDDY_ARRIVED,
  SNAC_BUDDY_DEPARTED,
  SNAC_FEEDBAG_ACTIVATE,
  SNAC_FEEDBAG_DELETE,
  SNAC_FEEDBAG_END,
  SNAC_FEEDBAG_INSERT,
  SNAC_FEEDBAG_LIST,
  SNAC_FEEDBAG_REQUEST,
  SNAC_FEEDBAG_REQUEST_IF_NEWER,
  SNAC_FEEDBAG_RESULT,
  SNAC_FEEDBAG_RIGHTS,
  SNAC_FEEDBAG_RIGHTS_REQUEST,
  SNAC_FEEDBAG_START,
  SNAC_FEEDBAG_UPDATE,
} from '../wire/snac-types.ts';
import { decodeTlvs, encodeTlv, findTlv } from '../wire/tlv.ts';
import { encodeUserInfo } from '../wire/user-info.ts';
import {
  type Account,
  accountOf,
  infoOf,
  nowSeconds,
  onlineOf,
  type Session,
  type World,
  watchersOf,
} from './world.ts';

const MAX_ITEMS = 1000;
const RESULT_LIMIT = 0x0c;
const RESULT_ASK_FIRST = 0x0e;
/** A buddy that is on the list and whose leave is still awaited. */
const TLV_AWAITING = 0x66;
/** Names that may be given leave by one account. */
const MAX_GRANTED = 1000;

const FLAG_VERSION_BLOCK = 0x8000;

/** @returns false for what is not of these families @throws SundewError WIRE_* */
export function serveLists(world: World, session: Session, snac: Snac): boolean {
  switch (snac.type) {
    case SNAC_FEEDBAG_RIGHTS_REQUEST:
      session.send(
        SNAC_FEEDBAG_RIGHTS,
        encodeTlv(4, concatBytes(Array.from({ length: 21 }, () => u16(400)))),
        snac.requestId,
      );
      return true;
    case SNAC_FEEDBAG_REQUEST:
    case SNAC_FEEDBAG_REQUEST_IF_NEWER: {
      const { list, modified } = session.account;
      session.send(SNAC_FEEDBAG_LIST, encodeFeedbagList({ items: [...list.values()], modified }), snac.requestId);
      return true;
    }
    case SNAC_FEEDBAG_ACTIVATE:
    case SNAC_FEEDBAG_START:
    case SNAC_FEEDBAG_END:
      return true;
    case SNAC_FEEDBAG_INSERT:
    case SNAC_FEEDBAG_UPDATE:
    case SNAC_FEEDBAG_DELETE:
      edit(world, session, snac);
      return true;
    case SNAC_AUTHORISE_REQUEST:
      ask(world, session, snac);
      return true;
    case SNAC_AUTHORISE_ANSWER:
      answer(world, session, snac);
      return true;
    default:
      return false;
  }
}

const keyOf = (item: FeedbagItem): string => `${item.group}/${item.item}`;

function edit(world: World, session: Session, snac: Snac): void {
  const { account } = session;
  const results = decodeFeedbagItems(snac.body).map((item) => {
    if (snac.type === SNAC_FEEDBAG_DELETE) {
      account.list.delete(keyOf(item));
      return 0;
    }
    if (account.list.size >= MAX_ITEMS) return RESULT_LIMIT;
    if (mustAsk(world, account, item)) return RESULT_ASK_FIRST;
    const added = !account.list.has(keyOf(item)) && item.class === FEEDBAG_BUDDY;
    account.list.set(keyOf(item), { ...item, attributes: Uint8Array.from(item.attributes) });
    if (added) tellAdded(world, session, item.name);
    return 0;
  });
  account.modified = nowSeconds(world);
  session.send(SNAC_FEEDBAG_RESULT, concatBytes(results.map((result) => u16(result))), snac.requestId);
}

/** ICQ's rule: on a list only with leave, or as somebody whose leave is awaited. */
function mustAsk(world: World, account: Account, item: FeedbagItem): boolean {
  if (item.class !== FEEDBAG_BUDDY || findTlv(decodeTlvs(item.attributes).tlvs, TLV_AWAITING) !== undefined)
    return false;
  const wanted = accountOf(world, item.name);
  return wanted?.authorise === true && !wanted.granted.has(normaliseScreenName(account.name));
}

/** As Open OSCAR Server has it, only ICQ numbers are told that they were added. */
function tellAdded(world: World, session: Session, name: string): void {
  for (const added of onlineOf(world, name)) {
    session.send(SNAC_BUDDY_ARRIVED, infoOf(added));
    if (!isUin(name)) continue;
    const body = concatBytes([FEEDBAG_VERSION_BLOCK, string8(session.account.name), u16(0)]);
    added.send(SNAC_ADDED_YOU, body, 0, FLAG_VERSION_BLOCK);
  }
}

function ask(world: World, session: Session, snac: Snac): void {
  const { name, reason } = decodeAsking(snac.body);
  const body = concatBytes([FEEDBAG_VERSION_BLOCK, encodeAsking({ name: session.account.name, reason })]);
  for (const asked of onlineOf(world, name)) asked.send(SNAC_AUTHORISE_ASKED, body, 0, FLAG_VERSION_BLOCK);
}

function answer(world: World, session: Session, snac: Snac): void {
  const { name, granted } = decodeAuthoriseAnswer(snac.body);
  const { account } = session;
  if (granted && account.granted.size < MAX_GRANTED) account.granted.add(normaliseScreenName(name));
  const reader = new ByteReader(snac.body);
  takeString8(reader);
  const body = concatBytes([FEEDBAG_VERSION_BLOCK, string8(account.name), reader.take(reader.remaining)]);
  for (const asker of onlineOf(world, name)) asker.send(SNAC_AUTHORISE_ANSWERED, body, 0, FLAG_VERSION_BLOCK);
}

/** Tells whoever has the session's name on a list that it came. */
export function announce(world: World, session: Session): void {
  for (const watcher of watchersOf(world, session.account.name)) watcher.send(SNAC_BUDDY_ARRIVED, infoOf(session));
  for (const item of session.account.list.values()) {
    if (item.class !== FEEDBAG_BUDDY) continue;
    const [buddy] = onlineOf(world, item.name);
    if (buddy !== undefined) session.send(SNAC_BUDDY_ARRIVED, infoOf(buddy));
  }
}

/** Tells them that it went. */
export function withdraw(world: World, session: Session): void {
  if (onlineOf(world, session.account.name).length > 0) return;
  const info = encodeUserInfo(session.account.name, 0, []);
  for (const watcher of watchersOf(world, session.account.name)) watcher.send(SNAC_BUDDY_DEPARTED, info);
}
