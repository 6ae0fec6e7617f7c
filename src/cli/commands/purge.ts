import { SundewError } from '../../core/error.ts';
import type { RegisterCommand } from '../command.ts';

export const registerPurge: RegisterCommand = (program, context) => {
  program
    .command('purge')
    .description('does away with all simulated data')
    .option('--simulated', 'what to purge: only simulated data can be')
    .action(async ({ simulated }: { simulated?: boolean }) => {
      if (!simulated)
        throw new SundewError('USAGE', 'purge: say --simulated: live evidence is not purged by a command');
      const { message } = await context.withControl((client) =>
        client.call<{ message: string }>('POST', '/api/v1/simulated/purge'),
      );
      context.out(message);
    });
};
