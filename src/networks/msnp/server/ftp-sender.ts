// The sender's side of MSNFTP, for the range: waits on a port of 127.0.0.1 for the one who was told its cookie.
import type { Socket } from 'node:net';
import { concatBytes } from '../../../core/bytes.ts';
import { isSundewError } from '../../../core/error.ts';
import { listenOnLoopback } from '../../server.ts';
import { encodeFtpBlock, encodeFtpLine, FTP_TAKEN, type FtpLine, takeFtpLine } from '../wire/ftp.ts';

const BLOCK_BYTES = 2045;

export interface FtpListener {
  readonly port: Promise<number>;
  readonly outcome: Promise<'taken' | 'refused'>;
  stop(): Promise<void>;
}

export interface FtpListenerOptions {
  readonly receiver: string;
  readonly authCookie: string;
  readonly content: Uint8Array;
  /** Everything that the receiver sends. */
  onBytes?(chunk: Uint8Array): void;
}

export function listenForReceiver(options: FtpListenerOptions): FtpListener {
  const settled = Promise.withResolvers<'taken' | 'refused'>();
  const listening = listenOnLoopback({ port: 0, maxClients: 1, noDelay: true }, (socket) => {
    serve(socket, options, settled.resolve);
  });
  return {
    port: listening.then(({ port }) => port),
    outcome: settled.promise,
    stop: async () => await (await listening).stop(),
  };
}

function serve(socket: Socket, options: FtpListenerOptions, settle: (outcome: 'taken' | 'refused') => void): void {
  let open: Uint8Array = new Uint8Array();
  socket.on('data', (chunk) => {
    options.onBytes?.(chunk);
    open = concatBytes([open, chunk]);
    try {
      for (let taken = takeFtpLine(open); taken !== undefined; taken = takeFtpLine(open)) {
        open = taken.rest;
        obey(socket, taken.line, options, settle);
      }
    } catch (error) {
      if (!isSundewError(error)) throw error;
      socket.destroy(); // no receiver
    }
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => settle('refused')); // the first outcome counts
}

function obey(
  socket: Socket,
  { command, args }: FtpLine,
  { receiver, authCookie, content }: FtpListenerOptions,
  settle: (outcome: 'taken' | 'refused') => void,
): void {
  switch (command) {
    case 'VER':
      socket.write(encodeFtpLine('VER', ['MSNFTP']));
      return;
    case 'USR': {
      const [who = '', cookie = ''] = args;
      if (who.toLowerCase() === receiver.toLowerCase() && cookie === authCookie) {
        socket.write(encodeFtpLine('FIL', [content.length]));
      } else {
        socket.destroy();
      }
      return;
    }
    case 'TFR':
      for (let at = 0; at < content.length; at += BLOCK_BYTES) {
        socket.write(encodeFtpBlock({ end: false, data: content.subarray(at, at + BLOCK_BYTES) }));
      }
      socket.write(encodeFtpBlock({ end: true, data: new Uint8Array() }));
      return;
    case 'BYE':
      settle(args[0] === String(FTP_TAKEN) ? 'taken' : 'refused');
      socket.end();
      return;
    default:
      settle('refused');
      socket.end();
  }
}
