// `sundew decoy add` on each of the networks of old, against the range's server of it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startIrcServer } from '../../src/networks/irc/server.ts';
import { startMsnpServer } from '../../src/networks/msnp/server.ts';
import { startOscarServer } from '../../src/networks/oscar/server.ts';
import { startSametimeServer } from '../../src/networks/sametime/server.ts';
import { startYmsgServer } from '../../src/networks/ymsg/server.ts';
import { freePort } from '../support/free-port.ts';
import { type RunningSundew, runSundew, startSundew, until } from '../support/sundew.ts';

const PASSWORD = 'a right one';

interface Subject {
  readonly network: string;
  readonly address: string;
  readonly more: readonly string[];
  start(): Promise<{ readonly port: number; stop(): Promise<void> }>;
}

const SUBJECTS: readonly Subject[] = [
  {
    network: 'oscar',
    address: 'Dora Lee',
    more: ['--login', 'roasted'],
    start: () => startOscarServer({ port: 0, accounts: [{ name: 'Dora Lee', password: PASSWORD }] }),
  },
  {
    network: 'msnp',
    address: 'dora@im.example',
    more: ['--protocol', '7'],
    start: () => startMsnpServer({ port: 0, accounts: [{ address: 'dora@im.example', password: PASSWORD }] }),
  },
  {
    network: 'sametime',
    address: 'CN=Dora Lee/O=Acme',
    more: [],
    start: () => startSametimeServer({ port: 0, accounts: [{ user: 'CN=Dora Lee/O=Acme', password: PASSWORD }] }),
  },
  {
    network: 'ymsg',
    address: 'dora',
    more: ['--protocol', '9'],
    start: () => startYmsgServer({ port: 0, accounts: [{ id: 'dora', password: PASSWORD }] }),
  },
];

let sundew: RunningSundew;
beforeAll(async () => {
  sundew = await startSundew({ env: { SUNDEW_RANGE_ENABLED: 'off' } });
}, 120_000);
afterAll(() => sundew[Symbol.asyncDispose]());

const add = (args: readonly string[], password = PASSWORD) =>
  runSundew(['decoy', 'add', ...args, '--password-file', '-'], { dataDir: sundew.dataDir, input: `${password}\n` });

describe.each(SUBJECTS)('a decoy on $network', ({ network, address, more, start }) => {
  const server = (port: number): string[] => ['--name', 'dora', '--host', '127.0.0.1', '--port', String(port)];
  const to = (port: number): string[] => [network, address, ...server(port), ...more];

  test('is added after it signed on, and is online', async () => {
    const server = await start();
    try {
      const added = await add(to(server.port));
      expect(added).toMatchObject({ status: 0, stderr: '' });
      expect(added.stdout).toMatch(new RegExp(`^${address} signed on at 127.0.0.1 and off again.\n`));
      await until(async () => {
        const list = await runSundew(['decoy', 'list'], { dataDir: sundew.dataDir });
        return new RegExp(`^dora +${network} +${address} +online`, 'm').test(list.stdout) || undefined;
      });
      const checked = await runSundew(['decoy', 'check', 'dora'], { dataDir: sundew.dataDir });
      expect(checked).toMatchObject({ status: 0, stdout: expect.stringContaining('is signed on since') });
    } finally {
      await runSundew(['decoy', 'remove', 'dora'], { dataDir: sundew.dataDir });
      await server.stop();
    }
  }, 60_000);

  test('is not added with a wrong password or a wrong port, and one sentence says which', async () => {
    const server = await start();
    const refused = await add(to(server.port), 'a wrong one');
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toMatch(/See to the name and the password\.\nnothing was added/);
    await server.stop();
    const nobody = await add(to(await freePort()));
    expect(nobody).toMatchObject({ status: 1, stderr: expect.stringMatching(/nothing listens at 127\.0\.0\.1:\d+/) });
    expect(await sundew.control.call('GET', '/api/v1/decoys')).toEqual({ decoys: [] });
  }, 60_000);
});

describe('a decoy of MSN', () => {
  const msn = (port: number, ...more: readonly string[]): Promise<Awaited<ReturnType<typeof add>>> =>
    add(['msnp', 'dora@im.example', '--host', '127.0.0.1', '--port', String(port), ...more]);

  test('is told what else listens where it was sent', async () => {
    const irc = await startIrcServer({ port: 0, name: 'irc.range.test', channels: [] });
    const { status, stderr } = await msn(irc.port, '--protocol', '7');
    await irc.stop();
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringContaining('Something else seems to listen there: see to host, port and version'),
    });
  }, 60_000);

  test('says which setting is missing, and takes no password to a plain log-in server without consent', async () => {
    const port = await freePort();
    expect((await msn(port)).stderr).toContain('loginUrl or nexusUrl is needed');
    const plain = ['--login-url', 'http://login.example/'];
    expect((await msn(port, ...plain)).stderr).toContain('loginUrl is not encrypted. Set "insecure: true"');
    expect((await msn(port, ...plain, '--insecure')).stderr).toContain('nothing listens at 127.0.0.1');
    expect((await msn(port, '--protocol', '6')).stderr).toMatch(/^sundew: dialect: Invalid option/);
  }, 60_000);
});
