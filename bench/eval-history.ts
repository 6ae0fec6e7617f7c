// `npm run eval:history [-- FAMILY …] [--gap-ms=N] [--pause-ms=N] [--patience=S]`: history replayed as lures through the range. A real
// Sundew with decoys on every network, a reader by mail and one by XMPP; the documented lures over the network that each
// came on. Prints what became of each family; exit status 1 when one was missed.
import { parseArgs } from 'node:util';
import { readHistory } from './history/families.ts';
import { judge } from './history/judge.ts';
import { playHistory } from './history/play.ts';
import { chosen, printOutcomes } from './history/print.ts';
import { openSite } from './history/site.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'gap-ms': { type: 'string', default: '500' },
    'pause-ms': { type: 'string', default: '2000' },
    patience: { type: 'string', default: '420' },
  },
});
const history = await readHistory();
const families = chosen(history, positionals);
const missed = await run();
process.exit(missed ? 1 : 0);

async function run(): Promise<boolean> {
  await using site = await openSite();
  const outcomes = judge(
    families,
    await playHistory(site, families, {
      gapMs: Number(values['gap-ms']),
      pauseMs: Number(values['pause-ms']),
      patienceMs: Number(values.patience) * 1_000,
      held: true,
    }),
    true,
  );
  printOutcomes(outcomes, history);
  return outcomes.some((one) => one.missed);
}
