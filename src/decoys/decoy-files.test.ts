import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempDir } from '../captures/testing/temp-dir.ts';
import { isSundewError } from '../core/error.ts';
import { openDecoyFiles } from './decoy-files.ts';

const DORA = { name: 'dora', network: 'xmpp', mode: 'client', address: 'dora@decoys.example', password: 'x' };
const NICK = { name: 'nick', network: 'irc', address: 'marlene', host: 'irc.example' };

describe('the files of decoys', () => {
  it('are added for the owner alone, listed, disabled with their comments kept, and removed', async () => {
    await using dir = await tempDir();
    const files = openDecoyFiles({ dir: join(dir.path, 'decoys') });
    expect(await files.load()).toEqual({ configs: [], problems: [] });
    await files.add(DORA);
    await files.add(NICK);
    const path = join(dir.path, 'decoys', 'dora.yaml');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await writeFile(path, `# the first one\n${await readFile(path, 'utf8')}`);
    await files.setEnabled('dora', false);
    expect(await readFile(path, 'utf8')).toContain('# the first one');
    const { configs } = await files.load();
    expect(configs).toMatchObject([
      { name: 'dora', enabled: false, tls: 'starttls' },
      { name: 'nick', enabled: true, channels: [] },
    ]);
    await files.remove('dora');
    expect(await readdir(join(dir.path, 'decoys'))).toEqual(['nick.yaml']);
    await expect(files.remove('dora')).rejects.toMatchObject({ code: 'DECOY_UNKNOWN' });
    await expect(files.setEnabled('../x', true)).rejects.toMatchObject({ code: 'DECOY_UNKNOWN' });
  });

  it.each<[string, unknown, RegExp]>([
    ['an unknown key', { ...DORA, colour: 'red' }, /colour/],
    ['a wrong value', { ...DORA, port: 99999 }, /port/],
    ['no mode', { ...DORA, mode: undefined }, /mode: must be "client" or "component"/],
    ['an unknown network', { ...DORA, network: 'icq' }, /network: must be .*"irc"/],
    ['a name that is a path', { ...DORA, name: '../../etc/x' }, /name/],
    ['nothing', null, /network/],
    ['a missing key', { ...NICK, host: undefined }, /host: /],
    ['a profile with an age', { ...NICK, realname: 'Anna 15 f' }, /claims an age/],
    ['an address with a brand', { ...DORA, address: 'paypal-support@x.example' }, /brand/],
    ['a missing certificate', { ...DORA, ca: 'no-such-file.pem' }, /ca: no-such-file.pem cannot be read/],
    ['a secret twice', { ...DORA, password_file: 'x' }, /password or password_file, not both/],
  ])('refuse %s', async (_, value, message) => {
    await using dir = await tempDir();
    const files = openDecoyFiles({ dir: dir.path });
    const error: unknown = await files.add(value).catch((reason: unknown) => reason);
    expect(isSundewError(error, 'CONFIG_INVALID')).toBe(true);
    expect(String(error)).toMatch(message);
    expect(await readdir(dir.path)).toEqual([]);
  });

  it('refuse a second decoy of a name or of an account, and the account that sends alerts', async () => {
    await using dir = await tempDir();
    const files = openDecoyFiles({ dir: dir.path, isReserved: (_, address) => address === 'alerts@own.example' });
    await files.add(DORA);
    await expect(files.add({ ...DORA, address: 'other@decoys.example' })).rejects.toMatchObject({
      code: 'DECOY_EXISTS',
    });
    await expect(files.add({ ...DORA, name: 'twin', address: 'Dora@decoys.example' })).rejects.toMatchObject({
      code: 'DECOY_EXISTS',
    });
    await files.add(NICK);
    await expect(files.add({ ...NICK, name: 'b', host: 'IRC.example' })).rejects.toMatchObject({
      code: 'DECOY_EXISTS',
    });
    await files.add({ ...NICK, name: 'c', host: 'other.example' });
    await expect(files.add({ ...DORA, name: 'a', address: 'alerts@own.example' })).rejects.toThrow(/sends alerts/);
  });

  it('read secrets and certificates from files beside them', async () => {
    await using dir = await tempDir();
    await writeFile(join(dir.path, 'secret'), 'hunter2\n');
    await writeFile(join(dir.path, 'ca.pem'), '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n');
    const { password: _, ...rest } = DORA;
    const files = openDecoyFiles({ dir: dir.path });
    await files.add({ ...rest, password_file: 'secret', ca: 'ca.pem' });
    expect(await readFile(join(dir.path, 'dora.yaml'), 'utf8')).not.toContain('hunter2');
    const { configs } = await files.load();
    expect(configs[0]).toMatchObject({
      password: 'hunter2',
      ca: expect.stringContaining('BEGIN CERTIFICATE') as string,
    });
  });

  it('are not written when the network itself refuses the settings, and not read either', async () => {
    await using dir = await tempDir();
    const files = openDecoyFiles({ dir: dir.path });
    const plain = { ...NICK, tls: 'none' };
    await expect(files.add(plain)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    expect(await readdir(dir.path)).toEqual([]);
    await writeFile(join(dir.path, 'nick.yaml'), JSON.stringify(plain));
    expect(await files.load()).toMatchObject({ configs: [], problems: [{ code: 'CONFIG_INVALID' }] });
  });

  it('do not let one wrong file stop the others, and name file and key', async () => {
    await using dir = await tempDir();
    const files = openDecoyFiles({ dir: dir.path });
    await files.add(NICK);
    await mkdir(dir.path, { recursive: true });
    await writeFile(join(dir.path, 'bad.yaml'), 'network: irc\naddress: x\nhost: h\nhots: 1\n');
    await writeFile(join(dir.path, 'worse.yaml'), '{ a: [');
    await writeFile(join(dir.path, 'moved.yaml'), 'name: other\nnetwork: irc\naddress: y\nhost: h\n');
    const { configs, problems } = await files.load();
    expect(configs.map((config) => config.name)).toEqual(['nick']);
    expect(problems.map(({ message }) => message).join('\n')).toMatch(
      /bad\.yaml: .*hots[\s\S]*moved\.yaml: name[\s\S]*worse\.yaml/,
    );
  });
});
