// What `sundew decoy add` can be told, as one table: which option becomes which setting on which kind of decoy.
import { type Command, Option } from 'commander';
import { SundewError } from '../core/error.ts';
import { portOf } from './command.ts';

/** The kinds of decoys, as a user tells them apart. */
export const DECOY_KINDS = {
  xmpp: { address: 'a JID', hostNeeded: false },
  'xmpp --component': { address: 'the domain of a XEP-0114 component', hostNeeded: false },
  irc: { address: 'a nick', hostNeeded: true },
} as const;
export type DecoyKind = keyof typeof DECOY_KINDS;

const ALL = Object.keys(DECOY_KINDS) as readonly DecoyKind[];

interface SettingOption {
  readonly flags: string;
  readonly help: string;
  /** The setting, as in the decoy's file; commander's name of the option unless told. */
  readonly setting?: string;
  readonly kinds: readonly DecoyKind[];
  /** `port` is a number, `list` may be repeated, `file` is replaced by its content; anything else is a text or a flag. */
  readonly type?: 'port' | 'list' | 'file';
}

const SETTING_OPTIONS: readonly SettingOption[] = [
  {
    flags: '--host <host>',
    help: 'server to sign on to (xmpp: where the SRV records of the domain say, unless told)',
    kinds: ALL,
  },
  { flags: '--port <port>', help: "the server's port, unless it is the usual one", kinds: ALL, type: 'port' },
  {
    flags: '--tls <mode>',
    help: 'xmpp: starttls, direct or none; irc: direct or none (none: loopback only)',
    kinds: ['xmpp', 'irc'],
  },
  {
    flags: '--ca <file>',
    help: 'PEM of a certificate to trust besides the public ones',
    kinds: ['xmpp', 'irc'],
    type: 'file',
  },
  {
    flags: '--channel <channel>',
    setting: 'channels',
    help: 'irc: a channel of your own to sit in (repeatable)',
    kinds: ['irc'],
    type: 'list',
  },
  { flags: '--realname <text>', help: 'irc: real name field', kinds: ['irc'] },
];

/** Adds the table's options to a command. */
export function offerSettings(command: Command): Command {
  for (const { flags, help, type } of SETTING_OPTIONS) {
    const option = new Option(flags, help);
    if (type === 'port') option.argParser(portOf);
    if (type === 'list') option.argParser((value: string, all: readonly string[] = []) => [...all, value]);
    command.addOption(option);
  }
  return command;
}

/**
 * The settings that the options say.
 * @param readFile - the content of a file that an option names
 * @throws SundewError USAGE when an option does not go with the kind, or its server is missing
 */
export async function settingsOf(
  kind: DecoyKind,
  options: Readonly<Record<string, unknown>>,
  readFile: (option: string, path: string) => Promise<string>,
): Promise<Record<string, unknown>> {
  const settings: Record<string, unknown> = {};
  for (const { flags, setting, kinds, type } of SETTING_OPTIONS) {
    const option = new Option(flags);
    const key = option.attributeName();
    const value = options[key];
    if (value === undefined) continue;
    if (!kinds.includes(kind))
      throw new SundewError(
        'USAGE',
        `decoy add ${kind}: ${option.long} does not go with it; see sundew decoy add --help`,
      );
    settings[setting ?? key] = type === 'file' ? await readFile(`--${option.name()}`, String(value)) : value;
  }
  if (DECOY_KINDS[kind].hostNeeded && settings.host === undefined)
    throw new SundewError('USAGE', `decoy add ${kind}: --host is missing: the server to sign on to`);
  return settings;
}
