import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { OutgoingMessage } from '../channel.ts';
import { smtpAnswer, startSmtpSink } from '../testing/smtp-sink.ts';
import { createEmailChannel } from './email.ts';
import type { EmailSettings } from './email-settings.ts';

const MESSAGE: OutgoingMessage = {
  stableId: '0b6a3c1e-0000-4000-8000-000000000001.2',
  to: 'ann@readers.example',
  subject: 'Worm on XMPP\r\nBcc: everyone@victims.example\u202Egpj',
  text: 'Somebody sends hxxp://x[.]example/a.scr\n',
  short: 'short',
  thread: 'W-7K3F.root.subscriber-1',
  stopUrl: 'https://sundew.example/unsubscribe/AAAAAAAAAAAAAAAAAAAAAA',
  pageUrl: 'https://sundew.example/warnings/W-7K3F',
};

const settingsFor = (port: number, rest: Partial<EmailSettings> = {}): EmailSettings => ({
  host: '127.0.0.1',
  port,
  security: 'none',
  from: 'Sundew Alerts <alerts@sundew.example>',
  ...rest,
});

const send = async (settings: EmailSettings, message = MESSAGE, ms = 5_000) => {
  const channel = createEmailChannel(settings);
  try {
    return await channel.send(message, AbortSignal.timeout(ms));
  } finally {
    await channel.close();
  }
};

/** Fields of the head, unfolded, in order. */
const fieldsOf = (raw: string): [string, string][] =>
  (raw.split('\r\n\r\n', 1)[0] ?? '')
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]);

const valuesOf = (raw: string, name: string): string[] =>
  fieldsOf(raw)
    .filter(([field]) => field === name)
    .map(([, value]) => value);

describe('e-mail channel', () => {
  it('carries the headers of one-click unsubscribe, exactly one field of each', async () => {
    await using sink = await startSmtpSink();
    await send(settingsFor(sink.port));
    const raw = sink.mails[0]?.raw ?? '';
    expect(valuesOf(raw, 'list-unsubscribe')).toEqual([`<${MESSAGE.stopUrl}>`]);
    expect(valuesOf(raw, 'list-unsubscribe-post')).toEqual(['List-Unsubscribe=One-Click']);
    expect(valuesOf(raw, 'list-id')).toEqual(['"Sundew alerts" <alerts.sundew.example>']);
    expect(valuesOf(raw, 'auto-submitted')).toEqual(['auto-generated']);
    expect(valuesOf(raw, 'precedence')).toEqual(['bulk']);
    expect(valuesOf(raw, 'message-id')).toEqual([`<${MESSAGE.stableId}@sundew.example>`]);
    expect(valuesOf(raw, 'in-reply-to')).toEqual(['<W-7K3F.root.subscriber-1@sundew.example>']);
    expect(valuesOf(raw, 'references')).toEqual(['<W-7K3F.root.subscriber-1@sundew.example>']);
    expect(valuesOf(raw, 'content-type')).toEqual(['text/plain; charset=utf-8']);
  });

  it('puts a mailto beside the link into the same single field when one is configured', async () => {
    await using sink = await startSmtpSink();
    await send(settingsFor(sink.port, { unsubscribeMailto: 'stop@sundew.example' }));
    const fields = valuesOf(sink.mails[0]?.raw ?? '', 'list-unsubscribe');
    expect(fields).toEqual([`<${MESSAGE.stopUrl}>, <mailto:stop@sundew.example?subject=unsubscribe>`]);
  });

  it('leaves the unsubscribe headers off a confirmation', async () => {
    await using sink = await startSmtpSink();
    const { stopUrl: _, ...confirmation } = MESSAGE;
    await send(settingsFor(sink.port), confirmation);
    expect(valuesOf(sink.mails[0]?.raw ?? '', 'list-unsubscribe')).toEqual([]);
    expect(valuesOf(sink.mails[0]?.raw ?? '', 'list-unsubscribe-post')).toEqual([]);
  });

  it('lets a subject end no header and turn no text around', async () => {
    await using sink = await startSmtpSink();
    await send(settingsFor(sink.port));
    const raw = sink.mails[0]?.raw ?? '';
    expect(valuesOf(raw, 'bcc')).toEqual([]);
    expect(sink.mails[0]?.to).toEqual(['ann@readers.example']);
    expect(valuesOf(raw, 'subject')).toEqual(['Worm on XMPP Bcc: everyone@victims.example gpj']);
  });

  it('never greets with the name of the machine', async () => {
    const names: string[] = [];
    await using sink = await startSmtpSink({
      onMailFrom(_address, session, callback) {
        names.push(session.hostNameAppearsAs);
        callback();
      },
    });
    await send(settingsFor(sink.port));
    expect(names).toEqual(['sundew.example']);
  });

  it('signs with DKIM over both one-click fields', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await using sink = await startSmtpSink();
    const dkim = {
      domain: 'sundew.example',
      selector: 's1',
      privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    };
    await send(settingsFor(sink.port, { dkim }));
    const signature = valuesOf(sink.mails[0]?.raw ?? '', 'dkim-signature')[0] ?? '';
    const signed = (/[; ]h=([^;]+)/.exec(signature)?.[1] ?? '').replaceAll(/\s/g, '').toLowerCase().split(':');
    expect(signed).toEqual(
      expect.arrayContaining(['from', 'subject', 'message-id', 'list-unsubscribe', 'list-unsubscribe-post']),
    );
  });

  it.each([
    { name: '450 greylisting after DATA', code: 450, expected: 'CHANNEL_RETRY' },
    { name: '552 too large after DATA', code: 552, expected: 'CHANNEL_REFUSED' },
  ])('takes $name as $expected', async ({ code, expected }) => {
    await using sink = await startSmtpSink({
      judge: () => {
        throw smtpAnswer(code, 'no');
      },
    });
    await expect(send(settingsFor(sink.port))).rejects.toMatchObject({ code: expected });
  });

  it.each([
    { code: 450, expected: 'CHANNEL_RETRY' },
    { code: 550, expected: 'CHANNEL_REFUSED' },
  ])('takes a recipient answered with $code as $expected', async ({ code, expected }) => {
    await using sink = await startSmtpSink({
      onRcptTo: (_address, _session, callback) => callback(smtpAnswer(code, 'mailbox')),
    });
    await expect(send(settingsFor(sink.port))).rejects.toMatchObject({ code: expected });
  });

  it('keeps the message when our own sender or login is refused: that is mended by the operator', async () => {
    await using sink = await startSmtpSink({
      onMailFrom: (_address, _session, callback) => callback(smtpAnswer(553, 'sender not owned')),
    });
    await expect(send(settingsFor(sink.port))).rejects.toMatchObject({ code: 'CHANNEL_RETRY' });
  });

  it('tries again with the same Message-ID when the connection is lost after the final dot', async () => {
    let cuts = 0;
    await using sink = await startSmtpSink({
      judge: (_mail, cut) => {
        cuts += 1;
        if (cuts === 1) cut();
      },
    });
    await expect(send(settingsFor(sink.port))).rejects.toMatchObject({ code: 'CHANNEL_RETRY' });
    await send(settingsFor(sink.port));
    expect(sink.mails.map((mail) => mail.messageId)).toEqual(Array(2).fill(`<${MESSAGE.stableId}@sundew.example>`));
  });

  it('gives up on a server that is too slow when the signal says so', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await using sink = await startSmtpSink({ judge: () => held });
    await expect(send(settingsFor(sink.port), MESSAGE, 200)).rejects.toMatchObject({ code: 'CHANNEL_RETRY' });
    release();
  });

  it('refuses to send unencrypted to another machine', () => {
    expect(() => createEmailChannel(settingsFor(25, { host: 'mail.example.org' }))).toThrow(/not this machine/);
  });
});

describe('checking outgoing mail', () => {
  const verdict = async (settings: EmailSettings): Promise<string> => {
    const channel = createEmailChannel(settings);
    const { sentence } = await channel.verify();
    await channel.close();
    return sentence;
  };

  it('says that it works, and sends a test message', async () => {
    await using sink = await startSmtpSink();
    const channel = createEmailChannel(settingsFor(sink.port));
    expect(await channel.verify()).toMatchObject({ ok: true });
    expect(await channel.sendTest('ann@readers.example')).toMatchObject({ ok: true });
    await channel.close();
    expect(sink.mails[0]?.to).toEqual(['ann@readers.example']);
  });

  it('names the port when nothing listens there', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await new Promise((resolve) => server.close(resolve));
    expect(await verdict(settingsFor(port))).toMatch(/Nothing listens at 127\.0\.0\.1:\d+; check mail\.port/);
  });

  it('names the missing STARTTLS', async () => {
    await using sink = await startSmtpSink();
    expect(await verdict(settingsFor(sink.port, { security: 'starttls' }))).toMatch(/offers no STARTTLS/);
  });

  it('names the certificate that is not trusted', async () => {
    await using sink = await startSmtpSink({ disabledCommands: [] });
    expect(await verdict(settingsFor(sink.port, { security: 'starttls' }))).toMatch(/certificate .* mail\.ca/);
  });

  it('names direct TLS spoken to a plain port', async () => {
    await using sink = await startSmtpSink();
    expect(await verdict(settingsFor(sink.port, { security: 'direct' }))).toMatch(/starttls/);
  });

  it('names the login', async () => {
    await using sink = await startSmtpSink({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, callback) => callback(smtpAnswer(535, 'bad credentials')),
    });
    const settings = settingsFor(sink.port, { username: 'u', password: 'p' });
    expect(await verdict(settings)).toMatch(/refused the login; check mail\.username/);
  });

  it('names the sender', async () => {
    await using sink = await startSmtpSink({
      onMailFrom: (_address, _session, callback) => callback(smtpAnswer(553, 'not yours')),
    });
    const channel = createEmailChannel(settingsFor(sink.port));
    expect((await channel.sendTest('ann@readers.example')).sentence).toMatch(/refused the sender; check mail\.from/);
    await channel.close();
  });
});
