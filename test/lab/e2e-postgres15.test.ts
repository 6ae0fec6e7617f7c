// The whole on a PostgreSQL server of the operator's own, the oldest that is promised: Debian's 15.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runSundew, startSundew } from '../support/sundew.ts';
import { needs } from './peers.ts';
import { type Postgres15, startPostgres15 } from './postgres15-server.ts';

/** The same lure from three strangers to three decoys, and one line of small talk. */
const CAPTURES = [
  ...[1, 2, 3].map((n) => ({
    decoy: `decoy${n}`,
    peer: { id: `worm${n}@evil.example` },
    n,
    text: `is that you in this picture? http://pics.lure.example/${n}.jpg.scr`,
  })),
  { decoy: 'decoy1', peer: { id: 'someone@else.example' }, n: 4, text: 'hello there, how are you?' },
].map(({ decoy, peer, n, text }) => ({
  v: 1,
  at: `2026-05-04T10:00:0${n}.000Z`,
  network: 'xmpp',
  decoy: `${decoy}@decoys.example`,
  peer,
  kind: 'message',
  native: `n${n}`,
  text,
}));
const FILE = CAPTURES.map((one) => `${JSON.stringify(one)}\n`).join('');

describe.skipIf(needs('postgresql15'))('Sundew on Debian PostgreSQL 15', () => {
  let server: Postgres15;
  let dataDir: string;
  let env: Readonly<Record<string, string>>;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'sundew-'));
    server = await startPostgres15();
    env = { SUNDEW_DATABASE_URL: server.url, SUNDEW_RANGE_ENABLED: 'off' };
  });

  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await rm(dataDir, { recursive: true, force: true });
  });

  test('starts, takes a replayed file from a pipe, warns, and ends', async () => {
    const sundew = await startSundew({ dataDir, env });
    const command = (...args: readonly string[]) => runSundew(args, { dataDir, env, input: FILE });
    expect(await command('replay', '-')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^4 captures stored/),
    });
    expect(await command('replay', '-')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^0 .*, 4 were/) });
    const { stdout } = await command('warnings', '--format', 'ndjson');
    const warnings = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(warnings).toEqual([expect.objectContaining({ networks: ['xmpp'], captures: expect.stringContaining('3') })]);
    const board = (await (await fetch(`${sundew.url}/api/v1/warnings`)).json()) as { warnings: readonly unknown[] };
    expect(board.warnings).toHaveLength(1);
    expect((await command('evidence', 'verify')).stdout).toMatch(/, 0 erased, 0 problems$/m);
    const { store } = await sundew.control.call<{ store: unknown }>('GET', '/api/v1/status');
    expect(store).toMatchObject({ kind: 'server', version: expect.stringMatching(/^15\./) });
    expect(await readdir(dataDir)).not.toContain('postgres');
    expect(await sundew.stop()).toBe(0);
  });

  test('a second start on the same server has everything', async () => {
    const warnings = await runSundew(['warnings'], { dataDir, env });
    expect(warnings).toMatchObject({ status: 0, stdout: expect.stringMatching(/W-/) });
  });
});
