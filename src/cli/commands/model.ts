// sundew model: the classifier of wording: made, judged, chosen.
import { writeFile } from 'node:fs/promises';
import type { z } from 'zod';
import { correctedRows } from '../../analysis/classify/corrected-rows.ts';
import { keepModel, listModels, useModel } from '../../analysis/classify/model-folder.ts';
import type { TrainingRow } from '../../analysis/classify/training-row.ts';
import type { CorrectionList } from '../../center/api/contract.ts';
import { dataPaths, readSettings } from '../../center/settings.ts';
import { type CliContext, type RegisterCommand, table } from '../command.ts';

export const registerModel: RegisterCommand = (program, context) => {
  const model = program.command('model').description('the classifier of wording: train, evaluate, choose');
  const folder = (): string => dataPaths(readSettings({ config: program.opts<{ config?: string }>().config })).models;
  model
    .command('train')
    .description('makes a model from the texts that come with Sundew (a minute or two); it is kept, not yet used')
    .option('--corrections', "with this installation's corrections")
    .option('--out <file>', 'write it to this file instead of keeping it in the data directory')
    .action(async ({ corrections, out }: { readonly corrections?: true; readonly out?: string }) => {
      const { packed, figures } = await trained(context, corrections === true);
      for (const line of figures) context.out(line);
      if (out !== undefined) {
        await writeFile(out, packed);
        context.out(`written to ${out}`);
        return;
      }
      const version = keepModel(folder(), packed);
      context.out(`kept as ${version}; to use it: sundew model use ${version}`);
    });
  model
    .command('evaluate')
    .description('how right a model of these texts is, cross-validated')
    .option('--corrections', "with this installation's corrections")
    .action(async ({ corrections }: { readonly corrections?: true }) => {
      for (const line of (await trained(context, corrections === true)).figures) context.out(line);
    });
  model
    .command('list')
    .description('the models there are, what they are made of, and which is used')
    .action(() => {
      const rows = listModels(folder()).map(({ name, inUse, header }) => [
        inUse ? '*' : '',
        name,
        String(header.madeOf.reduce((sum, { rows: count }) => sum + count, 0)),
        String(header.corrections),
      ]);
      context.out(table(['USED', 'MODEL', 'TEXTS', 'CORRECTIONS'], rows, 'there is none'));
    });
  model
    .command('use <version>')
    .description('approves a model: it judges from the next start on (`shipped` goes back)')
    .action((version: string) => {
      useModel(folder(), version);
      context.out(`${version}: judges from the next start on`);
    });
};

async function trained(context: CliContext, corrections: boolean) {
  const { trainModel } = await import('../train-model.ts');
  return trainModel(corrections ? await corrected(context) : [], context.err);
}

async function corrected(context: CliContext): Promise<readonly TrainingRow[]> {
  const { corrections } = await context.withControl((client) =>
    client.call<z.infer<typeof CorrectionList>>('GET', '/api/v1/corrections?realm=live'),
  );
  return correctedRows(corrections);
}
