// Secrets and files that a command is given: asked for on the terminal without showing it, or read.
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { messageOf, SundewError } from '../core/error.ts';
import type { CliContext } from './command.ts';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

/** The text of a file that an option names, `-` for standard input. @throws SundewError USAGE when it cannot be read */
export async function readOptionFile(option: string, path: string, { stdin }: CliContext): Promise<string> {
  const content = await (path === '-' ? text(stdin) : readFile(path, 'utf8')).catch((cause: unknown) => {
    throw new SundewError('USAGE', `${option} ${path} cannot be read: ${messageOf(cause)}`, { cause });
  });
  if (content.trim() === '') throw new SundewError('USAGE', `${option} ${path} is empty`);
  return content.trimEnd();
}

/** @throws SundewError USAGE when there is no terminal to ask on */
export async function askSecret(question: string, { stdin, err }: CliContext): Promise<string> {
  if (!stdin.isTTY)
    throw new SundewError(
      'USAGE',
      `${question.replace(/: $/, '')}: give --password-file (- for standard input), there is no terminal to ask on`,
    );
  process.stderr.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  try {
    let secret = '';
    for await (const chunk of stdin) {
      for (const char of String(chunk)) {
        if (char === '\r' || char === '\n' || char === CTRL_D) return secret;
        if (char === CTRL_C) throw new SundewError('USAGE', 'nothing was entered');
        secret = char === '\u007f' ? secret.slice(0, -1) : secret + char;
      }
    }
    return secret;
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    err('');
  }
}
