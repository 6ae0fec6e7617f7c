// A sender on a socket, for tests.
import { connect, type Socket } from 'node:net';
import { SametimeSender, type SametimeSenderOptions } from '../sender.ts';

export interface Stranger {
  readonly sender: SametimeSender;
  readonly socket: Socket;
  close(): void;
}

/** Connects and signs on. */
export async function openStranger(port: number, options: Omit<SametimeSenderOptions, 'write'>): Promise<Stranger> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined); // the test sees what it waits for or does not
  const sender = new SametimeSender({ ...options, write: (frame) => void socket.write(frame) });
  socket.on('data', (chunk) => sender.feed(chunk));
  await sender.start();
  return { sender, socket, close: () => socket.destroy() };
}
