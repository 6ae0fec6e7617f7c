// What the little servers of the range share: a TCP listener on 127.0.0.1 that counts its clients and ends with them.
import { createServer, type Server, type Socket } from 'node:net';

export interface LoopbackListener {
  readonly port: number;
  /** Resolves when the listener and every connection are gone. */
  stop(): Promise<void>;
}

export interface LoopbackOptions {
  /** 0: the kernel chooses. */
  readonly port: number;
  /** Connections over this number are closed at once. */
  readonly maxClients: number;
  readonly noDelay?: boolean;
}

/** Listens on 127.0.0.1 alone. */
export async function listenOnLoopback(
  options: LoopbackOptions,
  serve: (socket: Socket) => void,
): Promise<LoopbackListener> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: options.noDelay ?? false }, (socket) => {
    if (sockets.size >= options.maxClients) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(socket);
  });
  const port = await listen(server, options.port);
  return {
    port,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
