// sundew signals
import { Option } from 'commander';
import type { z } from 'zod';
import type { SignalList } from '../../center/api/contract.ts';
import { SundewError } from '../../core/error.ts';
import { SIGNAL_RULES } from '../../warning/signals/types.ts';
import { type RegisterCommand, table } from '../command.ts';

interface Options {
  readonly since?: string;
  readonly rule?: string;
  readonly format: 'table' | 'ndjson';
  readonly simulated?: boolean;
}

/** @throws SundewError USAGE */
function timeOf(text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime()))
    throw new SundewError('USAGE', `signals: --since ${text}: give a day (2026-05-31) or an RFC 3339 time`);
  return time.toISOString();
}

export const registerSignals: RegisterCommand = (program, context) => {
  program
    .command('signals')
    .description('what captures together say: outbreaks in counts, what is new, what came back, what fell silent')
    .option('--since <time>', 'a day (2026-05-31) or an RFC 3339 time')
    .addOption(new Option('--rule <rule>', 'of this rule only').choices(SIGNAL_RULES))
    .addOption(new Option('--format <format>', 'how to print').choices(['table', 'ndjson']).default('table'))
    .option('--simulated', "the range's, not the live ones")
    .action(async ({ since, rule, format, simulated }: Options) => {
      const query = new URLSearchParams({ realm: simulated ? 'simulated' : 'live', limit: '500' });
      if (since !== undefined) query.set('since', timeOf(since));
      if (rule !== undefined) query.set('rule', rule);
      const { signals } = await context.withControl((client) =>
        client.call<z.infer<typeof SignalList>>('GET', `/api/v1/console/signals?${query}`),
      );
      if (format === 'ndjson') {
        for (const signal of signals) context.out(JSON.stringify(signal));
        return;
      }
      const rows = signals.map((one) => [
        one.at,
        one.rule,
        one.p === undefined ? '' : one.p.toExponential(1),
        one.firm ? '' : 'not yet sure',
        one.reason,
      ]);
      context.out(table(['AT', 'RULE', 'P', 'STATE', 'WHAT'], rows, 'no signal was found'));
    });
};
