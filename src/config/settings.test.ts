import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SETTING_KEYS } from './keys.ts';
import { loadSettings } from './settings.ts';
import { updateSettings } from './update.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sundew-config-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const write = (text: string, name = 'sundew.yaml'): string => {
  const file = join(dir, name);
  writeFileSync(file, text);
  return file;
};
const load = (text: string, env: Record<string, string> = {}) => loadSettings({ file: write(text), env }).settings;
const refusal = (text: string, env: Record<string, string> = {}): string => {
  try {
    load(text, env);
  } catch (error) {
    expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
    return (error as Error).message.replaceAll(dir, '');
  }
  throw new Error('was accepted');
};

describe('reading', () => {
  test('without a file all defaults hold, on loopback, observing', () => {
    const { settings, file } = loadSettings({ env: {}, dataDir: dir });
    expect(settings).toMatchObject({
      http: { host: '127.0.0.1', port: 8080, trustProxy: false },
      data: { dir },
      database: {},
      sensor: { name: 'local' },
      alerts: { dailyBudget: 12, accounts: {} },
      engagement: { ceiling: 'observe', networks: {} },
      range: { enabled: 'auto' },
      disclosure: { delayMin: 15 },
    });
    expect(settings.mail).toBeUndefined();
    expect(file).toBe(join(dir, 'sundew.yaml'));
  });

  test('the file in the data directory is found, and the environment wins over it', () => {
    write('http:\n  port: 9000\n  host: 0.0.0.0\n');
    const { settings } = loadSettings({
      env: { SUNDEW_DATA_DIR: dir, SUNDEW_HTTP_PORT: '9001', SUNDEW_HTTP_TRUST_PROXY: 'true' },
    });
    expect(settings.http).toMatchObject({ port: 9001, host: '0.0.0.0', trustProxy: true });
  });

  test('an empty file, empty sections and empty variables are no mistake', () => {
    expect(load('').http.port).toBe(8080);
    expect(load('http:\nmail:\n', { SUNDEW_HTTP_PORT: '' }).http.port).toBe(8080);
  });

  test('a whole section can come from the environment', () => {
    const env = {
      SUNDEW_MAIL_HOST: 'smtp.example.org',
      SUNDEW_MAIL_FROM: 'a@example.org',
      SUNDEW_ALERTS_ACCOUNTS_XMPP_ADDRESS: 'a@b.example',
    };
    const settings = load('', env);
    expect(settings.mail).toMatchObject({ host: 'smtp.example.org', port: 587, security: 'starttls' });
    expect(settings.alerts.accounts.xmpp).toMatchObject({ address: 'a@b.example', tls: 'starttls' });
  });

  test('every key has a variable of its own and a meaning', () => {
    expect(new Set(SETTING_KEYS.map((key) => key.env)).size).toBe(SETTING_KEYS.length);
    expect(SETTING_KEYS.filter((key) => key.description === '')).toEqual([]);
  });
});

describe('secrets', () => {
  test('are read from a file beside the settings, without the line end', () => {
    write('hunter2\n', 'secret');
    const settings = load('mail: {host: localhost, from: a@b.example, password_file: secret}');
    expect(settings.mail?.password).toBe('hunter2');
  });

  test('from the environment replace the file in either form', () => {
    write('from-file', 'secret');
    const yaml = 'mail: {host: localhost, from: a@b.example, password: in-yaml}';
    expect(load(yaml, { SUNDEW_MAIL_PASSWORD_FILE: join(dir, 'secret') }).mail?.password).toBe('from-file');
    const named = 'mail: {host: localhost, from: a@b.example, password_file: secret}';
    expect(load(named, { SUNDEW_MAIL_PASSWORD: 'direct' }).mail?.password).toBe('direct');
  });

  test('given twice, or from a file that is not there, are refused', () => {
    expect(refusal('database: {url: a, url_file: b}')).toContain('database.url and database.url_file are both set');
    expect(refusal('database: {url_file: nowhere}')).toContain('/nowhere: cannot be read');
  });
});

describe('mistakes are named with their place', () => {
  test.each([
    [
      'an unknown key, with the nearest',
      'http:\n  prot: 80\n',
      '/sundew.yaml:2: unknown setting http.prot (did you mean http.port?)',
    ],
    ['an unknown section', 'log: {}\nhtpp: {}\n', '/sundew.yaml:2: unknown setting htpp (did you mean http?)'],
    ['an unknown key like no other', 'zzzzzzzzzz: 1\n', '/sundew.yaml:1: unknown setting zzzzzzzzzz'],
    [
      'a wrong type',
      'http:\n  host: x\n  port: many\n',
      '/sundew.yaml:3: http.port invalid input: expected number, received string',
    ],
    ['a value out of range', 'http: {port: 70000}', '/sundew.yaml:1: http.port too big: expected number to be <=65535'],
    [
      'a missing part of a section',
      'mail:\n  host: x\n',
      '/sundew.yaml:1: mail.from invalid input: expected string, received undefined',
    ],
    [
      'mail without TLS to a far host',
      'mail: {host: far.example, from: a@b.example, security: none}',
      '/sundew.yaml:1: mail.security may be none for a loopback host only',
    ],
    ['a duplicate key', 'log: {}\nlog: {}\n', '/sundew.yaml:2: Map keys must be unique'],
    ['something that is no map', '- a\n', '/sundew.yaml:1: must be a list of `key: value`'],
    [
      'a section that is a text',
      'http: 8080\n',
      '/sundew.yaml:1: http invalid input: expected object, received number',
    ],
  ])('%s', (_name, text, sentence) => {
    expect(refusal(text)).toBe(sentence);
  });

  test('a wrong or unknown variable by its own name', () => {
    expect(refusal('', { SUNDEW_HTTP_PORT: 'x' })).toBe(
      'SUNDEW_HTTP_PORT: http.port invalid input: expected number, received string',
    );
    expect(refusal('', { SUNDEW_HTTP_PROT: '1' })).toBe(
      'SUNDEW_HTTP_PROT: unknown setting (did you mean SUNDEW_HTTP_PORT?)',
    );
  });

  test('a file that was asked for and is not there', () => {
    expect(() => loadSettings({ file: join(dir, 'none.yaml'), env: {} })).toThrowError(
      expect.objectContaining({ code: 'CONFIG_INVALID' }),
    );
  });

  test('a bomb of aliases ends in an error, not in memory', () => {
    const bomb = `a: &a [x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[at]}`).join(',')}]`)
      .join('\n')}\n`;
    expect(refusal(bomb)).toContain('/sundew.yaml');
  });

  test('no secret ever stands in a message', () => {
    expect(refusal('mail: {host: 1, from: 2, password: hunter2, x: 3}')).not.toContain('hunter2');
  });
});

describe('changing', () => {
  test('keeps comments and order, and the file private', () => {
    const file = write('# mine\nhttp:\n  port: 9000 # behind nginx\nlog: { level: warn }\n');
    const settings = updateSettings(file, {
      mail: { host: 'localhost', from: 'a@b.example', password: 'p' },
      http: { host: '::1' },
    });
    expect(settings.mail?.password).toBe('p');
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('# mine\nhttp:\n  port: 9000 # behind nginx\n  host: ::1\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(loadSettings({ file, env: {} }).settings).toEqual(settings);
  });

  test('makes the file when there is none, removes with null, and drops the other form of a secret', () => {
    const file = join(dir, 'deep', 'sundew.yaml');
    write('s', 'secret');
    updateSettings(file, { mail: { host: 'localhost', from: 'a@b.example', password_file: join(dir, 'secret') } });
    expect(updateSettings(file, { mail: { password: 'new' } }).mail?.password).toBe('new');
    expect(updateSettings(file, { mail: null }).mail).toBeUndefined();
  });

  test('writes nothing when the result would be wrong', () => {
    const file = write('http: {port: 9000}\n');
    expect(() => updateSettings(file, { http: { port: 0 } })).toThrowError(
      expect.objectContaining({ code: 'CONFIG_INVALID' }),
    );
    expect(readFileSync(file, 'utf8')).toBe('http: {port: 9000}\n');
  });
});
