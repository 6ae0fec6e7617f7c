// Files that a command reads: looked at before anything starts, so that a wrong name is one clear line.
import { createReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { messageOf, SundewError } from '../core/error.ts';
import type { CliContext } from './command.ts';

export interface Input {
  readonly name: string;
  /** `undefined` where nobody knows, as on a pipe. */
  readonly bytes: number | undefined;
  open(): Readable;
}

/** `-` is standard input. @throws SundewError INPUT_INVALID when it cannot be read */
export async function inputOf(name: string, { stdin }: CliContext): Promise<Input> {
  if (name === '-') return { name: 'standard input', bytes: undefined, open: () => stdin };
  try {
    await access(name, constants.R_OK);
    const entry = await stat(name);
    if (entry.isDirectory()) throw new TypeError('it is a directory');
    return { name, bytes: entry.isFile() ? entry.size : undefined, open: () => createReadStream(name) };
  } catch (cause) {
    throw new SundewError('INPUT_INVALID', `${name} cannot be read: ${messageOf(cause)}`, { cause });
  }
}
