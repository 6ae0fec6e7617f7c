// sundew purge --simulated
import { Argument, InvalidArgumentError, Option } from 'commander';
import type { z } from 'zod';
import type { SubscriberList } from '../../center/api/contract.ts';
import { SundewError } from '../../core/error.ts';
import { NETWORKS } from '../../core/network.ts';
import { SEVERITIES } from '../../core/severity.ts';
import { askSecret, readOptionFile } from '../ask.ts';
import { portOf, type RegisterCommand, table } from '../command.ts';

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
