// The range's rendezvous proxy (ARS): the first client makes a place, the second comes to it by its PIN, then bytes pass.
import type { Socket } from 'node:net';
import { isSundewError } from '../../../core/error.ts';
import { type LoopbackListener, listenOnLoopback } from '../../server.ts';
import {
  ARS_CREATE,
  ARS_CREATED,
  ARS_ERROR,
  ARS_JOIN,
  ARS_READY,
  type ArsFrame,
  decodeArsCreate,
  decodeArsJoin,
  encodeArsCreated,
  encodeArsFrame,
  takeArsFrame,
} from '../wire/ars.ts';
import { hexOf, u16 } from '../wire/fields.ts';

const MAX_CLIENTS = 200;
const MAX_PIN = 0xffff;
/** From the connection to the two having met. */
const MEETING_MS = 60_000;
const ERROR_BAD_REQUEST = 0x0d;
const HERE = Uint8Array.of(127, 0, 0, 1);
const NOTHING = new Uint8Array(0);

interface Place {
  readonly cookie: string;
  readonly socket: Socket;
}

/** Listens on 127.0.0.1. */
export async function startRendezvousProxy(port: number): Promise<LoopbackListener> {
  const places = new Map<number, Place>();
  let lastPin = 0;
  const freePin = (): number => {
    do lastPin = (lastPin % MAX_PIN) + 1;
    while (places.has(lastPin));
    return lastPin;
  };
  const create = (socket: Socket, { payload }: ArsFrame): void => {
    const pin = freePin();
    places.set(pin, { cookie: hexOf(decodeArsCreate(payload).cookie), socket });
    socket.on('close', () => places.delete(pin));
    say(socket, ARS_CREATED, encodeArsCreated(pin, HERE));
  };
  const join = (socket: Socket, { payload }: ArsFrame, rest: Uint8Array): void => {
    const { pin, cookie } = decodeArsJoin(payload);
    const place = places.get(pin);
    if (place === undefined || place.cookie !== hexOf(cookie)) {
      refuse(socket);
      return;
    }
    places.delete(pin);
    meet(place.socket, socket, rest);
  };
  return await listenOnLoopback({ port, maxClients: MAX_CLIENTS, noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    socket.setTimeout(MEETING_MS, () => socket.destroy());
    let buffer: Uint8Array = NOTHING;
    const take = (chunk: Uint8Array): void => {
      try {
        buffer = Buffer.concat([buffer, chunk]);
        const taken = takeArsFrame(buffer);
        if (taken === undefined) return;
        buffer = NOTHING;
        socket.off('data', take);
        if (taken.frame.type === ARS_CREATE) create(socket, taken.frame);
        else if (taken.frame.type === ARS_JOIN) join(socket, taken.frame, taken.rest);
        else refuse(socket);
      } catch (error) {
        if (!isSundewError(error)) throw error;
        refuse(socket);
      }
    };
    socket.on('data', take);
  });
}

function say(socket: Socket, type: number, payload: Uint8Array): void {
  socket.write(encodeArsFrame({ type, payload }));
}

function refuse(socket: Socket): void {
  say(socket, ARS_ERROR, u16(ERROR_BAD_REQUEST));
  socket.end();
}

/** Each is told, then hears what the other says. */
function meet(first: Socket, second: Socket, said: Uint8Array): void {
  for (const socket of [first, second]) say(socket, ARS_READY, NOTHING);
  first.write(said);
  first.pipe(second);
  second.pipe(first);
  first.on('close', () => second.destroy());
  second.on('close', () => first.destroy());
}
