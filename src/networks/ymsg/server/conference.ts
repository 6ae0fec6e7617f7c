// Conferences on the range's Yahoo server: invited, joined, declined, left, said.
import { textOf, textsOf } from '../wire/fields.ts';
import { type Pair, pair } from '../wire/pairs.ts';
import { SERVICE } from '../wire/services.ts';
import { deliver, type User, type World } from './world.ts';

const MAX_ROOMS = 500;
const MAX_INVITED = 50;

type Step = (world: World, user: User, id: string, pairs: readonly Pair[]) => undefined;

const textPairs = (pairs: readonly Pair[], ...keys: readonly number[]): readonly Pair[] =>
  pairs.filter(({ key }) => keys.includes(key));

/** The members of a room, which is made when there is place for one more. */
function membersOf(world: World, room: string): Set<string> {
  const members = world.rooms.get(room) ?? new Set<string>();
  if (world.rooms.size < MAX_ROOMS) world.rooms.set(room, members);
  return members;
}

export const invite: Step = (world, _user, id, pairs) => {
  const room = textOf(pairs, 57);
  if (room === undefined) return;
  const members = membersOf(world, room);
  members.add(id);
  const invited = [...textsOf(pairs, 52, MAX_INVITED), ...(textOf(pairs, 51)?.split(',', MAX_INVITED) ?? [])];
  for (const to of invited.filter((name) => name !== '')) {
    const shown = [
      pair(1, to),
      pair(57, room),
      pair(50, id),
      ...textPairs(pairs, 58),
      ...invited.map((name) => pair(52, name)),
      ...[...members].map((name) => pair(53, name)),
      ...textPairs(pairs, 97),
      pair(13, textOf(pairs, 13) ?? '0'),
    ];
    deliver(world, to, { service: SERVICE.CONFERENCE_INVITE, pairs: shown });
  }
};

export const join: Step = (world, _user, id, pairs) => {
  const room = textOf(pairs, 57);
  if (room === undefined) return;
  const members = membersOf(world, room);
  for (const to of members) {
    deliver(world, to, { service: SERVICE.CONFERENCE_LOGON, pairs: [pair(1, to), pair(57, room), pair(53, id)] });
  }
  members.add(id);
};

export const decline: Step = (world, _user, id, pairs) => {
  const room = textOf(pairs, 57);
  if (room === undefined) return;
  for (const to of textsOf(pairs, 3, MAX_INVITED)) {
    const told = [pair(1, to), pair(57, room), pair(54, id), ...textPairs(pairs, 14)];
    deliver(world, to, { service: SERVICE.CONFERENCE_DECLINE, pairs: told });
  }
};

export const leave: Step = (world, _user, id, pairs) => {
  const room = textOf(pairs, 57);
  const members = room === undefined ? undefined : world.rooms.get(room);
  if (room === undefined || members?.delete(id) !== true) return;
  if (members.size === 0) world.rooms.delete(room);
  for (const to of members) {
    deliver(world, to, { service: SERVICE.CONFERENCE_LOGOFF, pairs: [pair(1, to), pair(57, room), pair(56, id)] });
  }
};

export const say: Step = (world, _user, id, pairs) => {
  const room = textOf(pairs, 57);
  const members = room === undefined ? undefined : world.rooms.get(room);
  if (room === undefined || members?.has(id) !== true) return;
  for (const to of members) {
    if (to === id) continue;
    const said = [pair(1, to), pair(57, room), pair(3, id), ...textPairs(pairs, 14, 97)];
    deliver(world, to, { service: SERVICE.CONFERENCE_MESSAGE, pairs: said });
  }
};
