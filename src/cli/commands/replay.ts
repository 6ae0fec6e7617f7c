// sundew replay FILE… [--alert]
import { Transform } from 'node:stream';
import { SundewError } from '../../core/error.ts';
import type { CliContext, RegisterCommand } from '../command.ts';
import { type Input, inputOf } from '../input.ts';
import { progressLine } from '../progress.ts';

interface Totals {
  stored: number;
  known: number;
  invalid: number;
}

async function replayOne(context: CliContext, input: Input, alert: boolean, totals: Totals): Promise<void> {
  let read = 0;
  const counted = input.open().pipe(
    new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        read += chunk.length;
        done(null, chunk);
      },
    }),
  );
  await context.withControl(async (client) => {
    for await (const line of client.stream(`/api/v1/replay?alert=${alert}`, counted, 'application/x-ndjson')) {
      if (line.error !== undefined) {
        context.err(`${input.name}: ${String(line.error)}`); // it names the line
        totals.invalid += 1;
      } else if (line.failed !== undefined) {
        throw new SundewError('STORE_UNAVAILABLE', String(line.failed));
      } else if (line.done === true) {
        totals.stored += Number(line.stored);
        totals.known += Number(line.known);
      }
      if (context.progressBar)
        progressLine(
          input.name,
          input.bytes === undefined ? undefined : read / Math.max(1, input.bytes),
          Number(line.journaled ?? 0),
        );
    }
  });
  if (context.progressBar) process.stderr.write('\n');
}

export const registerReplay: RegisterCommand = (program, context) => {
  program
    .command('replay <file...>')
    .description(
      'puts captures (NDJSON, .gz too, - for standard input) through the whole pipeline into the store; safe to repeat',
    )
    .option('--alert', 'also sends the alerts that follow', false)
    .action(async (files: readonly string[], { alert }: { alert: boolean }) => {
      const totals: Totals = { stored: 0, known: 0, invalid: 0 };
      const inputs = await Promise.all(files.map((file) => inputOf(file, context)));
      for (const input of inputs) await replayOne(context, input, alert, totals);
      context.out(`${totals.stored} captures stored, ${totals.known} were known, ${totals.invalid} lines refused`);
      if (totals.invalid > 0) context.fail();
    });
};
