// What a signed-on client may do on the range's Yahoo server. The sender is always the one who signed on.
import { textOf, textsOf } from '../wire/fields.ts';
import type { Packet } from '../wire/packet.ts';
import { decodePairs, type Pair, pair } from '../wire/pairs.ts';
import { SERVICE, STATUS } from '../wire/services.ts';
import * as conference from './conference.ts';
import { adoptVersion, challenge, checkAnswer, sayPing } from './sign-on.ts';
import { deliver, type Parcel, signOff, tell, tellWatchers, timePair, type User, type World } from './world.ts';

const MAX_TARGETS = 50;
const MAX_BUDDIES = 200;
/** Handed on as they are, with the sender's name put in. */
const RELAYED: readonly number[] = [
  SERVICE.NOTIFY,
  SERVICE.FILE_TRANSFER,
  SERVICE.P2P_FILE,
  SERVICE.PEER_TO_PEER,
  SERVICE.VOICE_CHAT,
  SERVICE.WEBCAM,
  SERVICE.PICTURE,
  SERVICE.PICTURE_UPDATE,
  SERVICE.AUDIBLE,
  SERVICE.FILE_OFFER_15,
  SERVICE.FILE_INFO_15,
  SERVICE.FILE_ACCEPT_15,
];

export type Command = (world: World, user: User, id: string, pairs: readonly Pair[], packet: Packet) => undefined;

/** Carries out one packet of a client. @throws SundewError WIRE_MALFORMED, WIRE_TOO_LARGE */
export function takePacketOf(world: World, user: User, packet: Packet): undefined {
  const { pairs } = decodePairs(packet.body);
  switch (packet.service) {
    case SERVICE.HANDSHAKE:
      adoptVersion(user, packet);
      return tell(user, { service: SERVICE.HANDSHAKE });
    case SERVICE.AUTH:
      adoptVersion(user, packet);
      return challenge(user, pairs);
    case SERVICE.AUTH_RESPONSE:
      return checkAnswer(world, user, pairs);
    default:
  }
  const { id } = user;
  if (id === undefined) return user.close();
  if (RELAYED.includes(packet.service)) return relay(world, user, id, pairs, packet);
  return COMMANDS.get(packet.service)?.(world, user, id, pairs, packet);
}

const message: Command = (world, _user, id, pairs) => {
  for (const to of textsOf(pairs, 5, MAX_TARGETS)) {
    const at = timePair(world);
    const said = pairs.filter(({ key }) => [14, 63, 64, 97, 206, 429].includes(key));
    const offline = [pair(31, '6'), pair(32, '6'), pair(4, id), pair(5, to), ...onlyText(pairs), at];
    deliver(
      world,
      to,
      { service: SERVICE.MESSAGE, pairs: [pair(5, to), pair(4, id), ...said, at] },
      { service: SERVICE.MESSAGE, status: STATUS.OFFLINE_OR_MORE, pairs: offline },
    );
  }
};

const onlyText = (pairs: readonly Pair[]): readonly Pair[] => pairs.filter(({ key }) => key === 14 || key === 97);

const relay: Command = (world, _user, id, pairs, packet) => {
  const to = textOf(pairs, 5);
  if (to === undefined) return;
  const rest = pairs.filter(({ key }) => ![1, 4, 5].includes(key));
  deliver(world, to, { service: packet.service, pairs: [pair(5, to), pair(4, id), ...rest] });
};

const addBuddy: Command = (world, user, id, pairs) => {
  const who = textOf(pairs, 7)?.toLowerCase() ?? '';
  const group = textOf(pairs, 65) ?? 'Friends';
  const pending = isAsked(world.online.get(who)?.version ?? 0);
  const answer = (code: number): undefined => {
    // Key 223: whether the other one is still to be asked (seen in OpenYMSG, which stumbles without).
    const waits = isAsked(user.version) ? [pair(223, pending ? '1' : '0')] : [];
    const pairs = [pair(1, id), pair(66, code), pair(7, who), pair(65, group), ...waits];
    tell(user, { service: SERVICE.ADD_BUDDY, pairs });
  };
  const watchers = world.watchers.get(who) ?? new Set<string>();
  if (watchers.has(id)) return answer(2);
  if (watchers.size >= MAX_BUDDIES) return answer(6);
  const request = addRequest(id, who, pairs, timePair(world));
  if (!deliver(world, who, request, request)) return answer(3);
  // Who cannot be asked is watched at once, as on the service of old.
  if (!pending) world.watchers.set(who, watchers.add(id));
  return answer(0);
};

/** From version 13 on an add waits for its answer (0xD6). */
const isAsked = (version: number): boolean => version >= 13;

function addRequest(id: string, who: string, pairs: readonly Pair[], at: Pair): Parcel {
  const said = onlyText(pairs);
  const names = pairs.filter(({ key }) => key === 216 || key === 254);
  return (version) =>
    isAsked(version)
      ? {
          service: SERVICE.AUTHORISATION,
          status: STATUS.ADD_REQUEST,
          pairs: [pair(4, id), pair(5, who), ...said, ...names, pair(241, '0'), at],
        }
      : { service: SERVICE.NEW_CONTACT, status: STATUS.ADD_REQUEST, pairs: [pair(1, who), pair(3, id), ...said, at] };
}

/** 0xD6 of a client: key 13 grants (1) or denies (2) what key 5 asked for. */
const answerAdd: Command = (world, user, id, pairs) => {
  const who = textOf(pairs, 5)?.toLowerCase() ?? '';
  const granted = textOf(pairs, 13) === '1';
  if (!granted) return deny(world, id, who, pairs);
  const watchers = world.watchers.get(id) ?? new Set<string>();
  if (watchers.size >= MAX_BUDDIES) return;
  world.watchers.set(id, watchers.add(who));
  const told = [pair(4, id), pair(5, who), pair(13, '1'), pair(241, '0')];
  if (isAsked(world.online.get(who)?.version ?? 0))
    deliver(world, who, { service: SERVICE.AUTHORISATION, pairs: told });
  if (world.online.get(id) === user) tellWatchers(world, id, true);
};

function deny(world: World, id: string, who: string, pairs: readonly Pair[]): undefined {
  world.watchers.get(id)?.delete(who);
  deliver(world, who, (version) =>
    isAsked(version)
      ? { service: SERVICE.AUTHORISATION, pairs: [pair(4, id), pair(5, who), pair(13, '2'), ...onlyText(pairs)] }
      : {
          service: SERVICE.NEW_CONTACT,
          status: STATUS.ADD_DENIED,
          pairs: [pair(1, who), pair(3, id), ...onlyText(pairs)],
        },
  );
}

const removeBuddy: Command = (world, user, id, pairs) => {
  const who = textOf(pairs, 7)?.toLowerCase() ?? '';
  world.watchers.get(who)?.delete(id);
  tell(user, { service: SERVICE.REMOVE_BUDDY, pairs: [pair(1, id), pair(66, '0'), pair(7, who)] });
};

const rejectContact: Command = (world, _user, id, pairs) => {
  deny(world, id, textOf(pairs, 7)?.toLowerCase() ?? '', pairs);
};

const chatInvite: Command = (world, _user, id, pairs) => {
  const to = textOf(pairs, 118);
  if (to === undefined) return;
  const rest = pairs.filter(({ key }) => [104, 117, 129, 97].includes(key));
  deliver(world, to, { service: SERVICE.CHAT_INVITE, pairs: [pair(118, to), pair(119, id), ...rest] });
};

const setStatus: Command = (world, _user, id) => tellWatchers(world, id, true);

const keepAlive: Command = (_world, user, id) => tell(user, { service: SERVICE.KEEP_ALIVE, pairs: [pair(1, id)] });

const logOff: Command = (world, user) => {
  signOff(world, user);
  user.close();
};

const COMMANDS: ReadonlyMap<number, Command> = new Map<number, Command>([
  [SERVICE.MESSAGE, message],
  [SERVICE.MASS_MESSAGE, message],
  [SERVICE.ADD_BUDDY, addBuddy],
  [SERVICE.REMOVE_BUDDY, removeBuddy],
  [SERVICE.REJECT_CONTACT, rejectContact],
  [SERVICE.AUTHORISATION, answerAdd],
  [SERVICE.CHAT_INVITE, chatInvite],
  [SERVICE.CONFERENCE_INVITE, conference.invite],
  [SERVICE.CONFERENCE_ADD_INVITE, conference.invite],
  [SERVICE.CONFERENCE_LOGON, conference.join],
  [SERVICE.CONFERENCE_DECLINE, conference.decline],
  [SERVICE.CONFERENCE_LOGOFF, conference.leave],
  [SERVICE.CONFERENCE_MESSAGE, conference.say],
  [SERVICE.IS_AWAY, setStatus],
  [SERVICE.IS_BACK, setStatus],
  [SERVICE.KEEP_ALIVE, keepAlive],
  [SERVICE.PING, (_world, user) => sayPing(user)],
  [SERVICE.LOGOFF, logOff],
]);
