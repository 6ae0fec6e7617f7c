// What every command is handed: where to write, how to reach Sundew.
import { type Command, InvalidArgumentError } from 'commander';
import type { ControlClient } from './control-client.ts';

export interface CliContext {
  /** Runs `use` against the running Sundew, or against one opened for this command alone. */
  withControl<T>(use: (client: ControlClient) => Promise<T>): Promise<T>;
  out(text: string): void;
  err(text: string): void;
  /** Ends the process with this status once the command is done, if nothing worse happened. */
  fail(): void;
  readonly stdin: NodeJS.ReadStream;
  readonly progressBar: boolean;
}

export type RegisterCommand = (program: Command, context: CliContext) => void;

/** Argument of a `--port`. */
export function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new InvalidArgumentError('a port is 1 to 65535');
  return port;
}

/** Rows as aligned columns for a terminal, or a sentence when there are none. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], none: string): string {
  if (rows.length === 0) return none;
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
