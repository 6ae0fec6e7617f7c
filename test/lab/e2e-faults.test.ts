// What a user reads when a decoy cannot sign on to a real server, and what the operator's commands say when they are
// called wrongly: a code where the API has one, and one line that says what, where and what to do.
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { DecoyCheck } from '../../src/center/api/contract.ts';
import { freePort } from '../support/free-port.ts';
import { type RunningSundew, runSundew, startSundew } from '../support/sundew.ts';
import { type House, openHouse } from './house.ts';
import { type Ngircd, startNgircd } from './ngircd.ts';
import { needs } from './peers.ts';

describe.skipIf(needs('prosody', 'slixmpp', 'ngircd'))('A decoy that cannot sign on', () => {
  let house: House;
  let locked: Ngircd;
  let sundew: RunningSundew;

  beforeAll(async () => {
    [house, locked, sundew] = await Promise.all([
      openHouse(),
      startNgircd({ password: 'right' }),
      startSundew({ env: { SUNDEW_RANGE_ENABLED: 'off' } }),
    ]);
  }, 180_000);

  afterAll(async () => {
    await sundew?.[Symbol.asyncDispose]();
    await locked?.stop();
    await house?.[Symbol.asyncDispose]();
  });

  const ask = (config: Record<string, unknown>): Promise<z.infer<typeof DecoyCheck>> =>
    sundew.control.call('POST', '/api/v1/decoys/check', config);
  const account = (more: Record<string, unknown> = {}) =>
    ask({
      name: 'x',
      network: 'xmpp',
      mode: 'client',
      address: `dora@${house.prosody.domain}`,
      password: 'dora-pw',
      host: '127.0.0.1',
      port: house.prosody.port,
      ca: house.prosody.ca,
      ...more,
    });
  const nick = (more: Record<string, unknown> = {}) =>
    ask({
      name: 'x',
      network: 'irc',
      address: 'dora',
      host: '127.0.0.1',
      port: house.ngircd.tlsPort,
      ca: house.ngircd.ca,
      ...more,
    });

  test('the right settings are told to be right', async () => {
    expect(await account()).toMatchObject({ ok: true, sentence: expect.stringContaining('signed on') });
    expect(await nick()).toMatchObject({ ok: true, sentence: expect.stringContaining('signed on') });
  });

  test('a wrong password, name or secret', async () => {
    const refused = {
      ok: false,
      code: 'DECOY_LOGIN_REFUSED',
      sentence: expect.stringMatching(/name and the password/),
    };
    expect(await account({ password: 'wrong' })).toMatchObject(refused);
    expect(await account({ address: `nobody@${house.prosody.domain}` })).toMatchObject(refused);
    const component = { mode: 'component', address: house.prosody.componentDomain, port: house.prosody.componentPort };
    const { network, host, name } = { network: 'xmpp', host: '127.0.0.1', name: 'x' };
    expect(await ask({ name, network, host, ...component, password: 'wrong' })).toMatchObject(refused);
    expect(await nick({ port: locked.tlsPort, ca: locked.ca, serverPassword: 'wrong' })).toMatchObject(refused);
  });

  test('a port where nothing listens, and one where something else does', async () => {
    const port = await freePort();
    const nothing = { ok: false, code: 'LINK_REFUSED', sentence: expect.stringMatching(/nothing listens at 127/) };
    expect(await account({ port })).toMatchObject(nothing);
    expect(await nick({ port })).toMatchObject(nothing);
    for (const check of [await account({ port: house.ngircd.port }), await nick({ port: house.ngircd.port })]) {
      expect(check.ok).toBe(false);
      expect(check.sentence).toMatch(/port|TLS/);
    }
  });

  test('a certificate that is not trusted, and a server without TLS', async () => {
    const unverified = { ok: false, code: 'LINK_UNVERIFIED' };
    const self = await account({ ca: undefined });
    expect(self).toMatchObject({ ...unverified, sentence: expect.stringMatching(/self-signed.*`ca`/) });
    expect(await nick({ ca: undefined })).toMatchObject(unverified);
    expect(await account({ address: `dora@${house.prosody.plainDomain}` })).toMatchObject(unverified);
  });

  test('an unknown domain, and a nick that someone has', async () => {
    const unknown = await account({ address: 'dora@other.test' });
    expect(unknown.ok).toBe(false);
    expect(unknown.sentence).toContain('other.test');
    const socket = connect(house.ngircd.port, '127.0.0.1');
    socket.write('NICK dora\r\nUSER dora 0 * :dora\r\n');
    await new Promise((resolve) => socket.once('data', resolve));
    const taken = await nick();
    socket.destroy();
    expect(taken).toMatchObject({
      ok: false,
      code: 'DECOY_CONFLICT',
      sentence: expect.stringContaining('choose another'),
    });
  });

  test('a nick that the server bans', async () => {
    const banning = await startNgircd({ operator: { name: 'root', password: 'op' } });
    const socket = connect(banning.port, '127.0.0.1');
    socket.write(
      'NICK oper\r\nUSER oper 0 * :oper\r\nOPER root op\r\nGLINE dora!*@* 600 :decoys are not welcome\r\nPING :done\r\n',
    );
    await new Promise<void>((resolve) => {
      socket.on('data', (chunk) => {
        if (chunk.includes('PONG')) resolve();
      });
    });
    const banned = await nick({ port: banning.tlsPort, ca: banning.ca });
    socket.destroy();
    await banning.stop();
    expect(banned).toMatchObject({ ok: false, code: 'DECOY_BANNED', sentence: expect.stringContaining('operator') });
  });

  test('`decoy add` says it in one line, adds nothing and fails', async () => {
    const at = ['--host', '127.0.0.1', '--port', String(await freePort()), '--password-file', '-'];
    const args = ['decoy', 'add', 'xmpp', 'dora@im.test', ...at];
    const { status, stdout, stderr } = await runSundew(args, { dataDir: sundew.dataDir, input: 'secret\n' });
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /^dora@im\.test at 127\.0\.0\.1: nothing listens at 127\.0\.0\.1:\d+; see to host and port\.\n/,
    );
    expect(stderr).not.toContain('secret');
    expect((await runSundew(['decoy', 'list'], { dataDir: sundew.dataDir })).stdout).toContain(
      'no decoy is configured',
    );
  });
});
