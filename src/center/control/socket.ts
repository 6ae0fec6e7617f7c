// The control socket: the same API over data/control.sock, where the file's mode (0600) is the credential.

import { chmod, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { markControl } from '../http/identity.ts';

/** Listens on the socket; the caller holds the lock of the data directory, so a leftover file is stale. */
export async function listenControl(app: FastifyInstance, path: string): Promise<AsyncDisposable> {
  await rm(path, { force: true });
  const server = createServer((request, response) => {
    markControl(request);
    app.routing(request, response);
  });
  server.requestTimeout = 0; // a replay takes as long as it takes
  const before = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(path, resolve);
    });
  } finally {
    process.umask(before);
  }
  await chmod(path, 0o600);
  return {
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await rm(path, { force: true });
    },
  };
}
