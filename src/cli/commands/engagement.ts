// sundew engagement: rules of engagement
import { Argument, InvalidArgumentError } from 'commander';
import { LEVELS } from '../../core/link.ts';
import { NETWORKS } from '../../core/network.ts';
import type { RegisterCommand } from '../command.ts';

interface ApproveOptions {
  readonly approver: string;
  readonly reason: string;
  readonly days: number;
  readonly second?: string;
  readonly signOff?: string;
  readonly decoy?: readonly string[];
}

function wholeDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1) throw new InvalidArgumentError('It must be a whole number of days.');
  return days;
}

export const registerEngagement: RegisterCommand = (program, context) => {
  const engagement = program.command('engagement').description('rules of engagement');
  engagement
    .command('show')
    .description('levels in force, approvals and the kill switch')
    .action(async () => {
      context.out(
        JSON.stringify(await context.withControl((client) => client.call('GET', '/api/v1/engagement')), null, 2),
      );
    });
  engagement
    .command('stop')
    .description('drops every decoy to observe within a second; stays so over restarts')
    .requiredOption('--reason <text>', 'why')
    .action(async ({ reason }: { reason: string }) => {
      await context.withControl((client) => client.call('POST', '/api/v1/engagement/stop', { reason }));
      context.out('everything is at observe');
    });
  engagement
    .command('resume')
    .description('takes a stop back: approvals that still hold count again')
    .requiredOption('--reason <text>', 'why')
    .action(async ({ reason }: { reason: string }) => {
      await context.withControl((client) => client.call('POST', '/api/v1/engagement/resume', { reason }));
      context.out('the stop is taken back');
    });
  engagement
    .command('approve')
    .description('lets decoys of a network go up to a level until it expires (docs/engagement.md)')
    .addArgument(new Argument('<level>', 'how far').choices(LEVELS))
    .addArgument(new Argument('<network>', 'where').choices(NETWORKS))
    .requiredOption('--approver <name>', 'who approves')
    .requiredOption('--reason <text>', 'why')
    .requiredOption('--days <n>', 'for how long', wholeDays)
    .option('--second <name>', 'second person, from respond-minimal on')
    .option('--sign-off <id>', "the legal owner's, for respond-scripted")
    .option('--decoy <name>', 'only this decoy (repeatable)', (value: string, all: readonly string[] = []) => [
      ...all,
      value,
    ])
    .action(async (level: string, network: string, options: ApproveOptions) => {
      const { days, decoy, ...rest } = options;
      const body = { level, network, days, ...rest, ...(decoy === undefined ? {} : { decoys: decoy }) };
      const { message } = await context.withControl((client) =>
        client.call<{ message: string }>('POST', '/api/v1/engagement/approve', body),
      );
      context.out(message);
    });
  engagement
    .command('ledger')
    .description('every outbound frame with its rule, as NDJSON, oldest first')
    .option('--after <seq>', 'only entries after this number of the journal', '0')
    .option('--simulated', "the range's")
    .action(async ({ after, simulated }: { after: string; simulated?: boolean }) => {
      const realm = simulated ? 'simulated' : 'live';
      let from = Number(after);
      await context.withControl(async (client) => {
        for (;;) {
          const page = await client.call<{ entries: readonly unknown[]; next?: number }>(
            'GET',
            `/api/v1/engagement/ledger?realm=${realm}&after=${from}`,
          );
          for (const entry of page.entries) context.out(JSON.stringify(entry));
          if (page.next === undefined) return;
          from = page.next;
        }
      });
    });
};
