// Carries out commands and says what to answer, if anything. An answer never quotes the sender; silence is the rule.
import type { Clock } from '../core/clock.ts';
import { NETWORK_NAMES } from '../core/network.ts';
import { SEVERITIES } from '../core/severity.ts';
import type { Db } from '../storage/database.ts';
import { acknowledge } from './acknowledge-store.ts';
import { AlertBody } from './alert-body.ts';
import type { ChannelKind } from './channel.ts';
import { type Command, parseCommand } from './command.ts';
import { kindsInWords } from './kinds.ts';
import { infoText } from './message.ts';
import { createRateLimit } from './rate-limit.ts';
import { findSubscriber, lastAlertTold, type SubscriberStanding, setMinSeverity } from './subscriber-report-store.ts';
import { confirmByCode, stopFrom } from './subscription.ts';

export interface CommandDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly channel: ChannelKind;
  readonly publicUrl: string;
}

/** @param key the sender's address in its one form @returns the answer; undefined: say nothing */
export type CommandHandler = (key: string, text: string) => Promise<string | undefined>;

const HOUR_MS = 3_600_000;
const REPLIES_PER_PEER_AND_HOUR = 20;
const REPLIES_PER_MINUTE = 120;
const STRANGER_REPLIES_PER_DAY = 3;
const CODES_PER_HOUR = 5;

const HELP = `info [id], ack [id], level ${SEVERITIES.join('|')}, status, stop.`;

export function createCommandHandler(deps: CommandDeps): CommandHandler {
  const limits = {
    peer: createRateLimit(REPLIES_PER_PEER_AND_HOUR, HOUR_MS),
    all: createRateLimit(REPLIES_PER_MINUTE, 60_000),
    stranger: createRateLimit(STRANGER_REPLIES_PER_DAY, 24 * HOUR_MS),
    code: createRateLimit(CODES_PER_HOUR, HOUR_MS),
    unknown: createRateLimit(1, HOUR_MS),
  };
  return async (key, text) => {
    const now = deps.clock.now();
    const command = parseCommand(text);
    // Stop is obeyed whatever the limits say; only its answer is subject to them.
    const standing = await findSubscriber(deps.db, deps.channel, key);
    if (command.kind === 'stop') return await stopAnswer(deps, key, standing, now);
    if (command.kind === 'confirm' && !limits.code.take(key, now)) return undefined;
    if (command.kind === 'unknown' && !limits.unknown.take(key, now)) return undefined;
    if (!limits.peer.take(key, now) || !limits.all.take('', now)) return undefined;
    if (standing?.state === 'confirmed') return await answer(deps, key, command, standing, now);
    if (!limits.stranger.take(key, now)) return undefined;
    return await strangerAnswer(deps, key, command, now);
  };
}

/** Said once; whoever has stopped already hears nothing more from us. */
async function stopAnswer(
  deps: CommandDeps,
  key: string,
  standing: SubscriberStanding | undefined,
  now: Date,
): Promise<string | undefined> {
  if (standing === undefined || standing.state === 'stopped') return undefined;
  await stopFrom(deps.db, { channel: deps.channel, key }, now);
  return 'Stopped: you will get no more alerts.';
}

async function strangerAnswer(
  deps: CommandDeps,
  key: string,
  command: Command,
  now: Date,
): Promise<string | undefined> {
  if (command.kind === 'help') {
    return `This account sends warnings to people who asked for them. You can ask at ${deps.publicUrl}/subscribe`;
  }
  if (command.kind !== 'confirm') return undefined;
  const done = await confirmByCode(deps.db, { channel: deps.channel, key }, command.code, now);
  return done
    ? `Confirmed: you will be told. You can answer: ${HELP}`
    : `This code is wrong, used or older than 48 hours. Ask for a new one at ${deps.publicUrl}/subscribe`;
}

/** Said once for what came since the last time; a repeated word gets no answer. */
async function ackAnswer(
  deps: CommandDeps,
  standing: SubscriberStanding,
  warning: string | undefined,
  now: Date,
): Promise<string | undefined> {
  const done = await acknowledge(deps.db, standing.id, warning, now);
  if (done === undefined) return 'You were told of no such warning.';
  return done.fresh
    ? `Noted: you have seen ${done.warning}. You will hear of it again only if it gets worse, ends or was wrong.`
    : undefined;
}

async function answer(
  deps: CommandDeps,
  key: string,
  command: Command,
  standing: SubscriberStanding,
  now: Date,
): Promise<string | undefined> {
  switch (command.kind) {
    case 'help':
      return HELP;
    case 'unknown':
      return `I understand: ${HELP}`;
    case 'status': {
      const which = standing.networks.map((network) => NETWORK_NAMES[network]).join(', ') || 'all networks';
      const bulletins = standing.kinds.filter((kind) => kind !== 'warnings');
      return [
        ...(bulletins.length === standing.kinds.length
          ? []
          : [`You get warnings of severity ${standing.minSeverity} and above, ${which}.`]),
        ...(bulletins.length === 0 ? [] : [`You get ${kindsInWords(bulletins)}.`]),
      ].join(' ');
    }
    case 'level':
      await setMinSeverity(deps.db, standing.id, command.severity);
      return `From now on severity ${command.severity} and above.`;
    case 'info': {
      const body = AlertBody.safeParse(await lastAlertTold(deps.db, standing.id, command.warning));
      return body.success ? infoText(body.data, deps.publicUrl) : 'You were told of no such warning.';
    }
    case 'ack':
      return await ackAnswer(deps, standing, command.warning, now);
    case 'confirm': {
      const done = await confirmByCode(deps.db, { channel: deps.channel, key }, command.code, now);
      return done ? 'Confirmed: your new wishes count.' : 'This code is wrong, used or older than 48 hours.';
    }
    case 'stop':
      return undefined;
  }
}
