// The command `sundew`.
import { stat } from 'node:fs/promises';
import { Command, CommanderError } from 'commander';
import { VERSION } from '../center/version.ts';
import { isSundewError, messageOf } from '../core/error.ts';
import type { CliContext, RegisterCommand } from './command.ts';
import { registerAnalyze } from './commands/analyze.ts';
import { registerDecoy } from './commands/decoy.ts';
import { registerDetect } from './commands/detect.ts';
import { registerDoctor } from './commands/doctor.ts';
import { registerEngagement } from './commands/engagement.ts';
import { registerEvidence } from './commands/evidence.ts';
import { registerForecast } from './commands/forecast.ts';
import { registerIm } from './commands/im.ts';
import { registerKnowledge } from './commands/knowledge.ts';
import { registerMail } from './commands/mail.ts';
import { registerModel } from './commands/model.ts';
import { registerPurge } from './commands/purge.ts';
import { registerRange } from './commands/range.ts';
import { registerReplay } from './commands/replay.ts';
import { registerReport } from './commands/report.ts';
import { registerRetract } from './commands/retract.ts';
import { registerSignals } from './commands/signals.ts';
import { registerStart } from './commands/start.ts';
import { registerSubscriber } from './commands/subscriber.ts';
import { registerTriage } from './commands/triage.ts';
import { registerUser } from './commands/user.ts';
import { registerWarnings } from './commands/warnings.ts';
import { withControl } from './with-control.ts';

const COMMANDS: readonly RegisterCommand[] = [
  registerStart,
  registerDecoy,
  registerReplay,
  registerAnalyze,
  registerTriage,
  registerDetect,
  registerSignals,
  registerWarnings,
  registerRetract,
  registerForecast,
  registerRange,
  registerReport,
  registerEngagement,
  registerEvidence,
  registerSubscriber,
  registerMail,
  registerIm,
  registerKnowledge,
  registerModel,
  registerUser,
  registerPurge,
  registerDoctor,
];

function makeContext(program: Command): CliContext {
  return {
    withControl: (use) => withControl(program.opts<{ config?: string }>().config, use),
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
    fail: () => {
      process.exitCode = 1;
    },
    stdin: process.stdin,
    progressBar: process.stderr.isTTY === true,
  };
}

/** Exit status: 0 done, 1 failed, 2 wrong usage. */
async function main(argv: readonly string[]): Promise<number | undefined> {
  const program = new Command('sundew')
    .description('A threat centre for instant messaging and peer-to-peer networks.')
    .version(VERSION)
    .option('--config <file>', 'settings (default: sundew.yaml in the data directory)')
    .showHelpAfterError('(sundew --help lists the commands)');
  const context = makeContext(program);
  for (const register of COMMANDS) register(program, context);
  exitInsteadOfEnding(program);
  try {
    await program.parseAsync(argv);
    return undefined;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`sundew: ${messageOf(error)}\n`);
    return isSundewError(error, 'USAGE') || isSundewError(error, 'CONFIG_INVALID') ? 2 : 1;
  }
}

function exitInsteadOfEnding(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) exitInsteadOfEnding(child);
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0); // the reader has seen enough
});
await stat('.').catch(() => process.exit(1)); // a removed working directory breaks everything later with odd words
const status = await main(process.argv);
if (status !== undefined) process.exitCode = status;
