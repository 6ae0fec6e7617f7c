// sundew analyze FILE…
import { InvalidArgumentError } from 'commander';
import type { RegisterCommand } from '../command.ts';
import { inputOf } from '../input.ts';
import { writeLine } from '../write-line.ts';

const MAX_WORKERS = 64;

export const registerAnalyze: RegisterCommand = (program, context) => {
  program
    .command('analyze <file...>')
    .description('verdicts as NDJSON on standard output, one line a capture, in input order; needs no store')
    .option('--workers <count>', 'threads that analyse (the verdicts are the same with any number)', workersOf, 0)
    .action(async (files: readonly string[], { workers }: { readonly workers: number }) => {
      const inputs = await Promise.all(files.map((file) => inputOf(file, context)));
      const { analyzeFiles } = await import('../analyze-files.ts');
      const refused = await analyzeFiles(inputs, { out: writeLine, err: context.err }, workers);
      if (refused > 0) context.fail();
    });
};

function workersOf(text: string): number {
  const workers = Number(text);
  if (!Number.isInteger(workers) || workers < 0 || workers > MAX_WORKERS) {
    throw new InvalidArgumentError(`a number of threads is 0 to ${MAX_WORKERS}`);
  }
  return workers;
}
