// sundew start
import { flushCompileCache } from 'node:module';
import { Option } from 'commander';
import { readSettings } from '../../center/settings.ts';
import type { RegisterCommand } from '../command.ts';

/** npm hands on the Ctrl-C that the terminal has sent already: one press may come twice. */
const SAME_PRESS_MS = 1_500;

/** Resolves at the first signal, also one that comes while it starts; a second press ends the process at once. */
function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const asked = (): void => {
      if (first === undefined) {
        first = performance.now();
        resolve();
      } else if (performance.now() - first > SAME_PRESS_MS) {
        process.exit(1);
      }
    };
    process.on('SIGINT', asked);
    process.on('SIGTERM', asked);
  });
}

export const registerStart: RegisterCommand = (program, context) => {
  program
    .command('start')
    .description('runs the threat centre; with no decoy configured also the range, all of it simulated')
    .addOption(new Option('--role <role>', 'what this process does').choices(['all']).default('all'))
    .action(async () => {
      const stop = stopAsked();
      const settings = readSettings({ config: program.opts<{ config?: string }>().config });
      const center = await (await import('../../center/center.ts')).openCenter(settings, { quiet: false });
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
      await stop;
      context.out('  Stopping …');
      await center.close();
    });
};
