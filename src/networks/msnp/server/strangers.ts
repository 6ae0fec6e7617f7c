// Strangers of the range: they need no account, open a conversation, say or offer something, and leave.
import { setTimeout as sleep } from 'node:timers/promises';
import { takeFrames } from '../wire/frame.ts';
import { FileSender, type OfferedFile, type OfferOutcome } from './file-sender.ts';
import { enter, findUser, leave, openRoom, type Party, type Room, relay, ring, type World } from './world.ts';

const JOIN_MS = 5_000;
/** For an answer to an offer, and for all of the file. */
const OFFER_MS = 5_000;
const LIMITS = { from: 'server', maxPayload: 8192 } as const;

/** Someone of the range, who needs no account. */
export interface Stranger {
  readonly address: string;
  readonly name: string;
}

interface Meeting {
  readonly room: Room;
  readonly party: Party;
}

/** Opens a conversation. @returns undefined when the account did not come; the room is left again */
async function meet(
  world: World,
  from: Stranger,
  to: string,
  hear: (payload: Uint8Array) => void,
): Promise<Meeting | undefined> {
  const user = findUser(world, to);
  if (user === undefined) return undefined;
  const joined = Promise.withResolvers<boolean>();
  const party: Party = {
    ...from,
    write: (bytes) => {
      const { frames } = takeFrames(new Uint8Array(), bytes, LIMITS);
      for (const { command, payload } of frames) {
        if (command === 'JOI') joined.resolve(true);
        if (command === 'MSG' && payload !== undefined) hear(payload);
      }
    },
    close: () => undefined,
  };
  const room = openRoom(world);
  enter(room, party);
  if (ring(world, room, party, user) && (await within(joined.promise, JOIN_MS, false))) return { room, party };
  leave(world, room, party);
  return undefined;
}

/** Says these payloads and leaves. @returns false when the account did not come */
export async function visit(
  world: World,
  from: Stranger,
  to: string,
  payloads: readonly Uint8Array[],
  said: Uint8Array[],
): Promise<boolean> {
  const meeting = await meet(world, from, to, (payload) => said.push(payload));
  if (meeting === undefined) return false;
  for (const payload of payloads) relay(meeting.room, meeting.party, payload);
  leave(world, meeting.room, meeting.party);
  return true;
}

/** Offers a file, and hands it over when it is taken up. */
export async function offerFile(
  world: World,
  { from, to, file, said }: { from: Stranger; to: string; file: OfferedFile; said: Uint8Array[] },
): Promise<OfferOutcome | 'unanswered'> {
  let sender: FileSender | undefined;
  const meeting = await meet(world, from, to, (payload) => {
    said.push(payload);
    sender?.hear(payload);
  });
  if (meeting === undefined) return 'unanswered';
  const { room, party } = meeting;
  sender = new FileSender({ from: from.address, to, file, say: (payload) => relay(room, party, payload) });
  sender.offer();
  const outcome = await within<OfferOutcome | 'unanswered'>(sender.outcome, OFFER_MS, 'unanswered');
  await sender.stop();
  leave(world, room, party);
  return outcome;
}

async function within<T>(promise: Promise<T>, ms: number, otherwise: T): Promise<T> {
  const over = new AbortController();
  const late = sleep(ms, otherwise, { signal: over.signal, ref: false }).catch(() => otherwise); // the other one came first
  try {
    return await Promise.race([promise, late]);
  } finally {
    over.abort();
  }
}
