import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isSundewError } from '../../core/error.ts';
import { type LoopbackContext, loopbackContext, until } from '../testing/loopback.ts';
import type { MsnpSettings } from './config.ts';
import { msnpDecoy } from './decoy.ts';
import { type MsnpServer, startMsnpServer } from './server.ts';
import { DIALECTS } from './session/types.ts';
import { textOf } from './testing/sent.ts';
import { encodeFileContext } from './wire/file-context.ts';
import { encodeFileInvitation } from './wire/invite.ts';
import { encodeDatacast, encodeP2pMessage, encodeText, encodeTyping } from './wire/message.ts';
import { splitP2p } from './wire/p2p.ts';
import { encodeFileInvite } from './wire/slp.ts';

const DORA = 'dora@decoys.example';
const WORM = { address: 'worm@example.com', name: 'Worm é' };
const WINK = '<msnobj Creator="worm@example.com" Size="9" Type="8" Location="TFR2C.tmp" SHA1D="x="/>';

let server: MsnpServer;
let context: LoopbackContext;
let stop: AbortController;
let running: Promise<unknown>;

const settings = (more: Partial<MsnpSettings> = {}): MsnpSettings => ({
  address: DORA,
  password: 'p&s,s=w ü',
  host: '127.0.0.1',
  port: server.port,
  loginUrl: `http://127.0.0.1:${server.port}/login`,
  offlineUrl: `http://127.0.0.1:${server.port}/rsi/rsi.asmx`,
  ...more,
});

function start(more: Partial<MsnpSettings> = {}): void {
  running = msnpDecoy(settings(more))
    .run(context, stop.signal)
    .then(
      () => undefined,
      (error: unknown) => error,
    );
}

const online = (): Promise<void> => until(() => context.states.at(-1) === 'online', 'online');

beforeEach(async () => {
  const accounts = [{ address: DORA, password: 'p&s,s=w ü', name: 'Dora' }];
  server = await startMsnpServer({ port: 0, accounts, challenge: true });
  context = loopbackContext();
  stop = new AbortController();
  running = Promise.resolve();
});
afterEach(async () => {
  stop.abort();
  await running;
  await server.stop();
});

const fileOffer = (name: string): Uint8Array[] => {
  const context = encodeFileContext({ name, size: 45_056 });
  const invite = { from: WORM.address, to: DORA, branch: '{B}', callId: '{C}', session: 7, context };
  const chunks = splitP2p(encodeFileInvite(invite), { identifier: 9, ackId: 8 });
  return chunks.map((chunk) => encodeP2pMessage(DORA, chunk));
};

describe('an MSN decoy', () => {
  test.each(DIALECTS)('signs on with dialect %i, answers the challenge and hears a stranger', async (dialect) => {
    start({ dialect });
    await online();
    expect(await server.ring(WORM, DORA, [encodeText('hi http://x.example/a.scr', 'FN=Arial; CO=ff')])).toBe(true);
    await until(() => context.of('message').length === 1, 'the message');
    expect(context.of('message')[0]).toMatchObject({
      text: 'hi http://x.example/a.scr',
      peer: { id: WORM.address, name: WORM.name, verifiedBy: 'own-server' },
      meta: { format: { font: 'Arial', colour: 'ff0000' } },
    });
    expect(context.of('connection')[0]).toMatchObject({ peer: { id: WORM.address } });
    await until(() => context.sent.some((one) => textOf(one).startsWith('QRY')), 'the answer to the challenge');
    expect(context.states).toEqual(['connecting', 'online']);
  });

  test('captures typing, nudges, winks, file offers of both styles and contact requests', async () => {
    start();
    await online();
    server.add(WORM, DORA);
    await server.ring(WORM, DORA, [
      encodeTyping(WORM.address),
      encodeTyping(WORM.address),
      encodeDatacast(1),
      encodeDatacast(2, WINK),
      encodeFileInvitation({ cookie: 33_267, name: 'photo.pif', size: 45_056 }),
      ...fileOffer('holiday.jpg.scr'),
    ]);
    await until(() => context.of('file-offer').length === 2, 'both file offers');
    expect(context.of('typing')).toHaveLength(1);
    expect(context.of('nudge').map(({ meta }) => meta)).toMatchObject([
      { datacast: 'nudge' },
      { datacast: 'wink', object: { creator: WORM.address, size: '9', location: 'TFR2C.tmp' } },
    ]);
    expect(context.of('file-offer').map(({ file }) => file)).toEqual([
      { name: 'photo.pif', size: 45_056 },
      { name: 'holiday.jpg.scr', size: 45_056 },
    ]);
    expect(context.of('contact-request')).toMatchObject([{ peer: { id: WORM.address, name: WORM.name } }]);
    const raw = context.captures.find(({ draft }) => draft.file?.name === 'holiday.jpg.scr')?.raw ?? [];
    expect(
      Buffer.from(raw)
        .toString('latin1')
        .match(/P2P-Dest/g),
    ).toHaveLength(2);
  });

  test('says nothing in a conversation: only ANS, for the ring that it captured, and OUT', async () => {
    start();
    await online();
    const before = context.sent.length;
    await server.ring(WORM, DORA, [encodeText('are you there?'), ...fileOffer('a.exe')]);
    await until(() => context.of('file-offer').length === 1, 'the offer');
    await until(() => context.sent.some((one) => textOf(one).startsWith('OUT')), 'the end');
    const said = context.sent.slice(before).filter((one) => !textOf(one).startsWith('QRY'));
    expect(said.map((one) => textOf(one).slice(0, 3))).toEqual(['ANS', 'OUT']);
    const cause = `capture-${context.captures.findIndex(({ draft }) => draft.kind === 'connection') + 1}`;
    expect(said[0]?.intent).toEqual({ act: 'delivery-handshake', peer: WORM.address, cause });
    expect(server.heard()).toEqual([]);
  });

  test('captures who added it and what was left while it was away, and deletes what is stored', async () => {
    server.add(WORM, DORA);
    server.leaveMessage(WORM, DORA, 'look http://x.example/ü', '203.0.113.5');
    start();
    await online();
    await until(() => context.sent.some((one) => textOf(one).includes('/DeleteMessages"')), 'the deletion');
    expect(context.of('contact-request')).toMatchObject([{ peer: { id: WORM.address }, meta: { offline: true } }]);
    expect(context.of('message')).toMatchObject([
      {
        text: 'look http://x.example/ü',
        native: expect.stringMatching(/^oim:/) as string,
        peer: { id: WORM.address, address: '203.0.113.5' },
        sentAt: expect.any(String) as string,
      },
    ]);
    const stored = context.captures.findIndex(({ draft }) => draft.kind === 'message');
    expect(stored).toBeGreaterThan(-1);
  });

  test.each(DIALECTS)('dialect %i: tells who has had it on the list, and hears who takes it off', async (dialect) => {
    const max = { address: 'max@im.example', name: 'Max é' };
    const eva = { address: 'eva@im.example', name: 'Eva' };
    for (const contact of [max, eva]) server.plant(contact, DORA);
    server.add(WORM, DORA);
    start({ dialect });
    await online();
    const asked = () => context.of('contact-request').map(({ peer }) => peer.id);
    // Dialect 7 does not tell with an entry whether it was dealt with: each counts as asking, once.
    const lists = () => context.of('service-notice').map(({ meta }) => meta);
    await until(
      () => asked().length === (dialect < 8 ? 3 : 1) && lists().length === (dialect < 8 ? 0 : 1),
      'the lists',
    );
    if (dialect >= 8) {
      expect(lists()).toEqual([{ event: 'contact-list', contacts: [eva.address, max.address] }]);
      const raw = context.captures.find(({ draft }) => draft.kind === 'service-notice')?.raw ?? [];
      expect(Buffer.from(raw).toString('latin1')).toMatch(/^LST .*max@.*\r\nLST .*eva@.*\r\n$/);
    }
    server.remove(max, DORA);
    await until(() => context.of('contact-change').length === 1, 'the removal');
    expect(context.of('contact-change')).toMatchObject([{ peer: { id: max.address }, meta: { event: 'removed-you' } }]);
  });

  test('finds the log-in server by its nexus', async () => {
    start({ loginUrl: undefined, nexusUrl: `http://127.0.0.1:${server.port}/rdr/pprdr.asp` });
    await online();
  });

  test.each([
    ['a wrong password', { password: 'no' }, 'DECOY_LOGIN_REFUSED'],
    ['a wrong password of dialect 7', { password: 'no', dialect: 7 }, 'DECOY_LOGIN_REFUSED'],
    ['an unknown name', { address: 'x@decoys.example' }, 'DECOY_LOGIN_REFUSED'],
  ] as const)('%s ends it', async (_, more, code) => {
    start(more);
    const error = await running;
    expect(isSundewError(error) ? error.code : error).toBe(code);
  });

  test('a second sign-on of the account ends the first and is told', async () => {
    start({ dialect: 7 });
    await online();
    const other = msnpDecoy(settings({ dialect: 7 })).run(loopbackContext(), stop.signal);
    const error = await running;
    expect(isSundewError(error) ? error.code : error).toBe('DECOY_CONFLICT');
    expect(context.of('service-notice')).toMatchObject([{ meta: { signedInElsewhere: true } }]);
    stop.abort();
    await other;
  });

  test('sends nothing to a server elsewhere unless it is allowed to', async () => {
    const dial = context.dial;
    const far = {
      ...context,
      dial: async (...args: Parameters<typeof dial>) => ({ ...(await dial(...args)), loopback: false }),
    };
    const refused = msnpDecoy(settings({ dialect: 7 })).run(far, stop.signal);
    await expect(refused).rejects.toMatchObject({ code: 'LINK_UNVERIFIED' });
    expect(context.sent).toEqual([]);
    running = msnpDecoy(settings({ dialect: 7, insecure: true })).run(far, stop.signal);
    await online();
  });
});

describe('malformed MSN messages', () => {
  const WEBCAM = 'a'.repeat(80);
  test.each([
    ['an over-long font', encodeText('hi', `FN=${WEBCAM}; CO=0`), ['CVE-2002-1698', 'CVE-2008-2409']],
    ['an unended file name', encodeP2pMessage(DORA, chunkOf('x'.repeat(275))), ['CVE-2008-2955']],
    [
      'an over-long file name',
      encodeFileInvitation({ cookie: 1, name: `${'x'.repeat(300)}.exe`, size: 1 }),
      ['CVE-2008-2955'],
    ],
    ['a path in an object', encodeDatacast(2, WINK.replace('TFR2C.tmp', '../../a.exe')), ['CVE-2010-0013']],
    ['a chunk beyond its message', beyond(), ['CVE-2008-2927', 'CVE-2009-1376', 'CVE-2009-2694']],
  ])('%s is a capture tied to a weakness', async (_, payload, resembles) => {
    start();
    await online();
    await server.ring(WORM, DORA, [payload]);
    await until(() => context.of('malformed').length === 1, 'the capture');
    expect(context.of('malformed')[0]).toMatchObject({
      peer: { id: WORM.address },
      meta: { reason: expect.any(String) as string, vulnerability: expect.any(String) as string, resembles },
    });
  });

  function chunkOf(name: string): ReturnType<typeof splitP2p>[number] {
    const invite = { from: 'a@b.c', to: DORA, branch: '{B}', callId: '{C}', session: 7 };
    const bytes = encodeFileInvite({ ...invite, context: encodeFileContext({ name, size: 1 }) });
    const [chunk] = splitP2p(bytes, { identifier: 1, ackId: 2 }, 2000);
    if (chunk === undefined) throw new Error('no chunk');
    return chunk;
  }

  function beyond(): Uint8Array {
    return encodeP2pMessage(DORA, { ...chunkOf('a.exe'), offset: 0xffff_fff0n, chunk: new Uint8Array(9) });
  }
});
