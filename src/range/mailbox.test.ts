import { createTransport } from 'nodemailer';
import { afterEach, describe, expect, test } from 'vitest';
import { MAX_MAIL_BYTES, MAX_MAILS, openMailbox, type RunningMailbox } from './mailbox.ts';

let mailbox: RunningMailbox | undefined;
afterEach(async () => {
  await mailbox?.stop();
  mailbox = undefined;
});

const clock = { now: () => new Date('2026-01-02T03:04:05.678Z') };

describe('the mailbox of the range', () => {
  test('shows a mail with its recipient, subject, text and headers, newest first', async () => {
    mailbox = await openMailbox(clock);
    const { host, port } = mailbox;
    const transport = createTransport({ host, port, secure: false });
    const mail = { from: 'Alerts <alerts@range.test>', to: 'reader@example.test', text: 'Be careful: grüße\n' };
    await transport.sendMail({ ...mail, subject: 'First' });
    await transport.sendMail({ ...mail, subject: 'Zweite Größe', headers: { 'X-Id': 'W-1' } });
    const [newest] = mailbox.mails();
    expect(newest).toMatchObject({
      id: 'mail-2',
      at: '2026-01-02T03:04:05.678Z',
      to: 'reader@example.test',
      subject: 'Zweite Größe',
      text: 'Be careful: grüße\n',
      headers: { 'x-id': 'W-1', from: 'Alerts <alerts@range.test>' },
    });
    expect(mailbox.find(({ subject }) => subject === 'First')?.id).toBe('mail-1');
  });

  test('keeps the last ones only', async () => {
    mailbox = await openMailbox(clock);
    const { host, port } = mailbox;
    const transport = createTransport({ host, port, secure: false, pool: true, maxMessages: 1000 });
    for (let at = 0; at < MAX_MAILS + 10; at += 1) {
      await transport.sendMail({ from: 'a@range.test', to: 'b@range.test', subject: `${at}`, text: 'x' });
    }
    transport.close();
    expect(mailbox.mails().length).toBe(MAX_MAILS);
    expect(mailbox.mails()[0]?.subject).toBe(`${MAX_MAILS + 9}`);
  });

  test('refuses a mail that is too large', async () => {
    mailbox = await openMailbox(clock);
    const { host, port } = mailbox;
    const sent = createTransport({ host, port, secure: false }).sendMail({
      from: 'a@range.test',
      to: 'b@range.test',
      text: 'x'.repeat(2 * MAX_MAIL_BYTES),
    });
    await expect(sent).rejects.toThrow();
    expect(mailbox.mails()).toEqual([]);
  });
});
