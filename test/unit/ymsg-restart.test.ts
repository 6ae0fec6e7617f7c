// A Yahoo! server as strict as escargot: a second sign-on within a day that does not show the first one's cookies is left
// unanswered. Decoy and account of alerts must be back after a crash all the same.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startYmsgServer } from '../../src/networks/ymsg/server.ts';
import { runSundew, startSundew, until } from '../support/sundew.ts';

const PASSWORD = 'secret1';

test('a decoy and the account of alerts sign on again after kill -9', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sundew-'));
  const accounts = ['dora', 'alerts'].map((id) => ({ id, password: PASSWORD }));
  const server = await startYmsgServer({ port: 0, accounts, demandCookies: true });
  const place = ['--host', '127.0.0.1', '--port', String(server.port), '--password-file', '-'];
  const run = (...args: readonly string[]) => runSundew(args, { dataDir, input: `${PASSWORD}\n` });
  const online = async (list: readonly string[], line: RegExp): Promise<void> => {
    await until(async () => line.test((await run(...list)).stdout) || undefined);
  };
  const start = () => startSundew({ dataDir, env: { SUNDEW_RANGE_ENABLED: 'off' } });
  let sundew = await start();
  try {
    // The trial is the first sign-on, the decoy's own the second.
    expect(await run('decoy', 'add', 'ymsg', 'dora', '--name', 'dora', ...place)).toMatchObject({ status: 0 });
    expect(await run('im', 'set', 'ymsg', 'alerts', ...place)).toMatchObject({ status: 0 });
    for (const crash of [true, false]) {
      await online(['decoy', 'list'], /^dora +ymsg +dora +online/m);
      await online(['im', 'show'], /^ymsg +alerts +online/m);
      if (!crash) break;
      await sundew.kill();
      sundew = await start();
    }
  } finally {
    await sundew[Symbol.asyncDispose]();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}, 120_000);
