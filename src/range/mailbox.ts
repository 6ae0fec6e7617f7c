// The demonstration's mailbox: takes any mail on 127.0.0.1 and keeps the last ones in memory. Nothing leaves it.
import type { Readable } from 'node:stream';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { Clock } from '../core/clock.ts';
import { SundewError } from '../core/error.ts';

export const MAX_MAILS = 500;
export const MAX_MAIL_BYTES = 1 << 20;
const MAX_HEADERS = 100;

export interface Mail {
  readonly id: string;
  /** RFC 3339: when it came. */
  readonly at: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Lower-case names; of several of one name, the last. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Mailbox {
  readonly host: string;
  readonly port: number;
  /** Newest first. */
  mails(): readonly Mail[];
  /** The newest that fits. */
  find(fits: (mail: Mail) => boolean): Mail | undefined;
}

export interface RunningMailbox extends Mailbox {
  stop(): Promise<void>;
}

/** @throws SundewError LINK_REFUSED when nothing can listen */
export async function openMailbox(clock: Pick<Clock, 'now'>): Promise<RunningMailbox> {
  const mails: Mail[] = [];
  let count = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: MAX_MAIL_BYTES,
    closeTimeout: 1_000,
    logger: false,
    onData: (stream, session, done) => {
      count += 1;
      const to = session.envelope.rcptTo.map(({ address }) => address).join(', ');
      takeMail(stream, { id: `mail-${count}`, at: clock.now().toISOString(), to }).then(
        (mail) => {
          mails.unshift(mail);
          mails.length = Math.min(mails.length, MAX_MAILS);
          done();
        },
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  // A client that breaks off is its own affair.
  server.on('error', () => undefined);
  const port = await listen(server);
  return {
    host: '127.0.0.1',
    port,
    mails: () => [...mails],
    find: (fits) => mails.find(fits),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function listen(server: SMTPServer): Promise<number> {
  return new Promise((resolve, reject) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new SundewError('LINK_REFUSED', "the range's mailbox has no port"));
    });
    listening.once('error', (cause) => {
      reject(new SundewError('LINK_REFUSED', "the range's mailbox cannot listen on 127.0.0.1", { cause }));
    });
  });
}

async function takeMail(stream: Readable, known: Pick<Mail, 'id' | 'at' | 'to'>): Promise<Mail> {
  const parsed = await simpleParser(await readMail(stream), { skipHtmlToText: true, skipTextToHtml: true });
  const headers: Record<string, string> = {};
  for (const { key, line } of parsed.headerLines.slice(0, MAX_HEADERS)) {
    headers[key] = line.slice(line.indexOf(':') + 1).trim();
  }
  return { ...known, subject: parsed.subject ?? '', text: parsed.text ?? '', headers };
}

/** Reads to the end in any case, so that the client gets its answer. */
async function readMail(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array);
    length += bytes.length;
    if (length <= MAX_MAIL_BYTES) chunks.push(bytes);
  }
  if (length > MAX_MAIL_BYTES) throw new Error('552 message is larger than the mailbox takes');
  return Buffer.concat(chunks);
}
