import type { RegisterCommand } from '../command.ts';

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
