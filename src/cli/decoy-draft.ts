// The configuration of a new decoy, made of what the command line says and of a password that is asked for.
import { SundewError } from '../core/error.ts';
import { askSecret, readOptionFile } from './ask.ts';
import type { CliContext } from './command.ts';
import { DECOY_KINDS, type DecoyKind, settingsOf } from './decoy-settings.ts';

/** Options of `sundew decoy add` besides those of the table in decoy-settings.ts. */
export interface AddOptions extends Readonly<Record<string, unknown>> {
  readonly name?: string;
  readonly component?: boolean;
  readonly password?: string;
  readonly passwordFile?: string;
  readonly sasl?: string;
  readonly disabled?: boolean;
  readonly check: boolean;
}

/** @throws SundewError USAGE */
export async function decoyDraftOf(
  network: string,
  address: string,
  options: AddOptions,
  context: CliContext,
): Promise<Record<string, unknown>> {
  const kind = kindOf(network, options);
  const settings = await settingsOf(kind, options, (option, path) => readOptionFile(option, path, context));
  const secrets = await secretsOf(kind, address, options, context);
  const mode = network === 'xmpp' ? { mode: options.component ? 'component' : 'client' } : {};
  const name = options.name ?? nameOf(address);
  return { name, network, ...mode, address, ...settings, ...secrets, enabled: options.disabled !== true };
}

function kindOf(network: string, options: AddOptions): DecoyKind {
  const kind = options.component ? `${network} --component` : network;
  if (Object.hasOwn(DECOY_KINDS, kind)) return kind as DecoyKind;
  const networks = Object.keys(DECOY_KINDS).filter((known) => !known.includes(' '));
  if (networks.includes(network)) throw new SundewError('USAGE', 'decoy add: --component goes with xmpp only');
  const known = `${networks.slice(0, -1).join(', ')} or ${networks.at(-1)}`;
  throw new SundewError('USAGE', `decoy add: the network must be ${known}, not ${network}`);
}

/** On IRC the password is the SASL account's with `--sasl`, else the server's own, which few servers have. */
async function secretsOf(
  kind: DecoyKind,
  address: string,
  options: AddOptions,
  context: CliContext,
): Promise<Record<string, unknown>> {
  const { sasl: account } = options;
  if (account !== undefined && kind !== 'irc')
    throw new SundewError('USAGE', `decoy add ${kind}: --sasl does not go with it, only with irc`);
  if (account !== undefined)
    return { sasl: { account, password: await passwordOf(options, `SASL password of ${account}: `, context) } };
  if (kind === 'irc') {
    if (options.password === undefined && options.passwordFile === undefined) return {};
    return { serverPassword: await passwordOf(options, '', context) };
  }
  const question = kind === 'xmpp --component' ? 'Component secret: ' : `Password of ${address}: `;
  return { password: await passwordOf(options, question, context) };
}

async function passwordOf(options: AddOptions, question: string, context: CliContext): Promise<string> {
  if (options.password !== undefined) return options.password;
  if (options.passwordFile !== undefined) return readOptionFile('--password-file', options.passwordFile, context);
  return askSecret(question, context);
}

/** A name for files and addresses of the API, made of the address. */
function nameOf(address: string): string {
  return address
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 63);
}
