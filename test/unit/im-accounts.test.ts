// The accounts that send alerts by IM, set up by command in a real Sundew, against the range's servers.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IM_KINDS, type ImKind } from '../../src/alerts/channel.ts';
import { PASSWORD, RANGE, type RangeNetwork } from '../../src/alerts/testing/im-range.ts';
import { type RunningSundew, runSundew, startSundew, until } from '../support/sundew.ts';

interface Network {
  readonly network: ImKind;
  readonly range: RangeNetwork<ImKind>;
  readonly account: { readonly port?: number | undefined; readonly loginUrl?: string | undefined };
}

let sundew: RunningSundew;
const networks = new Map<ImKind, Network>();

beforeAll(async () => {
  for (const network of IM_KINDS) {
    const range = await RANGE[network]();
    networks.set(network, { network, range, account: range.account(range.alerts) });
  }
  sundew = await startSundew({ env: { SUNDEW_RANGE_ENABLED: 'off' } });
}, 120_000);
afterAll(async () => {
  await sundew[Symbol.asyncDispose]();
  for (const { range } of networks.values()) await range.stop();
}, 60_000);

const run = (...args: readonly string[]) => runSundew(args, { dataDir: sundew.dataDir, input: `${PASSWORD}\n` });

const of = (network: ImKind): Network => {
  const found = networks.get(network);
  if (found === undefined) throw new Error(`no server of ${network}`);
  return found;
};

/** The options that reach the range's server. */
function serverOf(network: ImKind): readonly string[] {
  const { port, loginUrl } = of(network).account;
  const tls = network === 'xmpp' ? ['--tls', 'none'] : [];
  return [
    '--host',
    '127.0.0.1',
    '--port',
    `${port}`,
    ...tls,
    ...(loginUrl === undefined ? [] : ['--login-url', loginUrl]),
  ];
}

describe('sundew im', () => {
  test.each(IM_KINDS)('set %s signs the account on, and offers the channel to subscribers', async (network) => {
    const { range } = of(network);
    const set = await run('im', 'set', network, range.alerts, '--password-file', '-', ...serverOf(network));
    expect(set).toMatchObject({ status: 0, stderr: '' });
    await until(async () => {
      const { stdout } = await run('im', 'show');
      return new RegExp(`^${network} +${range.alerts} +online`, 'm').test(stdout) || undefined;
    });
    const board = (await (await fetch(`${sundew.url}/api/v1/board`)).json()) as { subscribeChannels: string[] };
    expect(board.subscribeChannels).toContain(network);
  });

  test.each(IM_KINDS)('a subscriber on %s is asked to confirm', async (network) => {
    const added = await run('subscriber', 'add', network, of(network).range.subscriber);
    expect(added).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('is on its way') });
    const listed = await run('subscriber', 'list');
    expect(listed.stdout).toMatch(new RegExp(` ${network} .* requested `));
  });

  test('an account that is a decoy is refused, and a decoy that is the account', async () => {
    const { range } = of('oscar');
    const decoy = await run(
      'decoy',
      'add',
      'oscar',
      'boblee',
      '--name',
      'bob',
      ...serverOf('oscar'),
      '--password-file',
      '-',
    );
    expect(decoy).toMatchObject({ status: 0 });
    const set = await run('im', 'set', 'oscar', 'Bob Lee', '--password-file', '-', ...serverOf('oscar'));
    expect(set).toMatchObject({ status: 2, stderr: expect.stringContaining('is a decoy on AIM/ICQ') });
    const own = range.alerts.toLowerCase().replaceAll(' ', '');
    const add = await run('decoy', 'add', 'oscar', own, '--name', 'own', ...serverOf('oscar'), '--password-file', '-');
    expect(add).toMatchObject({ status: 2, stderr: expect.stringMatching(/alerts/) });
  });

  test('without TLS nothing is sent to a host elsewhere, unless told', async () => {
    const set = await run('im', 'set', 'ymsg', 'alerts', '--password-file', '-', '--host', 'chat.example');
    expect(set).toMatchObject({ status: 2, stderr: expect.stringMatching(/accounts\.ymsg\.insecure.*must be true/s) });
  });

  test('what a network does not have is refused by name', async () => {
    const more = ['--host', '127.0.0.1', '--login', 'md5'];
    const set = await run('im', 'set', 'ymsg', 'alerts', '--password-file', '-', ...more);
    expect(set).toMatchObject({ status: 2, stderr: expect.stringContaining('login') });
  });
});
