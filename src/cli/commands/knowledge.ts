// sundew knowledge import
import { basename } from 'node:path';
import { Argument } from 'commander';
import type { z } from 'zod';
import type { ImportReport } from '../../center/api/contract.ts';
import { SundewError } from '../../core/error.ts';
import { MAX_JSON_BYTES } from '../../knowledge/import/bounded-json.ts';
import { parseMispGalaxy } from '../../knowledge/import/misp-galaxy.ts';
import { parseStix } from '../../knowledge/import/stix.ts';
import { ORIGINS, type Origin, type Parsed } from '../../knowledge/import/types.ts';
import type { RegisterCommand } from '../command.ts';
import { type Input, inputOf } from '../input.ts';

type Report = z.infer<typeof ImportReport>;

const PARSERS: Readonly<Record<Origin, (text: string) => Parsed>> = {
  'misp-galaxy': parseMispGalaxy,
  stix: parseStix,
};
/** Sources in one request. */
const PART = 500;

export const registerKnowledge: RegisterCommand = (program, context) => {
  const knowledge = program.command('knowledge').description('the knowledge base');
  knowledge
    .command('import')
    .description('brings in what others know, as sources that analysts accept into entries')
    .addArgument(new Argument('<format>', 'of the file').choices(ORIGINS))
    .argument('<file>', 'a galaxy cluster or a STIX 2.1 bundle; - is standard input')
    .option('--dry-run', 'says what would change and changes nothing')
    .option('--simulated', "into the range's knowledge base")
    .action(async (format: Origin, file: string, options: { dryRun?: boolean; simulated?: boolean }) => {
      const parsed = PARSERS[format](await textOf(await inputOf(file, context)));
      const dryRun = options.dryRun === true;
      const query = options.simulated === true ? '?realm=simulated' : '?realm=live';
      const report = await context.withControl(async (client) => {
        const reports: Report[] = [];
        for (let at = 0; at < parsed.sources.length; at += PART) {
          const sources = parsed.sources.slice(at, at + PART);
          const body = { file: basename(file), dryRun, sources };
          reports.push(await client.call<Report>('POST', `/api/v1/knowledge/sources${query}`, body));
        }
        return reports;
      });
      const sum = (key: keyof Report): number => report.reduce((total, one) => total + one[key], 0);
      context.out(
        `${dryRun ? 'would import' : 'imported'}: ${sum('added')} new, ${sum('changed')} changed, ${sum('same')} as before, ` +
          `${parsed.skipped} left out; ${sum('suggestions')} new suggestions for entries`,
      );
    });
};

/** @throws SundewError INPUT_INVALID when it is too large */
async function textOf(input: Input): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input.open()) {
    const part = Buffer.from(chunk as Uint8Array);
    bytes += part.length;
    if (bytes > MAX_JSON_BYTES) throw new SundewError('INPUT_INVALID', `${input.name} is over 64 MiB`);
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString('utf8');
}
