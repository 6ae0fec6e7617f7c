// sundew analyze FILE…
import { writeFile } from 'node:fs/promises';
import { InvalidArgumentError } from 'commander';
import type { CampaignReport } from '../campaign-report.ts';
import type { RegisterCommand } from '../command.ts';
import { inputOf } from '../input.ts';
import { writeLine } from '../write-line.ts';

const MAX_WORKERS = 64;

export const registerAnalyze: RegisterCommand = (program, context) => {
  program
    .command('analyze <file...>')
    .description('verdicts as NDJSON on standard output, one line a capture, in input order; needs no store')
    .option('--workers <count>', 'threads that analyse (the verdicts are the same with any number)', workersOf, 0)
    .option('--campaigns <file>', 'writes the campaigns of more than one capture at the end, as NDJSON')
    .option('--model <path>', "a model's file, or a data directory: its model in use (default: the shipped model)")
    .action(async (files: readonly string[], { workers, campaigns, model: path }: Options) => {
      const inputs = await Promise.all(files.map((file) => inputOf(file, context)));
      const [{ analyzeFiles }, { CampaignReport }, { modelFileAt }] = await Promise.all([
        import('../analyze-files.ts'),
        import('../campaign-report.ts'),
        import('../../analysis/classify/model-folder.ts'),
      ]);
      const model = path === undefined ? undefined : modelFileAt(path);
      const report = campaigns === undefined ? undefined : new CampaignReport();
      const refused = await analyzeFiles(inputs, { out: writeLine, err: context.err }, { workers, model, report });
      if (campaigns !== undefined && report !== undefined) await writeReport(campaigns, report);
      if (refused > 0) context.fail();
    });
};

interface Options {
  readonly workers: number;
  readonly campaigns?: string;
  readonly model?: string;
}

async function writeReport(file: string, report: CampaignReport): Promise<void> {
  const lines = report.lines().map((line) => `${JSON.stringify(line)}\n`);
  await writeFile(file, lines.join(''));
}

function workersOf(text: string): number {
  const workers = Number(text);
  if (!Number.isInteger(workers) || workers < 0 || workers > MAX_WORKERS) {
    throw new InvalidArgumentError(`a number of threads is 0 to ${MAX_WORKERS}`);
  }
  return workers;
}
