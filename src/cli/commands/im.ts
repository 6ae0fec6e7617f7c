// sundew im set|show: the accounts that send alerts by instant message
import { Argument, Option } from 'commander';
import type { z } from 'zod';
import { IM_KINDS } from '../../alerts/channel.ts';
import type { ImAlertList } from '../../center/api/contract.ts';
import { NETWORK_NAMES } from '../../core/network.ts';
import { askSecret, readOptionFile } from '../ask.ts';
import { type CliContext, portOf, type RegisterCommand, table } from '../command.ts';

const PATH = '/api/v1/settings/im';

interface SetOptions {
  readonly passwordFile?: string;
  readonly host?: string;
  readonly port?: number;
  readonly tls?: string;
  readonly ca?: string;
  readonly insecure?: boolean;
  readonly hosts?: string;
  readonly login?: string;
  readonly dialect?: number;
  readonly loginUrl?: string;
  readonly nexusUrl?: string;
}

async function accountOf(address: string, options: SetOptions, context: CliContext): Promise<Record<string, unknown>> {
  const { passwordFile, ca, ...plain } = options;
  const password =
    passwordFile === undefined
      ? await askSecret(`Password of ${address}: `, context)
      : await readOptionFile('--password-file', passwordFile, context);
  return {
    address,
    password,
    ...plain,
    ...(ca === undefined ? {} : { ca: await readOptionFile('--ca', ca, context) }),
  };
}

export const registerIm: RegisterCommand = (program, context) => {
  const im = program.command('im').description('the accounts that send alerts by instant message');
  im.command('set')
    .description('the account to send from on a network; never one that is a decoy')
    .addArgument(new Argument('<network>', 'the network').choices(IM_KINDS))
    .argument('<address>', 'JID, AIM name, ICQ number, MSN address, Yahoo! id or Sametime user id')
    .option('--password-file <file>', 'file that holds its password, - for standard input (asked for when absent)')
    .option('--host <host>', 'server to connect to (xmpp: SRV records of the domain unless told)')
    .option('--port <port>', 'port', portOf)
    .addOption(
      new Option('--tls <mode>', 'encryption (xmpp: starttls unless told; none: loopback only)').choices([
        'starttls',
        'direct',
        'none',
      ]),
    )
    .option('--ca <file>', 'PEM of a certificate to trust besides the public ones')
    .option('--insecure', 'accept that others on the way may read the account (not xmpp)')
    .option('--hosts <hosts>', 'other hosts that the server may send the session on to, with commas between')
    .addOption(new Option('--login <login>', 'oscar: how to sign on').choices(['md5', 'roasted']))
    .option('--dialect <number>', 'msnp: version of the protocol, 7 to 12', Number)
    .option('--login-url <url>', 'msnp: log-in server')
    .option('--nexus-url <url>', 'msnp: nexus, which names the log-in server')
    .action(async (network: (typeof IM_KINDS)[number], address: string, options: SetOptions) => {
      const account = await accountOf(address, options, context);
      await context.withControl((client) => client.call('PUT', `${PATH}/${network}`, account));
      const name = NETWORK_NAMES[network];
      context.out(`alerts by ${name} come from ${address}: see with \`sundew im show\` whether it signs on`);
    });
  im.command('show')
    .description('which accounts there are, and whether they are signed on')
    .action(async () => {
      const { accounts } = await context.withControl((client) => client.call<z.infer<typeof ImAlertList>>('GET', PATH));
      const rows = accounts
        .filter(({ configured }) => configured)
        .map(({ network, settings, state }) => [network, settings?.address ?? '', state]);
      context.out(table(['NETWORK', 'ADDRESS', 'STATE'], rows, 'no account is set up yet: sundew im set --help'));
    });
};
