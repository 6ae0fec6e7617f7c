// sundew report
import { writeFile } from 'node:fs/promises';
import { Option } from 'commander';
import type { z } from 'zod';
import type { Report, ReportQueryRows } from '../../center/api/contract.ts';
import { messageOf, SundewError } from '../../core/error.ts';
import { type CliContext, type RegisterCommand, table } from '../command.ts';
import type { ControlClient } from '../control-client.ts';

const FORMATS = ['html', 'markdown', 'pdf', 'json'] as const;

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly quarter?: string;
  readonly month?: string;
  readonly period?: string;
  readonly simulated?: boolean;
  readonly format?: (typeof FORMATS)[number];
  readonly output?: string;
  readonly bulletin?: boolean;
  readonly public?: boolean;
  readonly query?: string;
}

/** What was asked for, as the API names it. @throws SundewError USAGE */
function periodOf({ from, to, quarter, month, period }: Options): string {
  const days = from === undefined && to === undefined ? [] : [`${from ?? ''}..${to ?? ''}`];
  const given = [...days, ...[quarter, month, period].filter((one) => one !== undefined)];
  const [only] = given;
  if (only === undefined || given.length > 1)
    throw new SundewError(
      'USAGE',
      'report: give one of --quarter 2026-Q3, --month 2026-10, or --from and --to together',
    );
  if (days.length > 0 && (from === undefined || to === undefined))
    throw new SundewError('USAGE', 'report: --from and --to go together; both days are part of the period');
  return only;
}

const realmOf = ({ simulated }: Options): string => (simulated === true ? 'simulated' : 'live');

export const registerReport: RegisterCommand = (program, context) => {
  program
    .command('report')
    .description('the report of a quarter, a month or some days, with charts, comparison and the query of each figure')
    .option('--quarter <quarter>', 'as 2026-Q3')
    .option('--month <month>', 'as 2026-10')
    .option('--from <day>', 'first day, as 2026-10-01')
    .option('--to <day>', 'last day')
    .option('--period <period>', 'any of these in one word: 2026-Q3, 2026-10, 2026-10-01..2026-10-14')
    .option('--simulated', "of the range's captures, not the live ones")
    .addOption(new Option('--format <format>', 'html unless the name of the file says otherwise').choices(FORMATS))
    .option('-o, --output <file>', 'where to; - for standard output')
    .option('--bulletin', 'the short form of a month: what was new, what to do, numbers')
    .option('--public', 'as everybody may see it: counts in bands, names that enough decoys saw')
    .option('--query <id>', 'runs one query of the report again and prints its rows')
    .action(async (options: Options) => {
      const period = periodOf(options);
      await context.withControl((client) =>
        options.query === undefined ? write(client, period, options, context) : again(client, period, options, context),
      );
    });
};

async function write(client: ControlClient, period: string, options: Options, context: CliContext): Promise<void> {
  const { output } = options;
  if (output === undefined) throw new SundewError('USAGE', 'report: -o FILE is missing; - writes to standard output');
  const format = options.format ?? formatOf(output);
  const query = new URLSearchParams({ realm: realmOf(options), tier: options.public === true ? 'public' : 'operator' });
  if (options.bulletin === true) query.set('bulletin', 'true');
  const report = await client.call<z.infer<typeof Report>>('GET', `/api/v1/console/reports/${period}?${query}`);
  const content = await contentOf(report, format);
  if (output === '-') {
    process.stdout.write(content);
    return;
  }
  await writeFile(output, content).catch((cause: unknown) => {
    throw new SundewError('USAGE', `report: ${output} cannot be written: ${messageOf(cause)}`, { cause });
  });
  context.err(`${report.period.label}: ${output}`);
}

async function contentOf(
  report: z.infer<typeof Report>,
  format: (typeof FORMATS)[number],
): Promise<string | Uint8Array> {
  if (format === 'json') return `${JSON.stringify(report, undefined, 2)}\n`;
  const { renderReport } = await import('../../report/render/render.ts');
  if (format !== 'pdf') return renderReport(report, format).text;
  const { printPdf } = await import('../print-pdf.ts');
  return printPdf(renderReport(report, 'html').text, {
    path: process.env.PATH ?? '',
    root: process.getuid?.() === 0,
  });
}

function formatOf(output: string): (typeof FORMATS)[number] {
  const ending = /[.](html|pdf|json|md)$/.exec(output)?.[1];
  if (ending === 'md') return 'markdown';
  return FORMATS.find((format) => format === ending) ?? 'html';
}

async function again(client: ControlClient, period: string, options: Options, context: CliContext): Promise<void> {
  const path = `/api/v1/console/reports/${period}/queries/${encodeURIComponent(options.query ?? '')}`;
  const { rows } = await client.call<z.infer<typeof ReportQueryRows>>('GET', `${path}?realm=${realmOf(options)}`);
  const columns = Object.keys(rows[0] ?? {});
  const text = (value: unknown): string =>
    typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
  context.out(
    table(
      columns,
      rows.map((row) => columns.map((column) => text(row[column]))),
      'no rows',
    ),
  );
}
