// sundew range simulate, sundew range plan
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { InvalidArgumentError, Option } from 'commander';
import { SundewError } from '../../core/error.ts';
import { checkParameters, DEFAULTS, PRESETS, RUN_KINDS, type RunParameters } from '../../range/simulate/parameters.ts';
import { type CliContext, type RegisterCommand, table } from '../command.ts';

type Numbers = Partial<Omit<RunParameters, 'kind'>>;
interface SimulateOptions extends Numbers {
  readonly preset?: string;
  readonly kind?: RunParameters['kind'];
  readonly seed: number;
  readonly truth?: string;
  readonly evidence?: true;
}
interface PlanCommandOptions extends Numbers {
  readonly preset?: string;
  readonly before: number;
  readonly sure: number;
  readonly worms: number;
  readonly seed: number;
}

/** Flag of each parameter, and what it says. */
const FLAGS: readonly (readonly [string, string])[] = [
  ['--population <accounts>', 'accounts that can be infected'],
  ['--links <count>', 'links of a newcomer in the scale-free graph; contact lists are twice as long on average'],
  ['--click <chance>', 'that a contact opens what it is sent'],
  ['--delay-min <minutes>', 'from message to infection, median'],
  ['--delay-spread <sigma>', 'of the logarithm of that time'],
  ['--noise-per-hour <hits>', 'that are no worm'],
  ['--seeds <accounts>', 'infected at the start'],
  ['--contacts-known <share>', 'of the lists that decoys stand on, how many they know of'],
  ['--noise-contacts <share>', 'of the senders of noise, how many had the decoy on their list'],
  ['--noise-payloads <count>', 'that noise shares among it; 0: each hit has its own'],
  ['--payload-miss <share>', 'of the hits of worm and burst, how many are not known to be the same'],
];
const RUN_FLAGS: readonly (readonly [string, string])[] = [
  ['--decoys <count>', 'decoys'],
  ['--lists <count>', 'contact lists that each decoy stands on'],
  ['--start-min <minutes>', 'when worm or burst begin'],
  ['--length-min <minutes>', 'length of the run'],
  ['--burst-per-hour <hits>', 'of a spim burst'],
  ['--burst-min <minutes>', 'length of a spim burst'],
  ['--burst-senders <count>', 'senders of a spim burst; 0: each message has its own'],
  ['--burst-contacts <share>', 'of the senders of a spim burst, how many had the decoy on their list'],
];

export const registerRange: RegisterCommand = (program, context) => {
  const range = program.command('range').description('outbreaks on paper: a simulator, and a planner for decoys');
  const presets = new Option('--preset <name>', 'named settings (docs/range.md)').choices(Object.keys(PRESETS));
  const simulate = range
    .command('simulate')
    .description(
      'plays a worm on contact lists (or spim, or quiet) and prints what decoys see: at,decoy,sender in minutes',
    )
    .addOption(presets)
    .addOption(new Option('--kind <kind>', 'what is played').choices([...RUN_KINDS]))
    .option('--seed <number>', 'same seed, same run', numberOf, 1)
    .option('--evidence', 'also prints contact and payload, as `sundew forecast` reads them')
    .option('--truth <file>', 'also writes when accounts were infected: at,infected, every minute with news')
    .action((options: SimulateOptions) => simulateRun(options, context));
  const plan = range
    .command('plan')
    .description('how many decoys on how many contact lists warn of a worm before so many accounts are infected')
    .addOption(presets)
    .requiredOption('--before <infected>', 'accounts infected by when the warning must be out', numberOf)
    .option('--sure <share>', 'share of outbreaks that are to be warned of in time', numberOf, 0.8)
    .option('--worms <count>', 'outbreaks that are tried', numberOf, 20)
    .option('--seed <number>', 'same seed, same plan', numberOf, 1)
    .action((options: PlanCommandOptions) => planDecoysFor(options, context));
  for (const [flag, text] of FLAGS) for (const command of [simulate, plan]) command.option(flag, text, numberOf);
  for (const [flag, text] of RUN_FLAGS) simulate.option(flag, text, numberOf);
};

function parametersOf({ preset, ...given }: Numbers & { readonly preset?: string }): RunParameters {
  const known = Object.fromEntries(Object.entries(given).filter(([name]) => name in DEFAULTS));
  return checkParameters({ ...DEFAULTS, ...(preset === undefined ? {} : PRESETS[preset]), ...known });
}

async function simulateRun(options: SimulateOptions, context: CliContext): Promise<void> {
  const { simulate } = await import('../../range/simulate/simulate.ts');
  const run = simulate(parametersOf(options), options.seed);
  if (options.truth !== undefined) await pipeline(truthLines(run.infectedAt), createWriteStream(options.truth));
  const lines = run.hits.map(({ at, decoy, sender, contact, payload }) =>
    [at.toFixed(3), decoy, sender, ...(options.evidence ? [contact ? 'yes' : 'no', payload] : [])].join(','),
  );
  context.out([options.evidence ? 'at,decoy,sender,contact,payload' : 'at,decoy,sender', ...lines].join('\n'));
}

function* truthLines(infectedAt: Float64Array): Generator<string> {
  yield 'at,infected\n';
  for (let at = 0; at < infectedAt.length; at += 1) {
    const minute = Math.ceil(infectedAt[at] ?? 0);
    if (at + 1 === infectedAt.length || Math.ceil(infectedAt[at + 1] ?? 0) > minute) yield `${minute},${at + 1}\n`;
  }
}

async function planDecoysFor(options: PlanCommandOptions, context: CliContext): Promise<void> {
  const { planDecoys } = await import('../../range/simulate/plan.ts');
  const { firstAlarm } = await import('../../warning/forecast/alarm.ts');
  const { before, sure, worms, seed } = options;
  if (!(Number.isInteger(before) && before >= 2))
    throw new SundewError('USAGE', 'plan: --before is a whole number from 2 on');
  if (!(sure > 0 && sure <= 1)) throw new SundewError('USAGE', 'plan: --sure is a share over 0 and up to 1');
  if (!(Number.isInteger(worms) && worms >= 1 && worms <= 1_000))
    throw new SundewError('USAGE', 'plan: --worms is 1 to 1000');
  const parameters = parametersOf(options);
  const warnedAt = (hits: Parameters<typeof firstAlarm>[0]) => firstAlarm(hits, { since: 0 })?.at;
  const plan = planDecoys({ parameters, before, sure, worms, seed, warnedAt });
  if (plan === undefined) {
    context.err('no plan: such worms hardly spread, or not even decoys on every third contact list warn in time');
    context.fail();
    return;
  }
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  const { inTime, infected } = plan;
  context.out(`decoys × lists: ${plan.places} (of ${parameters.population} accounts)`);
  const rows = [1, 5, 20, 50, 100].map((lists) => [String(Math.ceil(plan.places / lists)), String(lists)]);
  context.out(table(['DECOYS', 'ON LISTS EACH'], rows, ''));
  context.out(
    `of ${plan.outbreaks} simulated outbreaks ${percent(inTime.share)} were warned of before ${before} were infected ` +
      `(90 % interval ${percent(inTime.low)} to ${percent(inTime.high)})`,
  );
  context.out(`infected when warned: ${infected.median} (90 % of outbreaks: ${infected.low} to ${infected.high})`);
}

/** @throws InvalidArgumentError */
function numberOf(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('a number');
  return value;
}
