import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { peOf } from '../testing/programs.ts';
import type { Finding } from '../types.ts';
import { loadRules } from './load.ts';
import { hasYaraX, openYaraX } from './yara-x.ts';

/** Texts of the write-ups put into an empty program: what a rule must see. */
const CARRIES: readonly (readonly [rule: string, texts: readonly string[]])[] = [
  ['Bropia', ['Drunk_lol.pif', 'Webcam_004.pif']],
  ['Bropia', ['IMWindowClass', 'hahahaha.pif']],
  ['Sumom', ['Crazy frog gets killed by train!.pif', 'Fat Elvis! lol.pif']],
  ['Sumom', ['formatsys.exe', 'serbw.exe']],
  ['Funner', ['C:\\WINDOWS\\SYSTEM32\\bsfirst2.log']],
  ['Kelvir', ['omg this is funny!', 'Messenger.UIAutomation']],
  ['Aplore', ['psecure20x-cgi-install.version6.01.bin.hx.com', 'Email.vbs']],
  ['Choke', ['ShootPresidentBUSH.exe']],
  ['AimLinkWorm', ['AIM_IMessage', 'PRIVMSG %s :%s', 'JOIN %s %s', 'hey check this out']],
  ['Yhoo32', ['Safety Browser', 'http://demoplanet.tv/']],
  [
    'MassMailerWithMessenger',
    ['MAIL FROM:<%s>', 'RCPT TO:<%s>', 'Software\\Microsoft\\Windows\\CurrentVersion\\Run', 'Messenger.UIAutomation'],
  ],
  ['DrivesMessengerWindows', ['YahooBuddyMain', 'FindWindowA', 'SendMessageA', 'http://bad.example/']],
  ['AutomatesMessenger', ['Messenger.MsgrObject', 'CurrentVersion\\Run', 'photo.pif']],
  ['CopiesToSharedFolders', ['\\Kazaa\\My Shared Folder', 'winzip crack.exe', 'keygen.exe']],
  ['IrcBot', ['PRIVMSG %s :', 'NICK %s', 'USER %s', '[SCAN]: %s', '[DDOS]: %s']],
  [
    'BlocksSecuritySites',
    ['\\drivers\\etc\\hosts', 'www.symantec.com', 'www.mcafee.com', 'www.sophos.com', 'www.f-secure.com'],
  ],
];
const program = (texts: readonly string[], encoding: BufferEncoding): Buffer =>
  peOf({ content: Buffer.concat(texts.map((text) => Buffer.from(`${text}\0\0`, encoding))) });

describe.skipIf(!hasYaraX())('the shipped rules', async () => {
  const { sources } = await loadRules();
  const { engine, problems } = await openYaraX(sources);
  const scan = (bytes: Uint8Array): readonly Finding[] => engine?.scan(bytes) ?? [];

  it('compile', () => {
    expect(problems).toEqual([]);
    expect(sources.length).toBeGreaterThan(1);
  });

  it.each(CARRIES)('%s is seen in a program that carries %j', (rule, texts) => {
    expect(scan(program(texts, 'latin1')).map(({ says }) => says)).toContainEqual(
      expect.stringContaining(`rule ${rule}:`),
    );
  });

  it.each([
    ['[autorun]\r\nopen=setup.exe\r\nicon=setup.exe\r\n', 'AutorunProgram'],
    ['on 1:JOIN:#:{ if ( $nick == $me ) { halt } | /dcc send $nick c:\\x.exe }', 'MircScriptWorm'],
  ])('%j is seen', (text, rule) => {
    expect(scan(Buffer.from(text))[0]?.says).toContain(rule);
  });

  it.each(CARRIES)('%s needs more than one trait, and a program', (_rule, texts) => {
    const [first = ''] = texts;
    if (texts.length > 1 && !/train|psecure/.test(first)) expect(scan(program([first], 'latin1'))).toEqual([]);
    if (!first.startsWith('psecure'))
      expect(scan(Buffer.from(`The worm is known by ${texts.join(' and ')}.`))).toEqual([]);
  });

  it('say nothing of this Node', async () => {
    const { readFile } = await import('node:fs/promises');
    expect(scan((await readFile(process.execPath)).subarray(0, 8 * 1024 * 1024))).toEqual([]);
  });
});

describe.skipIf(!hasYaraX())("the user's rules", () => {
  it('one with a mistake is named in one line, and the others are used', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'sundew-rules-'));
    try {
      await writeFile(join(dir, 'bad.yar'), 'rule bad {\n condition: nonsense\n}\n');
      await writeFile(
        join(dir, 'good.yara'),
        'rule good { meta: description = "mine" rank = "odd" strings: $a = "zebra" condition: $a }',
      );
      await writeFile(join(dir, 'notes.txt'), 'no rules');
      const { sources } = await loadRules(dir);
      const { engine, problems } = await openYaraX(sources);
      expect(problems).toEqual([`${join(dir, 'bad.yar')}: line 2: unknown identifier \`nonsense\``]);
      expect(engine?.scan(Buffer.from('a zebra'))).toEqual([{ rank: 'odd', says: 'rule good: mine' }]);
    } finally {
      await rm(dir, { recursive: true });
    }
  });

  it('rules of the same name do not shut each other out, and includes are refused', async () => {
    const rule = { path: '', text: 'rule same { condition: filesize > 0 }' };
    const { engine, problems } = await openYaraX([
      { name: 'a', ...rule },
      { name: 'b', ...rule },
      { name: 'c', path: '', text: 'include "/etc/passwd"' },
    ]);
    expect(engine?.scan(Buffer.from('x')).length).toBeGreaterThan(0);
    expect(problems.join()).toMatch(/^c: /);
  });
});
