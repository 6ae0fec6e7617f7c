// The commands as a newcomer calls them: wrongly, without a running Sundew, with piped input.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runSundew } from '../support/sundew.ts';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sundew-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const sundew = (args: readonly string[], input = '') => runSundew(args, { dataDir, input });

describe('A command called wrongly ends with status 2 and one clear line', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['an unknown command', ['bogus'], /unknown command 'bogus'/],
    ['an unknown network', ['decoy', 'add', 'yahoo', 'x'], /network must be xmpp.* or \w+, not yahoo/],
    ['no host', ['decoy', 'add', 'irc', 'dora'], /--host is missing/],
    ['a wrong port', ['mail', 'set', 'localhost', '--from', 'a@b.example', '--port', 'abc'], /port is 1 to 65535/],
    ['no password and no terminal', ['decoy', 'add', 'xmpp', 'a@b.example'], /--password-file .*no terminal/],
    [
      'an empty password',
      ['decoy', 'add', 'xmpp', 'a@b.example', '--password-file', '-'],
      /--password-file - is empty/,
    ],
    ['an unknown channel', ['subscriber', 'add', 'fax', 'a@b.example'], /Allowed choices are email, xmpp, oscar/],
    ['a wrong network', ['subscriber', 'add', 'email', 'a@b.example', '--network', 'x'], /must be one of oscar/],
    ['no time', ['warnings', '--since', 'yesterday'], /--since yesterday: give a day/],
    [
      'TLS on a component',
      ['decoy', 'add', 'xmpp', 'x.example', '--component', '--tls', 'direct'],
      /--tls does not go/,
    ],
    ['no server', ['decoy', 'add', 'ymsg', 'dora'], /--host is missing/],
    [
      'a channel on Yahoo!',
      ['decoy', 'add', 'ymsg', 'dora', '--channel', '#a'],
      /--channel does not go .* only with irc/,
    ],
    ['a version that is none', ['decoy', 'add', 'ymsg', 'dora', '--protocol', 'x'], /a version is a number/],
    ['SASL on XMPP', ['decoy', 'add', 'xmpp', 'a@x.example', '--sasl', 'a'], /--sasl does not go with it/],
    ['a component on IRC', ['decoy', 'add', 'irc', 'dora', '--component'], /--component goes with xmpp only/],
  ])('%s', async (_, args, sentence) => {
    const { status, stdout, stderr } = await sundew(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.split('\n')[0]).toMatch(sentence);
  });
});

describe('A command without a running Sundew', () => {
  test('writes nothing that the next start would stumble on', async () => {
    const plain = ['--host', 'irc.example', '--tls', 'none', '--no-check'];
    const decoy = await sundew(['decoy', 'add', 'irc', 'dora', ...plain]);
    expect(decoy).toMatchObject({ status: 2, stderr: expect.stringContaining('on this machine only') });
    const where = ['--host', '127.0.0.1', '--no-check', '--password-file', '-'];
    const version = await sundew(['decoy', 'add', 'ymsg', 'dora', ...where, '--protocol', '11'], 'secret');
    expect(version).toMatchObject({
      status: 1,
      stderr: 'sundew: version: Invalid option: expected one of 9|10|15|16\n',
    });
    expect(await readdir(join(dataDir, 'decoys')).catch(() => [])).toEqual([]);
    const mail = await sundew(['mail', 'set', 'smtp.example.org', '--from', 'nonsense']);
    expect(mail).toMatchObject({ status: 2, stderr: expect.stringContaining('mail.from must be like') });
    expect(await readFile(join(dataDir, 'sundew.yaml'), 'utf8').catch(() => '')).not.toContain('nonsense');
    const list = await sundew(['decoy', 'list']);
    expect(list).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('no decoy is configured') });
  });

  test('works on the data, and says that Sundew is not running', async () => {
    const where = ['--host', 'irc.example', '--no-check'];
    expect(await sundew(['decoy', 'add', 'irc', 'dora', ...where])).toMatchObject({ status: 0 });
    expect((await sundew(['decoy', 'list'])).stdout).toMatch(/dora +irc +dora +stopped .*Sundew is not running/);
    const noted = await sundew(['subscriber', 'add', 'email', 'paula@subscribers.example']);
    expect(noted).toMatchObject({ status: 0, stdout: expect.stringContaining('once Sundew runs') });
    expect((await sundew(['subscriber', 'list'])).stdout).toMatch(/paula@subscribers\.example +requested/);
  });

  test('takes captures from a pipe and names the line that is none', async () => {
    const capture = {
      v: 1,
      at: '2026-05-04T10:00:00Z',
      network: 'irc',
      decoy: 'd',
      peer: { id: 'm!m@h' },
      kind: 'message',
    };
    const input = `${JSON.stringify({ ...capture, text: 'hello' })}\ngarbage\n`;
    const replayed = await sundew(['replay', '-'], input);
    expect(replayed).toMatchObject({ status: 1, stdout: '1 captures stored, 0 were known, 1 lines refused\n' });
    expect(replayed.stderr).toMatch(/^standard input: line 2: /);
    const analysed = await sundew(['analyze', '-'], input);
    expect(analysed.stdout.trim().split('\n')).toHaveLength(1);
    expect(await sundew(['replay', '/no/such/file'])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^sundew: \/no\/such\/file cannot be read: [^\n]*\n$/),
    });
  });
}, 120_000);
