// Sizes of services, set while Sundew runs and kept in its file.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadSettings } from '../config/settings.ts';
import { createSettingsDesk, type SettingsDesk, sizeOfService } from './settings-desk.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sundew-services-'));
});
afterEach(() => rm(dir, { recursive: true }));

const file = (): string => join(dir, 'sundew.yaml');
function open(): SettingsDesk {
  return createSettingsDesk({
    loaded: loadSettings({ file: file(), env: {} }),
    onMail: async () => undefined,
    onIm: async () => undefined,
    checkMail: async () => undefined,
    sendTest: async () => '',
    imStateText: () => '',
    isDecoyAddress: () => false,
  });
}

test('are in force at once, kept with the comments of the file, and forgotten again', async () => {
  await writeFile(file(), '# mine\nlog:\n  level: warn\n');
  const desk = open();
  const size = { population: 250_000, decoys: 30, lists: 20 };
  desk.setService('xmpp', size);
  expect(sizeOfService(desk.current(), 'xmpp')).toEqual(size);
  expect(desk.services().filter((one) => one.size !== undefined)).toEqual([{ network: 'xmpp', size }]);
  expect(readFileSync(file(), 'utf8')).toContain('# mine');
  expect(sizeOfService(open().current(), 'xmpp')).toEqual(size);
  desk.setService('irc', { ...size, lists: 1 });
  desk.setService('xmpp', undefined);
  expect(sizeOfService(desk.current(), 'xmpp')).toBeUndefined();
  expect(
    open()
      .services()
      .flatMap((one) => (one.size === undefined ? [] : [one.network])),
  ).toEqual(['irc']);
});

test('a size that is not whole stops the start with a sentence', async () => {
  await writeFile(file(), 'forecast:\n  networks:\n    xmpp:\n      population: 1000\n');
  expect(open).toThrow(/population, decoys and lists together/);
});
