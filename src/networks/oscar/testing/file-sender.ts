// For tests: a client that sends files over OFT2, listening for its receiver or meeting it at a proxy.
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import {
  ARS_CREATE,
  type ArsFrame,
  decodeArsCreated,
  encodeArsCreate,
  encodeArsFrame,
  takeArsFrame,
} from '../wire/ars.ts';
import { capabilityBytes } from '../wire/capability.ts';
import { u16 } from '../wire/fields.ts';
import { encodeOftHeader, OFT_ACKNOWLEDGE, type OftHeader, oftPrompt, takeOftHeader } from '../wire/oft.ts';
import { encodeFileOffer } from '../wire/service-data.ts';
import type { Tlv } from '../wire/tlv.ts';

export interface SentFile {
  readonly name: string;
  readonly content: Uint8Array;
  /** What the header says otherwise than the truth. */
  readonly over?: Partial<OftHeader>;
}

export interface FileSender {
  readonly port: number;
  /** TLVs of the offer. */
  readonly offer: readonly Tlv[];
  /** Headers that the receiver sent. */
  readonly heard: readonly OftHeader[];
  /** What came over each connection. */
  bytes(): readonly Buffer[];
  stop(): Promise<void>;
}

/** Says prompts and content, each when the receiver wants it. */
export function sendFiles(socket: Socket, files: readonly SentFile[], heard: OftHeader[]): void {
  const waiting = [...files];
  let buffer: Uint8Array = new Uint8Array(0);
  const prompt = (): void => {
    const [next] = waiting;
    if (next === undefined) return;
    const left = { files: files.length, filesLeft: waiting.length };
    socket.write(encodeOftHeader(oftPrompt(next.name, next.content, { ...left, ...next.over })));
  };
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (let taken = takeOftHeader(buffer); taken !== undefined; taken = takeOftHeader(buffer)) {
      buffer = taken.rest;
      heard.push(taken.header);
      if (taken.header.type === OFT_ACKNOWLEDGE) socket.write(waiting.shift()?.content ?? '');
      else prompt();
    }
  });
  prompt();
}

/** Makes a place at a proxy and sends the files to whoever comes; resolves with the TLVs of the offer. */
export async function sendByProxy(
  proxyPort: number,
  cookie: Uint8Array,
  files: readonly SentFile[],
): Promise<{ readonly offer: readonly Tlv[]; readonly heard: readonly OftHeader[]; close(): void }> {
  const heard: OftHeader[] = [];
  const socket = connect(proxyPort, '127.0.0.1');
  socket.on('error', () => undefined);
  const frame = async (): Promise<ArsFrame> => {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    const taken = takeArsFrame(chunk);
    if (taken === undefined) throw new Error('half a proxy frame');
    return taken.frame;
  };
  const place = { name: Buffer.from('wormy99'), cookie, capability: capabilityBytes('send-file') };
  socket.write(encodeArsFrame({ type: ARS_CREATE, payload: encodeArsCreate(place) }));
  const { pin, ip } = decodeArsCreated((await frame()).payload);
  void frame().then(
    () => sendFiles(socket, files, heard),
    () => socket.destroy(),
  );
  const size = files.reduce((sum, { content }) => sum + content.length, 0);
  return {
    offer: [
      { type: 0x0a, value: u16(1) },
      { type: 0x10, value: new Uint8Array(0) },
      { type: 0x02, value: ip },
      { type: 0x05, value: u16(pin) },
      { type: 0x2711, value: encodeFileOffer(files[0]?.name ?? '', size, files.length) },
    ],
    heard,
    close: () => socket.destroy(),
  };
}

/** Listens on this machine and offers the files. */
export async function openFileSender(
  files: readonly SentFile[],
  serve: (socket: Socket, heard: OftHeader[]) => void = (socket, heard) => sendFiles(socket, files, heard),
): Promise<FileSender> {
  const heard: OftHeader[] = [];
  const sockets = new Set<Socket>();
  const received: Buffer[][] = [];
  const server = createServer((socket) => {
    const chunks: Buffer[] = [];
    received.push(chunks);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    sockets.add(socket);
    socket.on('error', () => undefined);
    serve(socket, heard);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const size = files.reduce((sum, { content }) => sum + content.length, 0);
  return {
    port,
    offer: [
      { type: 0x0a, value: u16(1) },
      { type: 0x0f, value: new Uint8Array(0) },
      { type: 0x03, value: Uint8Array.of(10, 0, 0, 5) },
      { type: 0x05, value: u16(port) },
      { type: 0x2711, value: encodeFileOffer(files[0]?.name ?? '', size, files.length) },
    ],
    heard,
    bytes: () => received.map((chunks) => Buffer.concat(chunks)),
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
