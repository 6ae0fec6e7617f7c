// sundew user: analysts who may sign in
import { Option } from 'commander';
import { askSecret, readOptionFile } from '../ask.ts';
import { type RegisterCommand, table } from '../command.ts';

export const registerUser: RegisterCommand = (program, context) => {
  const user = program.command('user').description('analysts who may sign in');
  user
    .command('add <email>')
    .description('lets somebody sign in')
    .requiredOption('--name <name>', 'shown name')
    .addOption(new Option('--role <role>', 'what they may do').choices(['admin', 'analyst']).default('analyst'))
    .option('--password-file <file>', 'file that holds the first password (asked for when absent)')
    .action(
      async (email: string, { name, role, passwordFile }: { name: string; role: string; passwordFile?: string }) => {
        const password = passwordFile
          ? await readOptionFile('--password-file', passwordFile, context)
          : await askSecret(`Password of ${email}: `, context);
        await context.withControl((client) => client.call('POST', '/api/v1/users', { email, name, role, password }));
        context.out(`${email}: may sign in as ${role}`);
      },
    );
  user
    .command('list')
    .description('lists who may sign in')
    .action(async () => {
      const { users } = await context.withControl((client) =>
        client.call<{ users: readonly { email: string; name: string; role: string }[] }>('GET', '/api/v1/users'),
      );
      context.out(
        table(
          ['EMAIL', 'NAME', 'ROLE'],
          users.map((one) => [one.email, one.name, one.role]),
          'nobody can sign in yet: open the link that `sundew start` prints, or sundew user add --help',
        ),
      );
    });
};
