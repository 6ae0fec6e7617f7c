// sundew im set|show: the account that sends alerts by instant message
import { Option } from 'commander';
import type { z } from 'zod';
import type { XmppAlertState } from '../../center/api/contract.ts';
import { askSecret, readOptionFile } from '../ask.ts';
import { type CliContext, portOf, type RegisterCommand } from '../command.ts';

const PATH = '/api/v1/settings/xmpp';

interface SetOptions {
  readonly passwordFile?: string;
  readonly host?: string;
  readonly port?: number;
  readonly tls: string;
  readonly ca?: string;
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
  const im = program.command('im').description('the XMPP account that sends alerts by instant message');
  im.command('set <address>')
    .description('the account to send from; never one that is a decoy')
    .option('--password-file <file>', 'file that holds its password, - for standard input (asked for when absent)')
    .option('--host <host>', 'server to connect to (default: SRV records of the domain)')
    .option('--port <port>', 'port', portOf)
    .addOption(
      new Option('--tls <mode>', 'encryption (none: loopback only)')
        .choices(['starttls', 'direct', 'none'])
        .default('starttls'),
    )
    .option('--ca <file>', 'PEM of a certificate to trust besides the public ones')
    .action(async (address: string, options: SetOptions) => {
      const account = await accountOf(address, options, context);
      await context.withControl((client) => client.call('PUT', PATH, account));
      context.out(`alerts by XMPP come from ${address}: see with \`sundew im show\` whether it signs on`);
    });
  im.command('show')
    .description('which account it is, and whether it is signed on')
    .action(async () => {
      const { settings, state } = await context.withControl((client) =>
        client.call<z.infer<typeof XmppAlertState>>('GET', PATH),
      );
      context.out(settings === undefined ? state : `${settings.address}: ${state}`);
    });
};
