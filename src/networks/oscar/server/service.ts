// Families 01, 02, 09 and 15 in the range: start-up, profiles, and an error for what it does not know.
import { ByteReader, concatBytes } from '../../../core/bytes.ts';
import { takeString8, u16 } from '../wire/fields.ts';
import { encodeOfflineEnd, readIcqCommand } from '../wire/icq-message.ts';
import { encodeRateInfo, type RateInfo } from '../wire/rates.ts';
import { screenNameText } from '../wire/screen-name.ts';
import { familyOf, type Snac } from '../wire/snac.ts';
import {
  SNAC_BUDDY_RIGHTS,
  SNAC_BUDDY_RIGHTS_REQUEST,
  SNAC_CLIENT_ONLINE,
  SNAC_CLIENT_VERSIONS,
  SNAC_HOST_VERSIONS,
  SNAC_ICBM_TO_HOST,
  SNAC_ICQ_TO_CLIENT,
  SNAC_ICQ_TO_HOST,
  SNAC_IDLE,
  SNAC_LOCATE_RIGHTS,
  SNAC_LOCATE_RIGHTS_REQUEST,
  SNAC_PERMIT_RIGHTS,
  SNAC_PERMIT_RIGHTS_REQUEST,
  SNAC_PROBE,
  SNAC_PROBE_REPLY,
  SNAC_RATE_INFO,
  SNAC_RATE_REQUEST,
  SNAC_RATE_SUBSCRIBE,
  SNAC_SELF_INFO,
  SNAC_SELF_INFO_REQUEST,
  SNAC_SET_INFO,
  SNAC_SET_STATUS,
  SNAC_USER_INFO,
  SNAC_USER_INFO_REQUEST,
} from '../wire/snac-types.ts';
import { decodeTlvs, encodeTlvs, findTlv } from '../wire/tlv.ts';
import { announce, serveLists } from './lists.ts';
import { serveMessages } from './messages.ts';
import { infoOf, onlineOf, type Session, type World } from './world.ts';

export const SERVED_FAMILIES: readonly number[] = [0x01, 0x02, 0x03, 0x04, 0x09, 0x13, 0x15];
const ERROR_UNKNOWN_SNAC = 1;
const ERROR_NOT_ON = 4;
const ERROR_MALFORMED = 0x0e;

/** Classes 1 and 3 of Open OSCAR Server; the range tells them and forgives. */
const RATES: RateInfo = {
  classes: [
    { id: 1, window: 80, clear: 2500, alert: 2000, limit: 1500, disconnect: 800, current: 6000, max: 6000 },
    { id: 3, window: 20, clear: 5100, alert: 5000, limit: 4000, disconnect: 3000, current: 6000, max: 6000 },
  ],
  members: new Map([
    [SNAC_CLIENT_ONLINE, 1],
    [SNAC_USER_INFO_REQUEST, 3],
    [SNAC_ICBM_TO_HOST, 3],
  ]),
};

/** Serves one SNAC of a session. @throws SundewError WIRE_* for what cannot be read */
export function serve(world: World, session: Session, snac: Snac): void {
  if (serveStart(world, session, snac) || serveMessages(world, session, snac) || serveLists(world, session, snac))
    return;
  if (serveProfile(world, session, snac) || serveIcq(session, snac)) return;
  fail(session, snac, ERROR_UNKNOWN_SNAC);
}

export const failMalformed = (session: Session, snac: Snac): undefined => fail(session, snac, ERROR_MALFORMED);

function fail(session: Session, snac: Snac, code: number): undefined {
  session.send(((familyOf(snac.type) << 16) | 1) >>> 0, u16(code), snac.requestId);
  return undefined;
}

function serveStart(world: World, session: Session, snac: Snac): boolean {
  const { requestId } = snac;
  switch (snac.type) {
    case SNAC_CLIENT_VERSIONS:
      session.send(
        SNAC_HOST_VERSIONS,
        concatBytes(SERVED_FAMILIES.flatMap((family) => [u16(family), u16(family === 1 ? 4 : 1)])),
        requestId,
      );
      return true;
    case SNAC_RATE_REQUEST:
      session.send(SNAC_RATE_INFO, encodeRateInfo(RATES, true), requestId);
      return true;
    case SNAC_SELF_INFO_REQUEST:
      session.send(SNAC_SELF_INFO, infoOf(session), requestId);
      return true;
    case SNAC_PROBE:
      session.send(SNAC_PROBE_REPLY, snac.body, requestId);
      return true;
    case SNAC_CLIENT_ONLINE:
      if (!session.online) {
        session.online = true;
        announce(world, session);
      }
      return true;
    case SNAC_RATE_SUBSCRIBE:
    case SNAC_SET_STATUS:
    case SNAC_IDLE:
      return true;
    default:
      return false;
  }
}

function serveProfile(world: World, session: Session, snac: Snac): boolean {
  const { requestId } = snac;
  switch (snac.type) {
    case SNAC_LOCATE_RIGHTS_REQUEST:
      session.send(
        SNAC_LOCATE_RIGHTS,
        encodeTlvs([
          { type: 1, value: u16(1024) },
          { type: 2, value: u16(32) },
        ]),
        requestId,
      );
      return true;
    case SNAC_BUDDY_RIGHTS_REQUEST:
      session.send(
        SNAC_BUDDY_RIGHTS,
        encodeTlvs([
          { type: 1, value: u16(500) },
          { type: 2, value: u16(500) },
        ]),
        requestId,
      );
      return true;
    case SNAC_PERMIT_RIGHTS_REQUEST:
      session.send(
        SNAC_PERMIT_RIGHTS,
        encodeTlvs([
          { type: 1, value: u16(200) },
          { type: 2, value: u16(200) },
        ]),
        requestId,
      );
      return true;
    case SNAC_SET_INFO: {
      const { tlvs } = decodeTlvs(snac.body);
      session.capabilities = Uint8Array.from(findTlv(tlvs, 5) ?? session.capabilities);
      session.profile = tlvs
        .filter(({ type }) => type >= 1 && type <= 4)
        .map(({ type, value }) => ({ type, value: Uint8Array.from(value) }));
      return true;
    }
    case SNAC_USER_INFO_REQUEST: {
      const reader = new ByteReader(snac.body);
      reader.u16();
      const [asked] = onlineOf(world, screenNameText(takeString8(reader)));
      if (asked === undefined) fail(session, snac, ERROR_NOT_ON);
      else session.send(SNAC_USER_INFO, concatBytes([infoOf(asked), encodeTlvs(asked.profile)]), requestId);
      return true;
    }
    default:
      return false;
  }
}

/** Stored messages are handed over by family 04; here is the end of an empty list. */
function serveIcq(session: Session, snac: Snac): boolean {
  if (snac.type !== SNAC_ICQ_TO_HOST) return false;
  const command = readIcqCommand(findTlv(decodeTlvs(snac.body).tlvs, 1));
  if (command === 'request')
    session.send(SNAC_ICQ_TO_CLIENT, encodeOfflineEnd(Number(session.account.name)), snac.requestId);
  return command !== undefined;
}
