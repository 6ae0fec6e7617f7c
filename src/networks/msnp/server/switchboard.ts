// The range's switchboards: rooms that clients call each other into.
import { encodeFrame, type MsnpFrame } from '../wire/frame.ts';
import { MAX_MESSAGE_BYTES } from '../wire/message.ts';
import { decodePercent, encodePercent } from '../wire/percent.ts';
import { enter, findUser, leave, openRoom, type Party, type Room, relay, ring, type World } from './world.ts';

export interface SwitchboardSession {
  party: Party | undefined;
  room: Room | undefined;
  write(frame: Uint8Array): void;
  close(): void;
}

/** Obeys one command; before `USR` or `ANS` with a key there is nothing to obey. */
export function obeySwitchboard(world: World, session: SwitchboardSession, frame: MsnpFrame): void {
  const [transaction = '0', first = '', second = ''] = frame.args;
  const { party, room } = session;
  if (frame.command === 'USR' || frame.command === 'ANS') {
    admit(world, session, frame, transaction, second);
  } else if (party === undefined || room === undefined || frame.command === 'OUT') {
    session.close();
  } else if (frame.command === 'CAL') {
    const to = findUser(world, decodePercent(first));
    if (to === undefined) session.write(encodeFrame('208', [transaction]));
    else if (ring(world, room, party, to)) session.write(encodeFrame('CAL', [transaction, 'RINGING', room.id]));
    else session.write(encodeFrame('217', [transaction]));
  } else if (frame.command === 'MSG') {
    say(session, party, room, frame);
  }
}

function admit(world: World, session: SwitchboardSession, frame: MsnpFrame, transaction: string, cookie: string): void {
  const key = world.cookies.get(cookie);
  world.cookies.delete(cookie);
  const address = decodePercent(frame.args[1] ?? '').toLowerCase();
  const right = key !== undefined && session.party === undefined && key.user.address.toLowerCase() === address;
  if (!right || (frame.command === 'ANS') !== (key.room !== undefined)) {
    session.write(encodeFrame('911', [transaction]));
    session.close();
    return;
  }
  const { user, room = openRoom(world) } = key;
  const party: Party = { address: user.address, name: user.name, write: session.write, close: session.close };
  session.party = party;
  session.room = room;
  if (frame.command === 'ANS') {
    const others = [...room.parties];
    for (const [at, other] of others.entries()) {
      const words = [transaction, at + 1, others.length, other.address, encodePercent(other.name)];
      session.write(encodeFrame('IRO', words));
    }
    session.write(encodeFrame('ANS', [transaction, 'OK']));
  } else {
    session.write(encodeFrame('USR', [transaction, 'OK', user.address, encodePercent(user.name)]));
  }
  enter(room, party);
}

function say(session: SwitchboardSession, party: Party, room: Room, frame: MsnpFrame): void {
  const [transaction = '0', wanted = 'U'] = frame.args;
  const payload = frame.payload ?? new Uint8Array();
  // As the private servers do: too long, or P2P with an acknowledgement other than D, ends the connection.
  const p2p = Buffer.from(payload).includes('application/x-msnmsgrp2p');
  if (payload.length > MAX_MESSAGE_BYTES || (p2p && wanted !== 'D')) {
    session.close();
    return;
  }
  const heard = relay(room, party, payload);
  if (heard && 'AD'.includes(wanted)) session.write(encodeFrame('ACK', [transaction]));
  if (!heard && 'AN'.includes(wanted)) session.write(encodeFrame('NAK', [transaction]));
}

export function endSwitchboard(world: World, session: SwitchboardSession): void {
  if (session.party !== undefined && session.room !== undefined) leave(world, session.room, session.party);
}
