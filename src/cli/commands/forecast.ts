// sundew forecast FILE
import { InvalidArgumentError } from 'commander';
import { defined } from '../../core/defined.ts';
import { SundewError } from '../../core/error.ts';
import type { Estimate } from '../../warning/forecast/predict.ts';
import type { RegisterCommand } from '../command.ts';
import type { HitsFile } from '../hits-file.ts';
import { inputOf } from '../input.ts';

interface Options {
  readonly population?: number;
  readonly decoys?: number;
  readonly lists?: number;
}

export const registerForecast: RegisterCommand = (program, context) => {
  program
    .command('forecast <file>')
    .description(
      'is it contagion, and how far will it go: decoy hits as CSV (at,decoy,sender[,contact,payload]) to a forecast as JSON',
    )
    .option(
      '--population <accounts>',
      'accounts that can be infected; with --decoys and --lists tells infected accounts',
      wholeOf,
    )
    .option('--decoys <count>', 'decoys on that network', wholeOf)
    .option('--lists <count>', 'contact lists that each decoy stands on', wholeOf)
    .action(async (file: string, setting: Options) => {
      const given = [setting.population, setting.decoys, setting.lists].filter((one) => one !== undefined).length;
      if (given !== 0 && given !== 3) {
        throw new SundewError('USAGE', 'forecast: give --population, --decoys and --lists together, or none of them');
      }
      const { readHits } = await import('../hits-file.ts');
      const { forecastRun } = await import('../../warning/forecast/forecast.ts');
      const read = await readHits(await inputOf(file, context));
      context.out(
        JSON.stringify(await shown(read, forecastRun(read.hits, setting, defined({ since: read.since })), setting)),
      );
    });
};

type Run = ReturnType<typeof import('../../warning/forecast/forecast.ts').forecastRun>;

async function shown({ times }: HitsFile, run: Run, { population }: Options): Promise<object> {
  const { accountsOf } = await import('../../warning/forecast/forecast.ts');
  const timeOf = (at: number): string | number =>
    times === 'rfc3339' ? new Date(Math.round(at * 60_000)).toISOString() : Math.round(at * 1_000) / 1_000;
  const { alarmAt, growth, rate, now, prediction, payload } = run;
  return {
    alarmAt: alarmAt === undefined ? null : timeOf(alarmAt),
    growth,
    rate: Math.round(rate * 1_000) / 1_000,
    ...defined({ payload }),
    forecast: (prediction?.outlooks ?? []).map(({ aheadMin, hits, share }) => ({
      at: timeOf(now + aheadMin),
      ...whole(hits),
      ...(population === undefined ? {} : { infected: accountsOf(share, population) }),
    })),
  };
}

const whole = ({ expected, low, high }: Estimate): Estimate => ({
  expected: Math.round(expected),
  low: Math.floor(low),
  high: Math.ceil(high),
});

/** @throws InvalidArgumentError */
function wholeOf(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 1e10) throw new InvalidArgumentError('a whole number from 1 on');
  return value;
}
