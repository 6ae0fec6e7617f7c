// Lines of results on standard output.

/** Waits for the reader: a pipe that is read slowly slows the command down. */
export async function writeLine(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`))
    await new Promise<void>((resolve) => process.stdout.once('drain', () => resolve()));
}
