// A real SMTP server for tests: keeps what it took, and misbehaves where it is told to.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface SinkMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly messageId: string;
}

export interface SmtpSink extends AsyncDisposable {
  readonly port: number;
  readonly mails: readonly SinkMail[];
}

export interface SinkBehaviour extends SMTPServerOptions {
  /** Called with each mail before it is answered: throw to refuse, destroy the socket to cut the line. */
  judge?(mail: SinkMail, cut: () => void): Promise<void> | void;
}

/** Listens on a free port of 127.0.0.1. */
export async function startSmtpSink(behaviour: SinkBehaviour = {}): Promise<SmtpSink> {
  const mails: SinkMail[] = [];
  const { judge, ...options } = behaviour;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    closeTimeout: 100,
    ...options,
    onData(stream, session, callback) {
      text(stream)
        .then(async (raw) => {
          const mail: SinkMail = {
            from: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address,
            to: session.envelope.rcptTo.map((rcpt) => rcpt.address),
            raw,
            messageId: /^message-id: *(\S+)/im.exec(raw)?.[1] ?? '',
          };
          mails.push(mail);
          await judge?.(mail, () => {
            for (const connection of (server as unknown as { connections: Set<Cuttable> }).connections) {
              connection._socket.destroy();
            }
          });
          callback();
        })
        .catch((error: unknown) => callback(error instanceof Error ? error : new Error(String(error))));
    },
  });
  server.on('error', () => undefined); // clients that vanish are what the tests are about
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

interface Cuttable {
  readonly _socket: { destroy(): void };
}

/** An SMTP answer other than 250. */
export function smtpAnswer(code: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode: code });
}

/** The plain text of a mail as a reader sees it: LF line ends, transfer encoding undone. */
export async function textOf(mail: SinkMail | undefined): Promise<string> {
  const { text: plain } = await simpleParser(mail?.raw ?? '', { skipHtmlToText: true, skipTextToHtml: true });
  return plain ?? '';
}
