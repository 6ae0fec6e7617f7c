// sundew triage FILE…
import { basename } from 'node:path';
import { readSettings } from '../../center/settings.ts';
import type { RegisterCommand } from '../command.ts';
import { inputOf } from '../input.ts';

export const registerTriage: RegisterCommand = (program, context) => {
  program
    .command('triage <file...>')
    .description('what files are and what speaks against them, as NDJSON; they are read in a sandbox and never run')
    .action(async (files: readonly string[]) => {
      const inputs = await Promise.all(files.map((file) => inputOf(file, context)));
      const { triageFiles } = await import('../triage-files.ts');
      const loaded = readSettings({ config: program.opts<{ config?: string }>().config });
      const named = inputs.map((input) => ({ ...input, base: basename(input.name) }));
      await triageFiles(loaded, named, { out: context.out, err: context.err });
    });
};
