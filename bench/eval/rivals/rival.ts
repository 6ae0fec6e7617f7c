// A mail filter as a rival: trained on the same texts, asked about the same texts, each in one and the same envelope.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a rival says of one text. */
export interface RivalScore {
  /** Higher is worse, on the rival's own scale. */
  readonly score: number;
  /** By the rival's own default threshold. */
  readonly bad: boolean;
}

/** A rival that has learnt. */
export interface TrainedRival extends AsyncDisposable {
  /** One score a text, in order. */
  scan(texts: readonly string[]): Promise<readonly RivalScore[]>;
  /** Processor seconds that the rival itself has used for scanning so far, without the client. */
  cpuSeconds(): Promise<number>;
}

export interface Rival {
  readonly name: string;
  /** `undefined` when it is not installed. */
  version(): Promise<string | undefined>;
  /** Starts it in a directory and on ports of its own and teaches it. */
  train(bad: readonly string[], good: readonly string[]): Promise<TrainedRival>;
}

/**
 * One text as a mail: the envelope is the same for all, so that only the text is judged. The address is public: ones for
 * documentation set off rules against illegal addresses.
 */
export function envelope(text: string, at: number): string {
  return [
    'Received: from mail.sender.example (mail.sender.example [8.8.4.4]) by mx.receiver.example; Thu, 1 Jan 2026 00:00:00 +0000',
    'From: Sender <sender@sender.example>',
    'To: Receiver <receiver@receiver.example>',
    'Date: Thu, 1 Jan 2026 00:00:00 +0000',
    `Message-ID: <m${at}@sender.example>`,
    'Subject: message',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    text,
    '',
  ].join('\n');
}

/** Mails as an mbox file. */
export function mbox(texts: readonly string[]): string {
  return texts
    .map(
      (text, at) =>
        `From sender@sender.example Thu Jan  1 00:00:00 2026\n${envelope(text.replaceAll(/^(>*From )/gm, '>$1'), at)}\n`,
    )
    .join('');
}

/** First match of a pattern in what a command prints about itself; `undefined` when there is no such command. */
export async function versionOf(
  command: string,
  args: readonly string[],
  pattern: RegExp,
): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await run(command, [...args]);
    return pattern.exec(`${stdout}${stderr}`)?.[1] ?? 'unknown';
  } catch {
    return undefined; // not installed
  }
}
