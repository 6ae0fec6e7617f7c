// Stands in for the sandbox's program: does what a file would like its reader to do, by the name of the file.
import '../sandbox/fence.ts';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ToSandbox } from '../sandbox/messages.ts';

const DEEDS: Readonly<Record<string, () => unknown>> = {
  hang: () => {
    for (;;) Math.random();
  },
  die: () => process.exit(3),
  swell: () => {
    const held: Buffer[] = [];
    for (;;) held.push(Buffer.alloc(16 * 1024 * 1024, 1));
  },
  net: () => import('node:net'),
  'net by name': () => process.getBuiltinModule('net'),
  fetch: () => fetch('http://127.0.0.1:9/'),
  write: () => writeFileSync(join(tmpdir(), 'sundew-wild'), 'x'),
  read: async () => (await import('node:fs')).readFileSync('/etc/passwd'),
  spawn: () => import('node:child_process'),
  thread: () => import('node:worker_threads'),
  environment: () => {
    throw new Error(
      `variables: ${Object.keys(process.env)
        .filter((name) => !name.startsWith('NODE_'))
        .join(' ')}`,
    );
  },
};

process.on('message', async (message: ToSandbox) => {
  if (message.type === 'start') return process.send?.({ type: 'ready', engine: undefined, problems: [] });
  try {
    await DEEDS[message.claim.name ?? '']?.();
    return process.send?.({ type: 'failed', message: 'it was allowed' });
  } catch (error) {
    return process.send?.({ type: 'failed', message: `refused: ${(error as Error).message}` });
  }
});
