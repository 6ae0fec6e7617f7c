// The control socket: the same API over data/control.sock, where the file's mode (0600) is the credential.

import { chmod, lstat, mkdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { SundewError } from '../../core/error.ts';
import { markControl } from '../http/identity.ts';

/** Listens on the socket; the caller holds the lock of the data directory, so a leftover file is stale. */
export async function listenControl(app: FastifyInstance, path: string): Promise<AsyncDisposable> {
  await requirePrivate(dirname(path));
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

/** Whoever can write to the directory could put a socket of their own in its place. */
async function requirePrivate(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const { uid, mode } = await lstat(dir);
  const foreign = process.getuid !== undefined && uid !== process.getuid();
  if (!foreign && (mode & 0o022) === 0) return;
  throw new SundewError(
    'CONFIG_INVALID',
    `${dir} ${foreign ? 'belongs to another user' : 'can be written to by others'}: mend it with chown and chmod 700, or give another SUNDEW_DATA_DIR`,
  );
}
