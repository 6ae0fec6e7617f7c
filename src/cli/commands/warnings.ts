// sundew warnings
import { Option } from 'commander';
import type { z } from 'zod';
import type { WarningPage } from '../../center/api/contract.ts';
import { SundewError } from '../../core/error.ts';
import { type RegisterCommand, table } from '../command.ts';

interface Options {
  readonly since?: string;
  readonly format: 'table' | 'ndjson';
  readonly simulated?: boolean;
}

/** @throws SundewError USAGE */
function timeOf(text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime()))
    throw new SundewError('USAGE', `warnings: --since ${text}: give a day (2026-05-31) or an RFC 3339 time`);
  return time.toISOString();
}

/** Captures that are thought to have come two hours on, and what came once that is over. */
function forecastOf({ forecast }: z.infer<typeof WarningPage>['warnings'][number]): string {
  const outlook = forecast?.outlooks.find(({ aheadMin }) => aheadMin === 120);
  if (outlook === undefined) return '';
  const { expected, low, high, came, held } = outlook;
  const text = `${expected} (${low} to ${high})`;
  return came === undefined ? text : `${text}, came ${came}: ${held === true ? 'held' : 'missed'}`;
}

/** Accounts that are thought to be infected two hours on, where the size of the service is set. */
function infectedOf({ forecast }: z.infer<typeof WarningPage>['warnings'][number]): string {
  const infected = forecast?.outlooks.find(({ aheadMin }) => aheadMin === 120)?.infected;
  return infected === undefined ? '' : `${infected.expected} (${infected.low} to ${infected.high})`;
}

export const registerWarnings: RegisterCommand = (program, context) => {
  program
    .command('warnings')
    .description('the warnings raised: when (capture time), why, growth and severity')
    .option('--since <time>', 'a day (2026-05-31) or an RFC 3339 time')
    .addOption(new Option('--format <format>', 'how to print').choices(['table', 'ndjson']).default('table'))
    .option('--simulated', "the range's, not the live ones")
    .action(async ({ since, format, simulated }: Options) => {
      const query = new URLSearchParams({ realm: simulated ? 'simulated' : 'live', limit: '1000' });
      if (since !== undefined) query.set('since', timeOf(since));
      const { warnings } = await context.withControl((client) =>
        client.call<z.infer<typeof WarningPage>>('GET', `/api/v1/console/warnings?${query}`),
      );
      if (format === 'ndjson') {
        for (const warning of warnings) context.out(JSON.stringify(warning));
        return;
      }
      const rows = warnings.map((w) => [
        w.at,
        w.id,
        w.severity,
        w.growth,
        w.propagation ?? '',
        forecastOf(w),
        infectedOf(w),
        w.networks.join(','),
        w.title,
        w.rules?.[0]?.id ?? '',
        w.reasons[0] ?? '',
      ]);
      context.out(
        table(
          [
            'AT',
            'ID',
            'SEVERITY',
            'GROWTH',
            'SPREADS',
            'IN 2 HOURS',
            'INFECTED THEN',
            'NETWORKS',
            'TITLE',
            'RULE',
            'WHY',
          ],
          rows,
          'no warning was raised',
        ),
      );
    });
};
