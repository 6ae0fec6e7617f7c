import { hash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { SILENT } from '../../core/clock.ts';
import type { ErrorCode } from '../../core/error.ts';
import type { Intent, Link, Ruling, TlsOptions } from '../../core/link.ts';
import { MemoryJournal } from '../testing/memory-journal.ts';
import { REAL_CLOCK } from '../testing/real-clock.ts';
import type { EngagementGate } from './gate.ts';
import { openDialer } from './link.ts';

const FIXTURES = join(import.meta.dirname, '../testing/fixtures');
const cert = readFileSync(join(FIXTURES, 'server.crt.pem'), 'utf8');
const key = readFileSync(join(FIXTURES, 'server.key.pem'), 'utf8');
const INTENT: Intent = { act: 'keep-alive' };
const SIGNAL = new AbortController().signal;
const text = (value: string): Uint8Array => Buffer.from(value);

const open: Server[] = [];
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of open.splice(0)) server.close();
});

function gate(rule: (frame: Uint8Array) => Ruling = () => ({ allowed: true, rule: 'test' })): EngagementGate {
  return { role: 'decoy', network: 'irc', level: () => 'observe', rule };
}

async function serve(onSocket: (socket: Socket) => void, tls = false): Promise<number> {
  const accept = (socket: Socket): void => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    onSocket(socket);
  };
  const server = tls ? createTlsServer({ cert, key }, accept) : createServer(accept);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function dial(
  port: number,
  of: { journal?: MemoryJournal; gate?: EngagementGate; tls?: TlsOptions } = {},
): Promise<Link> {
  const journal = of.journal ?? new MemoryJournal();
  const dialer = openDialer({
    gate: of.gate ?? gate(),
    journal,
    decoy: 'dora',
    clock: REAL_CLOCK,
    log: SILENT,
    connectTimeoutMs: 500,
  });
  return await dialer({ host: '127.0.0.1', port, ...(of.tls === undefined ? {} : { tls: of.tls }) }, SIGNAL);
}

async function readAll(link: Link): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of link.incoming) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function code(work: Promise<unknown>): Promise<ErrorCode | undefined> {
  return await work.then(
    () => undefined,
    (error: { code: ErrorCode }) => error.code,
  );
}

describe('a plain link', () => {
  it('reads what comes until the far side closes, and knows that it is on this machine', async () => {
    const link = await dial(await serve((socket) => socket.end('hello')));
    expect(await readAll(link)).toBe('hello');
    expect(link).toMatchObject({ loopback: true, tls: undefined });
    expect(link.remote).toMatch(/^127\.0\.0\.1:\d+$/);
    await link.close();
  });

  it('writes frames in the order of the calls, though the journal answers out of step', async () => {
    let got = '';
    const port = await serve((socket) => socket.on('data', (chunk) => (got += chunk.toString())));
    const journal = new MemoryJournal();
    let delay = 20;
    journal.before = async () => {
      delay -= 2;
      await REAL_CLOCK.sleep(delay);
    };
    const link = await dial(port, { journal });
    await Promise.all(Array.from({ length: 10 }, (_, at) => link.send(text(`${at};`), INTENT)));
    await link.close();
    expect(got).toBe('0;1;2;3;4;5;6;7;8;9;');
  });

  it('has the record durable before a byte leaves, and bytes equal to the ledger (I-01, I-16)', async () => {
    const journal = new MemoryJournal();
    const received: string[] = [];
    const port = await serve((socket) => socket.on('data', (chunk) => received.push(chunk.toString())));
    let release: () => void = () => undefined;
    journal.before = async () => await new Promise<void>((resolve) => (release = resolve));
    const link = await dial(port, { journal });
    const sent = link.send(text('PONG x\r\n'), { act: 'keep-alive' });
    await REAL_CLOCK.sleep(50);
    expect(received).toEqual([]);
    release();
    expect(await sent).toEqual({ allowed: true, rule: 'test' });
    await link.close();
    expect(received.join('')).toBe('PONG x\r\n');
    expect(journal.json('outbound')).toMatchObject([
      {
        decoy: 'dora',
        network: 'irc',
        act: 'keep-alive',
        rule: 'test',
        level: 'observe',
        length: 8,
        sha256: hash('sha256', 'PONG x\r\n', 'hex'),
      },
    ]);
  });

  it('sends nothing, and nothing later either, when the journal cannot be written (I-28)', async () => {
    let got = 0;
    const port = await serve((socket) => socket.on('data', (chunk) => (got += chunk.length)));
    const journal = new MemoryJournal();
    const link = await dial(port, { journal });
    journal.failing = true;
    expect(await code(link.send(text('a'), INTENT))).toBe('JOURNAL_UNWRITABLE');
    journal.failing = false;
    expect(await code(link.send(text('b'), INTENT))).toBe('WIRE_CLOSED');
    await REAL_CLOCK.sleep(30);
    expect(got).toBe(0);
  });

  it('writes no denied frame, records the first 60 denials a minute and counts the rest', async () => {
    let got = 0;
    const port = await serve((socket) => socket.on('data', (chunk) => (got += chunk.length)));
    const journal = new MemoryJournal();
    const link = await dial(port, { journal, gate: gate(() => ({ allowed: false, rule: 'no', reason: 'because' })) });
    for (let at = 0; at < 100; at += 1) {
      expect(await link.send(text('x'), { act: 'say', peer: 'bot' })).toEqual({
        allowed: false,
        rule: 'no',
        reason: 'because',
      });
    }
    await link.close();
    expect(got).toBe(0);
    const records = journal.json('outbound');
    expect(records).toHaveLength(60);
    expect(records[0]).toMatchObject({ denied: 'because', peer: 'bot', act: 'say' });
  });

  it('slows a sender down that is not read', async () => {
    let written = 0;
    const port = await serve((socket) => {
      const push = (): void => {
        while (written < 200 * 1024 * 1024 && socket.write(Buffer.alloc(64 * 1024))) written += 64 * 1024;
      };
      socket.on('drain', push);
      push();
    });
    const link = await dial(port);
    await REAL_CLOCK.sleep(300);
    expect(written).toBeLessThan(32 * 1024 * 1024);
    await link.close();
  });

  it('closes when the far side does, though nobody reads what still came', async () => {
    const port = await serve((socket) => socket.write('never read'));
    const link = await dial(port);
    for await (const _ of link.incoming) break;
    sockets[0]?.write('neither is this');
    // A close that waits in vain lasts until its time-out, and would be overtaken.
    const overtaken = new AbortController();
    const late = REAL_CLOCK.sleep(1_900, overtaken.signal).then(
      () => 'timed out',
      () => 'never',
    );
    expect(await Promise.race([link.close().then(() => 'closed'), late])).toBe('closed');
    overtaken.abort();
  });

  it('gives up on a far side that takes nothing, instead of filling the memory', async () => {
    const port = await serve((socket) => socket.pause());
    const link = await dial(port);
    const sends = Array.from({ length: 400 }, () => code(link.send(new Uint8Array(64 * 1024), INTENT)));
    expect(await Promise.all(sends)).toContain('LINK_TIMEOUT');
  });

  it('tells of a connection that breaks in the middle of a frame', async () => {
    const port = await serve((socket) => {
      socket.write('half a fra');
      setTimeout(() => socket.resetAndDestroy(), 20);
    });
    const link = await dial(port);
    expect(await code(readAll(link))).toBe('WIRE_CLOSED');
    expect(await code(link.send(text('x'), INTENT))).toBe('WIRE_CLOSED');
  });

  it('says when nothing listens, when the name is unknown and when it is told to stop', async () => {
    const port = await serve(() => undefined);
    for (const server of open.splice(0)) await new Promise((resolve) => server.close(resolve));
    await expect(dial(port)).rejects.toThrow(/nothing listens at 127\.0\.0\.1/);
    const dialer = openDialer({
      gate: gate(),
      journal: new MemoryJournal(),
      decoy: 'd',
      clock: REAL_CLOCK,
      log: SILENT,
    });
    await expect(dialer({ host: 'no-such-host.invalid', port: 1 }, SIGNAL)).rejects.toMatchObject({
      code: 'LINK_REFUSED',
    });
    await expect(dialer({ host: '127.0.0.1', port }, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
  });
});

describe('a TLS link', () => {
  const trusted = { serverName: 'chat.test', ca: cert };

  it('is verified by the certificate that the operator gave, with channel bindings that both ends agree on', async () => {
    let exporter: Buffer | undefined;
    const port = await serve((socket) => {
      if (socket instanceof TLSSocket)
        exporter = socket.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0));
      socket.end('secret');
    }, true);
    const link = await dial(port, { tls: trusted });
    expect(await readAll(link)).toBe('secret');
    expect(link.tls).toMatchObject({ protocol: 'TLSv1.3', verified: true });
    expect(Buffer.from(link.tls?.exporter ?? [])).toEqual(exporter);
    expect(Buffer.from(link.tls?.endPoint ?? [])).toEqual(hash('sha256', new X509Certificate(cert).raw, 'buffer'));
    await link.close();
  });

  it('reports, and does not refuse, a certificate that nobody vouches for', async () => {
    const link = await dial(await serve(() => undefined, true), { tls: { serverName: 'chat.test' } });
    expect(link.tls).toMatchObject({ verified: false, problem: expect.stringMatching(/self-signed.*`ca`/) as string });
    await link.close();
  });

  it('takes a pinned certificate whatever name it carries, and reports another name without the pin', async () => {
    const port = await serve(() => undefined, true);
    const pinned = await dial(port, { tls: { serverName: 'other.test', ca: cert } });
    expect(pinned.tls?.verified).toBe(true);
    await pinned.close();
    const byAddress = await dial(port, { tls: { serverName: '127.0.0.1' } });
    expect(byAddress.tls?.verified).toBe(false);
    await byAddress.close();
  });

  it('says that a server speaks no TLS', async () => {
    const port = await serve((socket) => socket.end('220 plain text server\r\n'));
    await expect(dial(port, { tls: trusted })).rejects.toMatchObject({ code: 'LINK_REFUSED' });
    const silent = await serve(() => undefined);
    await expect(dial(silent, { tls: trusted })).rejects.toThrow(/did not answer in time/);
  });

  it('upgrades a plain link between two frames and reads on', async () => {
    const port = await serve((socket) => {
      socket.write('ready');
      socket.once('data', () => {
        socket.write('proceed');
        const secure = new TLSSocket(socket, { isServer: true, cert, key });
        secure.on('error', () => undefined);
        secure.on('data', (chunk) => secure.end(`echo ${chunk.toString()}`));
      });
    });
    const link = await dial(port);
    let all = '';
    for await (const chunk of link.incoming) {
      all += Buffer.from(chunk).toString();
      if (all === 'ready') await link.send(text('go'), INTENT);
      if (all !== 'readyproceed') continue;
      expect(await link.startTls(trusted)).toMatchObject({ verified: true });
      await link.send(text('hidden'), INTENT);
    }
    expect(all).toBe('readyproceedecho hidden');
    await link.close();
  });

  it('refuses plain bytes that stand where TLS is to begin (CVE-2011-0411)', async () => {
    const port = await serve((socket) => socket.write('proceed'));
    const link = await dial(port);
    for await (const _ of link.incoming) break;
    sockets[0]?.write('injected');
    await REAL_CLOCK.sleep(50);
    expect(await code(link.startTls(trusted))).toBe('LINK_UNVERIFIED');
  });
});
