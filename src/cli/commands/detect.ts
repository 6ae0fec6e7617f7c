// sundew detect FILE
import { InvalidArgumentError } from 'commander';
import type { RegisterCommand } from '../command.ts';
import { inputOf } from '../input.ts';
import { writeLine } from '../write-line.ts';

interface DetectFlags {
  readonly fpr: number;
  readonly season?: number;
}

export const registerDetect: RegisterCommand = (program, context) => {
  program
    .command('detect <file>')
    .description(
      'outbreaks in series of counts (CSV series,at,count in equal steps): NDJSON, one line a point; needs no store',
    )
    .option('--fpr <share>', 'share of points without an outbreak that may be alarms', shareOf, 0.01)
    .option('--season <steps>', 'steps of a season (default: from the times; 52 for numbered steps)', seasonSteps)
    .action(async (file: string, { fpr, season }: DetectFlags) => {
      const input = await inputOf(file, context);
      const { detectCounts } = await import('../detect-counts.ts');
      const refused = await detectCounts(input, { out: writeLine, err: context.err }, { falseAlarms: fpr, season });
      if (refused > 0) context.fail();
    });
};

function shareOf(text: string): number {
  const share = Number(text);
  if (!(share > 0 && share <= 0.5)) throw new InvalidArgumentError('a rate of false alarms is above 0 and at most 0.5');
  return share;
}

function seasonSteps(text: string): number {
  const steps = Number(text);
  if (!(steps >= 1 && steps <= 1e9)) throw new InvalidArgumentError('a season is a number of steps from 1 on');
  return steps;
}
