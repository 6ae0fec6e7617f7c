// A proxy that stands between a decoy and its server and keeps every byte that the decoy sends.
import { connect, createServer, type Socket } from 'node:net';

export interface ByteCounter {
  readonly port: number;
  /** What was sent on each connection, oldest first. */
  sent(): readonly Buffer[];
  /** Writes bytes to the decoy as if its server had. */
  inject(bytes: string): void;
  cut(): void;
  stop(): Promise<void>;
}

export async function countBytes(targetPort: () => number): Promise<ByteCounter> {
  const streams: Buffer[][] = [];
  const sockets = new Set<Socket>();
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    const chunks: Buffer[] = [];
    streams.push(chunks);
    const upstream = connect(targetPort(), '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket
        .on('error', () => undefined)
        .on('close', () => {
          sockets.delete(socket);
          client.destroy();
          upstream.destroy();
        });
    }
    clients.add(client);
    client.on('close', () => clients.delete(client));
    client.on('data', (chunk: Buffer) => chunks.push(chunk));
    client.pipe(upstream);
    upstream.pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    sent: () => streams.map((chunks) => Buffer.concat(chunks)),
    inject: (bytes) => {
      for (const client of clients) client.write(bytes, 'latin1');
    },
    cut,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      cut();
      await closed;
    },
  };
}
