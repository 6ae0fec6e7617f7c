// What `sundew decoy add` can be told, as one table: which option becomes which setting on which kind of decoy.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { SundewError } from '../core/error.ts';
import { portOf } from './command.ts';

/** The kinds of decoys, as a user tells them apart. */
export const DECOY_KINDS = {
  xmpp: { address: 'a JID', hostNeeded: false },
  'xmpp --component': { address: 'the domain of a XEP-0114 component', hostNeeded: false },
  irc: { address: 'a nick', hostNeeded: true },
  oscar: { address: 'an AIM name or ICQ number', hostNeeded: true },
  ymsg: { address: 'a Yahoo! id', hostNeeded: true },
  msnp: { address: "an MSN account's e-mail address", hostNeeded: true },
  sametime: { address: 'a user id', hostNeeded: true },
} as const;
export type DecoyKind = keyof typeof DECOY_KINDS;

const ALL = Object.keys(DECOY_KINDS) as readonly DecoyKind[];

/** The setting, as in the decoy's file, that an option is on each kind that it goes with. */
type Settings = Readonly<Partial<Record<DecoyKind, string>>>;

const on = (kinds: readonly DecoyKind[], setting: string): Settings =>
  Object.fromEntries(kinds.map((kind) => [kind, setting]));

interface SettingOption {
  readonly flags: string;
  readonly help: string;
  readonly as: Settings;
  /** A text or, without a value, a flag unless told; `list` may be repeated, `file` is replaced by its content. */
  readonly type?: 'port' | 'number' | 'list' | 'file';
}

/** Exported for the test that holds it against the settings that there are. */
export const SETTING_OPTIONS: readonly SettingOption[] = [
  {
    flags: '--host <host>',
    help: 'server to sign on to (xmpp: where the SRV records of the domain say, unless told)',
    as: on(ALL, 'host'),
  },
  { flags: '--port <port>', help: "the server's port, unless it is the usual one", as: on(ALL, 'port'), type: 'port' },
  {
    flags: '--tls <mode>',
    help: 'starttls (xmpp only), direct or none (loopback only, unless --insecure)',
    as: on(['xmpp', 'irc', 'oscar', 'sametime'], 'tls'),
  },
  {
    flags: '--ca <file>',
    help: 'PEM of a certificate to trust besides the public ones',
    as: on(['xmpp', 'irc', 'oscar', 'ymsg', 'msnp', 'sametime'], 'ca'),
    type: 'file',
  },
  {
    flags: '--insecure',
    help: 'allows a link without encryption to a server elsewhere: whoever listens reads what this account gets, and may take it over',
    as: on(['oscar', 'ymsg', 'msnp', 'sametime'], 'insecure'),
  },
  {
    flags: '--protocol <version>',
    help: 'version of the protocol; ymsg: 10 (default), 9, 15 or 16, msnp: 7 to 12 (default 11)',
    as: { ymsg: 'version', msnp: 'dialect' },
    type: 'number',
  },
  {
    flags: '--other-host <host>',
    help: 'another host that the server may send the session on to (repeatable)',
    as: { ...on(['oscar', 'msnp'], 'hosts'), sametime: 'redirectHosts' },
    type: 'list',
  },
  {
    flags: '--login <way>',
    help: 'md5 (default), or roasted, which sends the password as good as plain',
    as: on(['oscar'], 'login'),
  },
  {
    flags: '--proxy <host:port>',
    help: "the server's rendezvous proxy, over which files may come at level accept",
    as: on(['oscar'], 'proxy'),
  },
  {
    flags: '--login-url <url>',
    help: 'log-in server; msnp: of versions 8 to 12, unless a nexus names it, ymsg: of versions 15 and 16',
    as: on(['ymsg', 'msnp'], 'loginUrl'),
  },
  { flags: '--nexus-url <url>', help: 'nexus, which names the log-in server', as: on(['msnp'], 'nexusUrl') },
  {
    flags: '--offline-url <url>',
    help: 'service of offline messages; without it only their notices are captured',
    as: on(['msnp'], 'offlineUrl'),
  },
  {
    flags: '--persona <persona>',
    help: 'which file offers it draws: p2p (default) or classic',
    as: on(['msnp'], 'persona'),
  },
  {
    flags: '--weak-login',
    help: 'signs on also where the server offers no key, with a password that can be read on the way',
    as: on(['sametime'], 'weakLogin'),
  },
  {
    flags: '--channel <channel>',
    help: 'a channel of your own to sit in (repeatable)',
    as: on(['irc'], 'channels'),
    type: 'list',
  },
  { flags: '--realname <text>', help: 'real name field', as: on(['irc'], 'realname') },
];

/** Adds the table's options to a command. */
export function offerSettings(command: Command): Command {
  for (const { flags, help, as, type } of SETTING_OPTIONS) {
    const kinds = Object.keys(as);
    const option = new Option(flags, kinds.length === ALL.length ? help : `${kinds.join(', ')}: ${help}`);
    if (type === 'port') option.argParser(portOf);
    if (type === 'number') option.argParser(numberOf);
    if (type === 'list') option.argParser((value: string, all: readonly string[] = []) => [...all, value]);
    command.addOption(option);
  }
  return command;
}

function numberOf(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('a version is a number');
  return Number(text);
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
  for (const { flags, as, type } of SETTING_OPTIONS) {
    const option = new Option(flags);
    const value = options[option.attributeName()];
    if (value === undefined) continue;
    const setting = as[kind];
    if (setting === undefined)
      throw new SundewError(
        'USAGE',
        `decoy add ${kind}: --${option.name()} does not go with it, only with ${Object.keys(as).join(', ')}`,
      );
    settings[setting] = type === 'file' ? await readFile(`--${option.name()}`, String(value)) : value;
  }
  if (DECOY_KINDS[kind].hostNeeded && settings.host === undefined)
    throw new SundewError('USAGE', `decoy add ${kind}: --host is missing: the server to sign on to`);
  return settings;
}
