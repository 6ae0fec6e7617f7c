import type { RegisterCommand } from '../command.ts';

export const registerEvidence: RegisterCommand = (program, context) => {
  const evidence = program.command('evidence').description('the evidence journal');
  evidence
    .command('erase <capture...>')
    .description('erases captures for good: content, peer, correction; the chain of the journal still holds')
    .option('--simulated', "the range's")
    .action(async (captures: readonly string[], { simulated }: { simulated?: boolean }) => {
      const realm = simulated ? 'simulated' : 'live';
      await context.withControl(async (client) => {
        for (const capture of captures) {
          const path = `/api/v1/captures/${encodeURIComponent(capture)}?realm=${realm}`;
          const { message } = await client.call<{ message: string }>('DELETE', path);
          context.out(`${capture}: ${message}`);
        }
      });
    });
  evidence
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
