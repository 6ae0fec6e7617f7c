// sundew evidence: the evidence journal
import { Argument, InvalidArgumentError, Option } from 'commander';
import type { z } from 'zod';
import type { SubscriberList } from '../../center/api/contract.ts';
import { SundewError } from '../../core/error.ts';
import { NETWORKS } from '../../core/network.ts';
import { SEVERITIES } from '../../core/severity.ts';
import { askSecret, readOptionFile } from '../ask.ts';
import { portOf, type RegisterCommand, table } from '../command.ts';

export const registerEvidence: RegisterCommand = (program, context) => {
  program
    .command('evidence')
    .description('the evidence journal')
    .command('verify')
    .description('checks the journal end to end')
    .option('--simulated', "the range's")
    .action(async ({ simulated }: { simulated?: boolean }) => {
      const realm = simulated ? 'simulated' : 'live';
      const report = await context.withControl((client) =>
        client.call<{ entries: number; erased: number; problems: readonly string[] }>(
          'GET',
          `/api/v1/evidence/verify?realm=${realm}`,
        ),
      );
      for (const problem of report.problems) context.err(problem);
      context.out(`${report.entries} entries, ${report.erased} erased, ${report.problems.length} problems`);
      if (report.problems.length > 0) context.fail();
    });
};
