// sundew analyze FILE…
import type { RegisterCommand } from '../command.ts';
import { inputOf } from '../input.ts';

export const registerAnalyze: RegisterCommand = (program, context) => {
  program
    .command('analyze <file...>')
    .description('verdicts as NDJSON on standard output, one line a capture, in input order; needs no store')
    .action(async (files: readonly string[]) => {
      const inputs = await Promise.all(files.map((file) => inputOf(file, context)));
      const { analyzeFiles } = await import('../analyze-files.ts');
      const refused = await analyzeFiles(inputs, { out: (line) => write(line), err: context.err });
      if (refused > 0) context.fail();
    });
};

/** Waits for the reader: a pipe that is read slowly slows the analysis down. */
async function write(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`))
    await new Promise<void>((resolve) => process.stdout.once('drain', () => resolve()));
}
