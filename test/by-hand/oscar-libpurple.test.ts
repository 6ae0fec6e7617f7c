// libpurple's AIM and ICQ plug-in against our server, our decoys and our alert account. Debian has no such plug-in, so this is
// run by hand: SUNDEW_PURPLE_PLUGINS=DIR npx vitest run --project by-hand
import { hash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CaptureDraft } from '../../src/core/capture.ts';
import { REAL_CLOCK } from '../../src/decoys/testing/real-clock.ts';
import { openOscarClient } from '../../src/networks/oscar/client.ts';
import { oscarDecoy } from '../../src/networks/oscar/decoy.ts';
import { type OscarServer, startOscarServer } from '../../src/networks/oscar/server.ts';
import { dialLoopback, loopbackContext, until } from '../../src/networks/testing/loopback.ts';
import { compilePurple, oscarPlugins, type PurpleArguments, type PurpleProgram } from './purple-person.ts';

const PLUGINS = oscarPlugins();
if (PLUGINS === undefined)
  throw new Error(
    'libpurple-dev and its AIM plug-in are not here; SUNDEW_PURPLE_PLUGINS names the folder of libaim.so',
  );
const PROGRAM = Buffer.from(`MZ${'sample '.repeat(20_000)}`);
const TEXT = 'hi look http://x.example/a.scr';
const ACCOUNTS = [
  { name: 'dora', password: 'sekrit99' },
  { name: '100200', password: 'password', authorise: true },
  { name: 'Wormy 99', password: 'worm' },
  { name: '3001234', password: 'worm1234' },
];

describe("libpurple's AIM and ICQ", () => {
  let program: PurpleProgram;
  let file: string;
  let server: OscarServer;
  const cleanUps: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    program = compilePurple(PLUGINS);
    file = join(program.dir, 'party.scr');
    writeFileSync(file, PROGRAM);
    server = await startOscarServer({ port: 0, accounts: ACCOUNTS });
  });
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });
  afterAll(async () => {
    program.remove();
    await server.stop();
  });

  const settingsOf = (address: string, password: string) =>
    ({ address, password, host: '127.0.0.1', port: server.port, tls: 'none' }) as const;

  function person(of: Omit<PurpleArguments, 'port'>): readonly string[] {
    const { lines, stop } = program.start({ ...of, port: server.port });
    cleanUps.push(stop);
    return lines;
  }

  async function decoy(address: string, password: string): Promise<(kind: string) => readonly CaptureDraft[]> {
    const context = loopbackContext();
    const stop = new AbortController();
    const running = oscarDecoy(settingsOf(address, password)).run(context, stop.signal);
    cleanUps.push(async () => {
      stop.abort();
      await running;
    });
    await until(() => context.states.includes('online'), 'the decoy online');
    return (kind) => context.captures.map(({ draft }) => draft).filter((draft) => draft.kind === kind);
  }

  test('an AIM name writes to our decoy and sends it a file; all is captured', async () => {
    const captured = await decoy('dora', 'sekrit99');
    const account = { protocol: 'prpl-aim', user: 'Wormy 99', password: 'worm' } as const;
    const lines = person({ ...account, peer: 'dora', text: TEXT, file });
    await until(() => captured('file').length > 0, 'the file', 20_000);
    expect(captured('message')).toMatchObject([{ text: TEXT, peer: { id: 'wormy99', name: 'Wormy 99' } }]);
    expect(captured('file-offer')).toMatchObject([{ file: { name: 'party.scr', size: PROGRAM.length } }]);
    expect(captured('file')).toMatchObject([
      { file: { name: 'party.scr', sha256: hash('sha256', PROGRAM, 'hex') }, meta: { sender: 'Cool FileXfer' } },
    ]);
    expect(captured('file')[0]?.meta).not.toHaveProperty('checksumDiffers');
    await until(() => lines.includes('FILE done'), 'the sender told that the file arrived');
    expect(lines.filter((line) => /^(?:SAID|TYPING|ASKED)/.test(line))).toEqual([]);
  }, 30_000);

  test('an ICQ number asks for leave, is given it, and writes', async () => {
    const captured = await decoy('100200', 'password');
    const account = { protocol: 'prpl-icq', user: '3001234', password: 'worm1234' } as const;
    const lines = person({ ...account, peer: '100200', text: TEXT, file });
    await until(() => captured('contact-request').length > 0, 'the request', 20_000);
    await until(() => lines.some((line) => line.startsWith('NOTICE')), 'the grant');
    expect(lines.filter((line) => line.startsWith('NOTICE'))).toEqual([expect.stringMatching(/granted/) as string]);
    await until(() => captured('file').length > 0, 'the file', 20_000);
    expect(captured('message')).toMatchObject([{ text: TEXT, peer: { id: '3001234' } }]);
    expect(lines.filter((line) => /^(?:SAID|TYPING|ASKED)/.test(line))).toEqual([]);
  }, 40_000);

  test('reads an alert of ours, once, as AIM and as ICQ', async () => {
    const people = [
      {
        protocol: 'prpl-aim',
        user: 'Wormy 99',
        password: 'worm',
        to: 'wormy99',
        said: 'Worm &lt;b&gt; &amp; co, naïve',
      },
      { protocol: 'prpl-icq', user: '3001234', password: 'worm1234', to: '3001234', said: 'Worm <b> & co, naïve' },
    ] as const;
    const settings = settingsOf('dora', 'sekrit99');
    const dial = { dial: (endpoint: Parameters<typeof dialLoopback>[0]) => dialLoopback(endpoint, []) };
    await using client = await openOscarClient({ settings, ...dial, clock: REAL_CLOCK }, new AbortController().signal);
    for (const { to, said, ...account } of people) {
      const lines = person({ ...account, peer: 'dora', text: '' });
      await until(() => lines.includes('ONLINE'), 'online', 20_000);
      const intent = { act: 'notify', peer: to } as const;
      await client.sendMessage({ to, body: 'Worm <b> & co, naïve', id: to, intent });
      await until(() => lines.some((line) => line.startsWith('SAID')), 'the alert');
      expect(lines.filter((line) => line.startsWith('SAID'))).toEqual([`SAID dora ${said}`]);
    }
  }, 60_000);
});
