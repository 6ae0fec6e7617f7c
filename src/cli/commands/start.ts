// sundew start
import { flushCompileCache } from 'node:module';
import { Option } from 'commander';
import { type Center, openCenter } from '../../center/center.ts';
import { readSettings } from '../../center/settings.ts';
import type { RegisterCommand } from '../command.ts';

/** A second signal ends the process at once. */
async function untilAsked(center: Center): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  process.once('SIGINT', () => process.exit(1));
  await center.close();
}

export const registerStart: RegisterCommand = (program, context) => {
  program
    .command('start')
    .description('runs the threat centre; with no decoy configured also the range, all of it simulated')
    .addOption(new Option('--role <role>', 'what this process does').choices(['all']).default('all'))
    .action(async () => {
      const settings = readSettings({ config: program.opts<{ config?: string }>().config });
      const center = await openCenter(settings, { quiet: false });
      flushCompileCache(); // now rather than at the exit: a process that is killed has none
      const setup = await center.firstAdminLink();
      context.out('');
      context.out(`  Sundew is running:  ${center.address}`);
      if (center.simulated) {
        context.out(
          '  No decoy is configured, so the range plays outbreaks on this machine: all you see is SIMULATED.',
        );
        context.out(`  Go live in the browser, or:  bin/sundew decoy add xmpp you@your-server.example`);
      }
      if (setup !== undefined) context.out(`  Make the first admin (this link works once):  ${setup}`);
      context.out('');
      await untilAsked(center);
    });
};
