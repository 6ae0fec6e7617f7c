// sundew decoy add|list|check|enable|disable|remove
import type { z } from 'zod';
import type { DecoyCheck, DecoyList } from '../../center/api/contract.ts';
import { SundewError } from '../../core/error.ts';
import { askSecret, readOptionFile } from '../ask.ts';
import { type CliContext, portOf, type RegisterCommand, table } from '../command.ts';

interface AddOptions {
  readonly name?: string;
  readonly component?: boolean;
  readonly password?: string;
  readonly passwordFile?: string;
  readonly host?: string;
  readonly port?: number;
  readonly tls?: string;
  readonly ca?: string;
  readonly channel: readonly string[];
  readonly sasl?: string;
  readonly realname?: string;
  readonly disabled?: boolean;
  readonly check: boolean;
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

async function configOf(
  network: string,
  address: string,
  options: AddOptions,
  context: CliContext,
): Promise<Record<string, unknown>> {
  const { host, port } = options;
  const ca = options.ca === undefined ? undefined : await readOptionFile('--ca', options.ca, context);
  const shared = {
    name: options.name ?? nameOf(address),
    network,
    address,
    ...(port === undefined ? {} : { port }),
    ...(host === undefined ? {} : { host }),
    enabled: options.disabled !== true,
  };
  const secure = { ...(options.tls === undefined ? {} : { tls: options.tls }), ...(ca === undefined ? {} : { ca }) };
  if (network === 'xmpp') {
    if (options.component && (options.tls !== undefined || ca !== undefined))
      throw new SundewError(
        'USAGE',
        'decoy add xmpp --component: --tls and --ca do not go with it: its link has no TLS',
      );
    const mode = options.component ? 'component' : 'client';
    const password = await passwordOf(
      options,
      options.component ? 'Component secret: ' : `Password of ${address}: `,
      context,
    );
    return { ...shared, mode, password, ...(options.component ? {} : secure) };
  }
  if (network !== 'irc') throw new SundewError('USAGE', `decoy add: the network must be xmpp or irc, not ${network}`);
  if (host === undefined)
    throw new SundewError('USAGE', 'decoy add irc: --host is missing: the IRC server to sign on to');
  return {
    ...shared,
    ...secure,
    ...(await ircSecrets(options, context)),
    channels: options.channel,
    ...(options.realname ? { realname: options.realname } : {}),
  };
}

/** With `--sasl` the password is the account's, else it is the server's own, which few servers have. */
async function ircSecrets(options: AddOptions, context: CliContext): Promise<Record<string, unknown>> {
  const { sasl: account } = options;
  if (account !== undefined)
    return { sasl: { account, password: await passwordOf(options, `SASL password of ${account}: `, context) } };
  if (options.password === undefined && options.passwordFile === undefined) return {};
  return { serverPassword: await passwordOf(options, '', context) };
}

function printCheck(context: CliContext, check: z.infer<typeof DecoyCheck>): void {
  if (check.ok) {
    context.out(check.sentence);
    return;
  }
  context.err(check.sentence);
  context.fail();
}

export const registerDecoy: RegisterCommand = (program, context) => {
  const decoy = program.command('decoy').description('adds, lists and tries decoys');
  const act = (verb: string, path: string, said: string) => async (name: string) => {
    await context.withControl((client) => client.call(verb, `/api/v1/decoys/${encodeURIComponent(name)}${path}`));
    context.out(`${name}: ${said}`);
  };

  decoy
    .command('add <network> <address>')
    .description('adds a decoy (xmpp: a JID, or with --component a domain; irc: a nick), tries it once and starts it')
    .option('--name <name>', 'name of its file (default: made of the address)')
    .option('--component', 'xmpp: the address is the domain of a XEP-0114 component')
    .option(
      '--password <password>',
      'password or component secret (asked for when absent); irc: SASL or server password',
    )
    .option('--password-file <file>', 'file that holds it, - for standard input')
    .option('--host <host>', 'server to connect to (xmpp default: SRV records of the domain)')
    .option('--port <port>', 'port', portOf)
    .option('--tls <mode>', 'xmpp: starttls, direct or none; irc: direct or none (none: loopback only)')
    .option('--ca <file>', 'PEM of a certificate to trust besides the public ones')
    .option(
      '--channel <channel>',
      'irc: a channel of your own to sit in (repeatable)',
      (value: string, all: readonly string[]) => [...all, value],
      [],
    )
    .option('--sasl <account>', 'irc: services account for SASL')
    .option('--realname <text>', 'irc: real name field')
    .option('--disabled', 'adds it without starting it')
    .option('--no-check', 'does not try to sign on first')
    .action(async (network: string, address: string, options: AddOptions) => {
      const config = await configOf(network, address, options, context);
      await context.withControl(async (client) => {
        if (options.check) {
          const check = await client.call<z.infer<typeof DecoyCheck>>('POST', '/api/v1/decoys/check', config);
          printCheck(context, check);
          if (!check.ok)
            return context.err('nothing was added: mend it and try again, or add it as it is with --no-check');
        }
        await client.call('POST', '/api/v1/decoys', config);
        context.out(`${String(config.name)}: added${options.disabled ? ', not started' : ''}`);
      });
    });
  decoy
    .command('list')
    .description('lists the decoys with their state')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { decoys } = await context.withControl((client) =>
        client.call<z.infer<typeof DecoyList>>('GET', '/api/v1/decoys'),
      );
      if (json) return context.out(JSON.stringify(decoys, null, 2));
      const rows = decoys.map((d) => [
        d.name,
        d.network,
        d.address,
        d.state,
        String(d.captures),
        d.level,
        d.problem ?? '',
      ]);
      context.out(
        table(
          ['NAME', 'NETWORK', 'ADDRESS', 'STATE', 'CAPTURES', 'LEVEL', 'PROBLEM'],
          rows,
          'no decoy is configured yet: sundew decoy add --help',
        ),
      );
    });
  decoy
    .command('check <name>')
    .description('tries one sign-on and says what is wrong')
    .action(async (name: string) => {
      const path = `/api/v1/decoys/${encodeURIComponent(name)}/check`;
      printCheck(context, await context.withControl((client) => client.call<z.infer<typeof DecoyCheck>>('POST', path)));
    });
  decoy
    .command('enable <name>')
    .description('starts a decoy')
    .action(act('POST', '/enable', 'enabled'));
  decoy
    .command('disable <name>')
    .description('stops a decoy and keeps its settings')
    .action(act('POST', '/disable', 'disabled'));
  decoy
    .command('remove <name>')
    .description('stops a decoy and deletes its settings; its captures stay')
    .action(act('DELETE', '', 'removed'));
};
