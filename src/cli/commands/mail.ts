// sundew mail: outgoing mail
import { Option } from 'commander';
import { readOptionFile } from '../ask.ts';
import { portOf, type RegisterCommand } from '../command.ts';

export const registerMail: RegisterCommand = (program, context) => {
  const mail = program.command('mail').description('outgoing mail');
  mail
    .command('set <host>')
    .description('the SMTP server that takes outgoing mail, and the sender')
    .requiredOption('--from <address>', 'sender, such as "Sundew <alerts@example.org>"')
    .option('--port <port>', 'port', portOf, 587)
    .addOption(
      new Option('--security <mode>', 'encryption').choices(['starttls', 'direct', 'none']).default('starttls'),
    )
    .option('--username <name>', 'login')
    .option('--password-file <file>', 'file that holds the password')
    .action(
      async (
        host: string,
        { passwordFile, ...settings }: Record<string, string | number> & { passwordFile?: string },
      ) => {
        const password = passwordFile
          ? { password: await readOptionFile('--password-file', passwordFile, context) }
          : {};
        await context.withControl((client) =>
          client.call('PUT', '/api/v1/settings/mail', { host, ...settings, ...password }),
        );
        context.out('outgoing mail is set: try it with `sundew mail test you@example.org`');
      },
    );
  mail
    .command('test <address>')
    .description('sends a test message and says what is wrong')
    .action(async (to: string) => {
      const { message } = await context.withControl((client) =>
        client.call<{ message: string }>('POST', '/api/v1/settings/mail/test', { to }),
      );
      context.out(message);
    });
};
