// Asks for a secret on the terminal without showing it.
import { SundewError } from '../core/error.ts';
import type { CliContext } from './command.ts';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

/** @throws SundewError USAGE when there is no terminal to ask on */
export async function askSecret(question: string, { stdin, err }: CliContext): Promise<string> {
  if (!stdin.isTTY)
    throw new SundewError(
      'USAGE',
      `${question.replace(/: $/, '')}: give --password-file, there is no terminal to ask on`,
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
