// Keepsakes on the disk, and a decoy of Yahoo! that signs on again after a restart because of them.
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeCaptureEntry } from '../captures/entry.ts';
import { tempDir } from '../captures/testing/temp-dir.ts';
import { type Log, SILENT } from '../core/clock.ts';
import { until } from '../networks/testing/loopback.ts';
import { startYmsgServer, type YmsgServer } from '../networks/ymsg/server.ts';
import type { DecoyConfig } from './decoy-config.ts';
import { type KeptAccount, openKeepsakes } from './keepsakes.ts';
import { createSupervisor, type Supervisor } from './supervisor.ts';
import { MemoryJournal } from './testing/memory-journal.ts';
import { REAL_CLOCK } from './testing/real-clock.ts';

let dir: Awaited<ReturnType<typeof tempDir>>;
const undo: (() => unknown)[] = [];
beforeEach(async () => {
  dir = await tempDir();
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
  await dir[Symbol.asyncDispose]();
});

const DORA: KeptAccount = { network: 'ymsg', address: 'Dora', host: 'y.example', port: 5050 };

describe('keepsakes', () => {
  test('are there for the next process, for whom they were kept and for no other', async () => {
    const path = join(dir.path, 'keepsakes');
    await openKeepsakes(path, SILENT).of(DORA).save('secret');
    const again = openKeepsakes(path, SILENT);
    expect(await again.of({ ...DORA, address: 'dora', host: 'Y.example' }).load()).toBe('secret');
    expect(await again.of({ ...DORA, address: 'ann' }).load()).toBeUndefined();
    expect(await again.of({ ...DORA, host: 'z.example' }).load()).toBeUndefined();
    await again.forget(DORA);
    expect(await again.of(DORA).load()).toBeUndefined();
    expect(await readdir(path)).toEqual([]);
  });

  test('are readable by their owner alone, and do not name the account', async () => {
    const path = join(dir.path, 'keepsakes');
    await openKeepsakes(path, SILENT).of(DORA).save('secret');
    const [name = '', ...more] = await readdir(path);
    expect(more).toEqual([]);
    expect(name).not.toContain('dora');
    expect(((await stat(join(path, name))).mode & 0o777).toString(8)).toBe('600');
    expect(((await stat(path)).mode & 0o777).toString(8)).toBe('700');
  });

  test('that cannot be written or read are logged and missed, no more', async () => {
    const path = join(dir.path, 'keepsakes');
    await writeFile(path, 'a file where the directory should be');
    const logged: string[] = [];
    const log: Log = { ...SILENT, warn: (_, message) => void logged.push(message) };
    const keepsake = openKeepsakes(path, log).of(DORA);
    await keepsake.save('secret');
    expect(await keepsake.load()).toBeUndefined();
    expect(logged).toEqual(['a keepsake of a sign-on cannot be written', 'a keepsake of a sign-on cannot be read']);
  });
});

describe('a decoy on a server that leaves a second sign-on without cookies unanswered', () => {
  async function serve(): Promise<YmsgServer> {
    const accounts = [{ id: 'dora', password: 'secret' }];
    const server = await startYmsgServer({ port: 0, accounts, demandCookies: true });
    undo.push(() => server.stop());
    return server;
  }

  /** A sensor as a new process would make it. */
  function sensor(port: number, keeps: boolean): Supervisor {
    const config: DecoyConfig = {
      name: 'dora',
      network: 'ymsg',
      address: 'dora',
      password: 'secret',
      host: '127.0.0.1',
      port,
      version: 10,
      insecure: false,
      enabled: true,
    };
    const supervisor = createSupervisor({
      clock: REAL_CLOCK,
      random: () => 0,
      log: SILENT,
      journal: new MemoryJournal(),
      encodeEntry: encodeCaptureEntry,
      engagement: { level: () => 'observe' },
      said: { saidToday: () => true, remember: () => undefined },
      keepsakes: keeps ? openKeepsakes(join(dir.path, 'keepsakes'), SILENT) : undefined,
      sensor: 'edge-1',
      simulated: true,
    });
    undo.push(() => supervisor.stop());
    supervisor.add(config);
    return supervisor;
  }
  const online = (supervisor: Supervisor): boolean => supervisor.status()[0]?.state === 'online';

  test('is back after each restart', async () => {
    const { port } = await serve();
    for (let start = 0; start < 3; start += 1) {
      const supervisor = sensor(port, true);
      await until(() => online(supervisor), `online after start ${start}`);
      await supervisor.stop();
    }
  });

  test('and without keepsakes is not: the server is as strict as it should be', async () => {
    const { port } = await serve();
    const first = sensor(port, false);
    await until(() => online(first), 'online');
    await first.stop();
    const second = sensor(port, false);
    await expect(until(() => online(second), 'online', 500)).rejects.toThrow('not within');
  });
});
