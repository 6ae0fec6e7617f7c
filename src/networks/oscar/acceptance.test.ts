// A decoy at level `accept` on the range's server: files over OFT2 and contact requests, with links that allow everything;
// what the gate allows is src/decoys/contract-oscar-accept.test.ts.
import { hash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaptureDraft } from '../../core/capture.ts';
import { type LoopbackContext, loopbackContext, until } from '../testing/loopback.ts';
import type { OscarSettings } from './config.ts';
import { oscarDecoy } from './decoy.ts';
import { type OscarServer, startOscarServer } from './server.ts';
import { type FileSender, openFileSender, type SentFile, sendByProxy } from './testing/file-sender.ts';
import { openStranger, type Stranger } from './testing/stranger.ts';
import { encodeAsking } from './wire/feedbag.ts';
import { OFT_ACKNOWLEDGE, OFT_DONE, oftPrompt } from './wire/oft.ts';
import { SNAC_AUTHORISE_ANSWERED, SNAC_AUTHORISE_REQUEST, SNAC_ICBM_TO_CLIENT } from './wire/snac-types.ts';

const PROGRAM = Buffer.from(`MZ${'sample '.repeat(3000)}`);
const ACCOUNTS = [
  { name: 'dora', password: 'sekrit99' },
  { name: '100200', password: 'password' },
  { name: '3001234', password: 'worm' },
  { name: 'Wormy 99', password: 'worm' },
];

let server: OscarServer;
let stranger: Stranger;
let context: LoopbackContext;
const cleanUps: (() => Promise<void> | void)[] = [];

beforeEach(async () => {
  server = await startOscarServer({ port: 0, accounts: ACCOUNTS, proxyPort: 0 });
  stranger = await openStranger(server.port, 'Wormy 99', 'worm');
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  stranger.close();
  await server.stop();
});

async function decoy(over: Partial<OscarSettings> = {}): Promise<void> {
  context = loopbackContext();
  const stop = new AbortController();
  const account = { address: 'dora', password: 'sekrit99', ...over };
  const settings = { ...account, host: '127.0.0.1', port: server.port, tls: 'none' as const };
  const running = oscarDecoy(settings).run(context, stop.signal);
  cleanUps.push(async () => {
    stop.abort();
    await running;
  });
  await until(() => context.states.includes('online'), 'online');
  await stranger.sees(settings.address);
}

async function offer(files: readonly SentFile[], serve?: Parameters<typeof openFileSender>[1]): Promise<FileSender> {
  const sender = await openFileSender(files, serve);
  cleanUps.push(() => sender.stop());
  await stranger.offer('dora', 'send-file', sender.offer);
  return sender;
}

const captured = (kind: string): readonly { readonly draft: CaptureDraft; readonly raw: Uint8Array }[] =>
  context.captures.filter(({ draft }) => draft.kind === kind);
const files = () => captured('file');

describe('a file offer', () => {
  it('is fetched from its sender; the evidence is the content', async () => {
    await decoy();
    const sender = await offer([{ name: 'me.jpg.pif', content: PROGRAM }]);
    await until(() => files().length > 0, 'the file');
    expect(files()[0]).toMatchObject({
      draft: {
        peer: { id: 'wormy99', address: `127.0.0.1:${sender.port}`, verifiedBy: 'own-server' },
        file: { name: 'me.jpg.pif', size: PROGRAM.length, sha256: hash('sha256', PROGRAM, 'hex') },
        meta: { sender: 'Cool FileXfer' },
      },
    });
    expect(Buffer.from(files()[0]?.raw ?? []).equals(PROGRAM)).toBe(true);
    expect(captured('file-offer')[0]?.draft.meta).not.toHaveProperty('notTaken');
    await until(() => sender.heard.length === 2, 'both answers');
    const [wanted, done] = sender.heard;
    expect(wanted?.type).toBe(OFT_ACKNOWLEDGE);
    expect(wanted?.cookie.some((byte) => byte !== 0)).toBe(true);
    expect(done).toMatchObject({ type: OFT_DONE, receivedBytes: PROGRAM.length, filesLeft: 0 });
    expect(done?.receivedChecksum).toBe(oftPrompt('', PROGRAM).checksum);
    const toPeer = context.sent.filter(({ intent }) => intent.peer !== undefined);
    expect(toPeer.map(({ intent }) => intent.act)).toEqual(['accept-file', 'transfer', 'transfer']);
    expect(toPeer.every(({ intent }) => intent.peer === 'wormy99' && intent.cause !== undefined)).toBe(true);
  });

  it('of several files brings each, with the folder in its name', async () => {
    await decoy();
    const two = [
      { name: 'kit\u0001a.exe', content: PROGRAM },
      { name: 'b.txt', content: Buffer.from('read me') },
    ];
    await offer(two);
    await until(() => files().length === 2, 'both files');
    expect(files().map(({ draft }) => draft.file?.name)).toEqual(['kit/a.exe', 'b.txt']);
  });

  it('of a picture that is called a program leaves only that it was refused', async () => {
    await decoy();
    const picture = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(100_000, 0x20)]);
    await offer([{ name: 'a.exe', content: picture }]);
    await until(() => files().length > 0, 'the refusal');
    expect(files()[0]?.draft).toMatchObject({ file: { name: 'a.exe', size: 100_004 }, meta: { refused: 'media' } });
    expect(files()[0]?.draft.file).not.toHaveProperty('sha256');
    expect(files()[0]?.raw.length).toBe(256);
  });

  it('whose header names more than the cap is refused before a byte of it', async () => {
    await decoy();
    await offer([{ name: 'a.exe', content: PROGRAM, over: { fileBytes: 0xffff_ffff } }]);
    await until(() => files().length > 0, 'the refusal');
    expect(files()[0]?.draft.meta).toMatchObject({ refused: 'too large' });
  });

  it('that breaks off is kept as far as it came, and a wrong checksum is told', async () => {
    await decoy();
    const broken = await offer([{ name: 'a.exe', content: PROGRAM, over: { fileBytes: PROGRAM.length + 10 } }]);
    await until(() => broken.heard.length === 1, 'the acknowledgement');
    await until(() => context.sent.length > 0, 'content');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await broken.stop();
    await until(() => files().length === 1, 'the torso');
    expect(files()[0]?.draft).toMatchObject({ file: { size: PROGRAM.length }, meta: { truncated: true } });
    await offer([{ name: 'b.exe', content: PROGRAM, over: { checksum: 0x1234_0000 } }]);
    await until(() => files().length === 2, 'the next');
    expect(files()[1]?.draft.meta).toMatchObject({ checksumDiffers: true });
  });

  it('that is followed by anything but OFT2 is malformed', async () => {
    await decoy();
    await offer([{ name: 'a.exe', content: PROGRAM }], (socket) => socket.end('GET / HTTP/1.0\r\n\r\n'));
    await until(() => captured('malformed').length > 0, 'the capture');
    expect(captured('malformed')[0]).toMatchObject({
      draft: { peer: { id: 'wormy99' }, meta: { transfer: true } },
      raw: Uint8Array.from(Buffer.from('GET / HTTP/1.0\r\n\r\n')),
    });
    expect(files()).toEqual([]);
  });

  it('is left, with the reason, when it cannot or must not be fetched', async () => {
    await decoy();
    const sender = await openFileSender([{ name: 'a.exe', content: PROGRAM }]);
    cleanUps.push(() => sender.stop());
    const without = (type: number) => sender.offer.filter((tlv) => tlv.type !== type);
    const forged = { type: 0x04, value: Uint8Array.of(127, 0, 0, 1) };
    await stranger.offer('dora', 'send-file', [...without(0x03), forged]);
    await stranger.offer('dora', 'send-file', [...without(0x05), { type: 0x05, value: Uint8Array.of(0, 22) }]);
    await stranger.offer('dora', 'send-file', [...sender.offer, { type: 0x10, value: new Uint8Array(0) }]);
    await stranger.offer('dora', 'send-file', [...sender.offer, { type: 0x11, value: new Uint8Array(0) }]);
    const picture = await openFileSender([{ name: 'a.jpg', content: PROGRAM }]);
    cleanUps.push(() => picture.stop());
    await stranger.offer('dora', 'send-file', picture.offer);
    await until(() => captured('file-offer').length === 5, 'the offers');
    expect(captured('file-offer').map(({ draft }) => draft.meta?.notTaken)).toEqual([
      'no address that the server vouches for',
      "its sender does not listen at a client's port (22)",
      'it goes by a proxy, and none is set',
      'its sender wants TLS',
      'neither its size nor its name is of what is taken',
    ]);
    expect(context.sent.filter(({ intent }) => intent.peer !== undefined)).toEqual([]);
    expect(sender.bytes()).toEqual([]);
  });

  it('of a peer that is sending already waits for nobody: it is left', async () => {
    await decoy();
    await offer([{ name: 'a.exe', content: PROGRAM }], () => undefined);
    await until(() => context.sent.some(({ intent }) => intent.act === 'accept-file'), 'the first');
    await offer([{ name: 'b.exe', content: PROGRAM }]);
    await until(() => captured('file-offer').length === 2, 'the second');
    expect(captured('file-offer')[1]?.draft.meta).toMatchObject({ notTaken: 'another file is being received' });
  });

  it('is no reason to accept a direct connection or a request for files', async () => {
    await decoy();
    const sender = await openFileSender([{ name: 'a.exe', content: PROGRAM }]);
    cleanUps.push(() => sender.stop());
    await stranger.offer('dora', 'direct-im', sender.offer);
    await stranger.offer('dora', 'get-file', sender.offer);
    await until(() => captured('transfer-request').length === 2, 'the offers');
    expect(context.sent.filter(({ intent }) => intent.peer !== undefined)).toEqual([]);
    expect(sender.bytes()).toEqual([]);
  });
});

describe('a file offer by the proxy', () => {
  it('is fetched at the proxy that the operator named, whatever address the offer tells', async () => {
    const proxyPort = server.proxyPort ?? 0;
    await decoy({ proxy: `127.0.0.1:${proxyPort}` });
    const cookie = Buffer.from('7654321\0');
    const sender = await sendByProxy(proxyPort, cookie, [{ name: 'a.exe', content: PROGRAM }]);
    cleanUps.push(() => sender.close());
    const elsewhere = sender.offer.map((tlv) =>
      tlv.type === 2 ? { type: 2, value: Uint8Array.of(10, 0, 0, 1) } : tlv,
    );
    await stranger.offer('dora', 'send-file', elsewhere, cookie);
    await until(() => files().length > 0, 'the file');
    expect(files()[0]?.draft).toMatchObject({
      file: { sha256: hash('sha256', PROGRAM, 'hex') },
      peer: { id: 'wormy99' },
    });
    await until(() => sender.heard.length === 2, 'both answers');
    const toPeer = context.sent.filter(({ intent }) => intent.peer !== undefined);
    expect(toPeer.map(({ intent }) => intent.act)).toEqual(['accept-file', 'transfer', 'transfer', 'transfer']);
  });

  it('with another PIN or cookie is refused by the proxy, and leaves a capture', async () => {
    const proxyPort = server.proxyPort ?? 0;
    await decoy({ proxy: `127.0.0.1:${proxyPort}` });
    const sender = await sendByProxy(proxyPort, Buffer.from('7654321\0'), [{ name: 'a.exe', content: PROGRAM }]);
    cleanUps.push(() => sender.close());
    await stranger.offer('dora', 'send-file', sender.offer);
    await until(() => captured('malformed').length > 0, 'the refusal');
    expect(files()).toEqual([]);
  });
});

describe('a request to be on a list', () => {
  it('is granted once, without a word and without asking back', async () => {
    await decoy();
    for (let at = 0; at < 2; at += 1) {
      await stranger.send(SNAC_AUTHORISE_REQUEST, encodeAsking({ name: 'dora', reason: 'add me pls' }));
    }
    await until(() => captured('contact-request').length === 2, 'both requests');
    const answers = () => stranger.received().filter(({ type }) => type === SNAC_AUTHORISE_ANSWERED);
    await until(() => answers().length > 0, 'the answer');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(answers().map(({ body }) => Buffer.from(body).toString('hex'))).toEqual(['04646f7261010000']);
    expect(context.sent.filter(({ intent }) => intent.peer !== undefined).map(({ intent }) => intent.act)).toEqual([
      'accept-contact',
    ]);
  });

  it('of the old ICQ is granted the old way, by a number to a number', async () => {
    await decoy({ address: '100200', password: 'password' });
    const number = await openStranger(server.port, '3001234', 'worm');
    cleanUps.push(() => number.close());
    await number.icq('100200', 3_001_234, 6, Buffer.from('n\xfef\xfel\xfee\xfe0\xfehi', 'latin1'));
    await until(() => number.received().some(({ type }) => type === SNAC_ICBM_TO_CLIENT), 'the answer');
    const answer = number.received().find(({ type }) => type === SNAC_ICBM_TO_CLIENT);
    expect(Buffer.from(answer?.body ?? []).toString('hex')).toMatch(/0004.*00050009688701000800010000000b0000$/);
    await stranger.icq('100200', 1, 6, Buffer.from('n'));
    await until(() => captured('contact-request').length === 2, 'the request of a name');
    expect(stranger.heard()).toEqual([]);
  });
});
