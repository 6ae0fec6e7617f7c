// sundew retract: takes back what was said
import { userInfo } from 'node:os';
import type { z } from 'zod';
import type { RetractionDone, RetractionList } from '../../center/api/contract.ts';
import { SundewError } from '../../core/error.ts';
import { type CliContext, type RegisterCommand, table } from '../command.ts';

interface Options {
  readonly reason?: string;
  readonly undo?: boolean;
  readonly withEntries?: boolean;
  readonly list?: boolean;
  readonly simulated?: boolean;
}

export const registerRetract: RegisterCommand = (program, context) => {
  program
    .command('retract')
    .description('takes back a warning, a campaign or an indicator: gone from board and feeds, told to who was told')
    .argument('[id]', 'a warning (W-…), a campaign, or an indicator: its id, its value or type:value')
    .option('--reason <text>', 'why; it is said to those who were told')
    .option('--undo', 'takes the retraction back')
    .option('--with-entries', 'withdraws the entries of the knowledge base that were published from it, too')
    .option('--list', 'lists the retractions there ever were, with who, when and why')
    .option('--simulated', 'only what the range made; without it, what is not known live is looked for there, too')
    .action(async (id: string | undefined, options: Options) => {
      const realm = options.simulated ? 'simulated' : 'live';
      if (options.list === true) return list(context, realm);
      if (id === undefined)
        throw new SundewError('USAGE', 'retract: give the id of a warning or campaign, or an indicator');
      const undo = options.undo === true;
      const reason = options.reason ?? (undo ? 'Looked at again.' : 'Found to be wrong on review.');
      const withEntries = options.withEntries === true;
      const body = { target: id, reason, by: userInfo().username, ...(withEntries ? { withEntries } : {}) };
      const take = (from: string) =>
        context.withControl((client) =>
          client.call<z.infer<typeof RetractionDone>>(
            'POST',
            `/api/v1/retractions${undo ? '/undo' : ''}?realm=${from}`,
            body,
          ),
        );
      const { message, entries } = await take(realm).catch((error: unknown) => {
        if (realm === 'simulated' || !isUnknown(error)) throw error;
        // Ids are unlike in both realms: what is not live may be the range's. What is neither is told as it was.
        return take('simulated').catch((other: unknown) => {
          throw isUnknown(other) ? error : other;
        });
      });
      context.out(message);
      for (const { link, name, state } of entries) {
        if (state !== 'published') continue;
        context.out(`  ${name}: ${link}; "sundew retract ${id} --with-entries" withdraws it`);
      }
    });
};

function isUnknown(error: unknown): boolean {
  return error instanceof SundewError && error.code === 'NOT_FOUND';
}

async function list(context: CliContext, realm: string): Promise<void> {
  const { retractions } = await context.withControl((client) =>
    client.call<z.infer<typeof RetractionList>>('GET', `/api/v1/retractions?realm=${realm}&limit=500`),
  );
  const rows = retractions.map(({ at, label, by, reason, undone }) => [
    at,
    label,
    by,
    reason,
    undone === undefined ? '' : `${undone.at} ${undone.by}: ${undone.reason}`,
  ]);
  context.out(table(['AT', 'WHAT', 'BY', 'WHY', 'TAKEN BACK'], rows, 'nothing was ever retracted'));
}
