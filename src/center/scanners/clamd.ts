// ClamAV by a running clamd: the bytes go over its socket (INSTREAM), never by the path of a file.
import { connect } from 'node:net';
import type { Scanner } from '../../analysis/files/sandbox/sandbox.ts';
import type { Finding } from '../../analysis/files/types.ts';
import { SundewError } from '../../core/error.ts';

const PIECE = 64 * 1024;
const MAX_REPLY = 4096;

/** @param address path of a Unix socket, or `host:port` @see clamd(8), INSTREAM */
export function openClamd(address: string): Scanner {
  return {
    name: `clamd at ${address}`,
    scan: async (bytes, signal) => parseReply(await ask(address, bytes, signal)),
  };
}

/** `stream: OK`, `stream: NAME FOUND`, or an error. @throws SundewError ANALYSIS_FAILED */
export function parseReply(reply: string): readonly Finding[] {
  const text = reply.replace(/\0.*$/s, '').trim();
  if (text === 'stream: OK') return [];
  const name = /^stream: (.{1,200}) FOUND$/.exec(text)?.[1];
  if (name === undefined) throw new SundewError('ANALYSIS_FAILED', `it answered ${JSON.stringify(text.slice(0, 120))}`);
  const unwanted = /^PUA\.|Heuristics\./.test(name);
  return [
    {
      rank: unwanted ? 'odd' : 'sure',
      class: 'malware',
      says: `ClamAV knows it as ${name.replaceAll(/[^\w.:/-]/g, '·').slice(0, 100)}`,
    },
  ];
}

async function ask(address: string, bytes: Uint8Array, signal: AbortSignal): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect(targetOf(address));
  let reply = '';
  const stop = (): void => void socket.destroy(new SundewError('ANALYSIS_FAILED', 'it did not answer in time'));
  signal.addEventListener('abort', stop, { once: true });
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    reply += text;
    if (reply.includes('\0') || reply.length > MAX_REPLY) resolve(reply);
  });
  socket.on('error', reject);
  socket.on('close', () => resolve(reply));
  try {
    // It answers before the end when the stream is larger than it takes.
    send(socket, bytes);
    return await promise;
  } finally {
    signal.removeEventListener('abort', stop);
    socket.destroy();
  }
}

function send(socket: ReturnType<typeof connect>, bytes: Uint8Array): void {
  socket.write('zINSTREAM\0');
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = bytes.subarray(at, at + PIECE);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.length);
    socket.write(length);
    socket.write(piece);
  }
  socket.write(Buffer.alloc(4));
}

function targetOf(address: string): { readonly path: string } | { readonly host: string; readonly port: number } {
  if (address.startsWith('/')) return { path: address };
  const colon = address.lastIndexOf(':');
  return { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) };
}
