// The subscriber's mailbox: a real SMTP server that notes when each mail was taken.
import { simpleParser } from 'mailparser';
import { type SmtpSink, startSmtpSink } from '../../src/alerts/testing/smtp-sink.ts';

export interface Letter {
  readonly at: number;
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface LabMailbox extends AsyncDisposable {
  readonly port: number;
  letters(): readonly Letter[];
}

export async function openMailbox(): Promise<LabMailbox> {
  const letters: Letter[] = [];
  const sink: SmtpSink = await startSmtpSink({
    judge: async ({ raw, to, messageId }) => {
      const at = Date.now();
      const { subject = '', text = '' } = await simpleParser(raw);
      letters.push({ at, id: messageId, to: to.join(','), subject, text });
    },
  });
  return { port: sink.port, letters: () => letters, [Symbol.asyncDispose]: () => sink[Symbol.asyncDispose]() };
}
