// sundew user|subscriber|mail|purge|engagement|evidence
import { Argument, InvalidArgumentError, Option } from 'commander';
import type { z } from 'zod';
import type { SubscriberList } from '../../center/api/contract.ts';
import { SundewError } from '../../core/error.ts';
import { NETWORKS } from '../../core/network.ts';
import { SEVERITIES } from '../../core/severity.ts';
import { askSecret, readOptionFile } from '../ask.ts';
import { portOf, type RegisterCommand, table } from '../command.ts';

function addNetwork(value: string, all: readonly string[]): readonly string[] {
  if (!NETWORKS.some((network) => network === value))
    throw new InvalidArgumentError(`It must be one of ${NETWORKS.join(', ')}.`);
  return [...all, value];
}

export const registerUser: RegisterCommand = (program, context) => {
  const user = program.command('user').description('analysts who may sign in');
  user
    .command('add <email>')
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
  user.command('list').action(async () => {
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

export const registerSubscriber: RegisterCommand = (program, context) => {
  const subscriber = program.command('subscriber').description('who is told of warnings');
  subscriber
    .command('add')
    .description('asks an address to confirm a subscription')
    .addArgument(new Argument('<channel>', 'how it is told').choices(['email', 'xmpp']))
    .argument('<address>', 'e-mail address or JID')
    .addOption(new Option('--min-severity <severity>', 'least severity').choices(SEVERITIES).default('medium'))
    .option('--network <network>', 'only this network (repeatable)', addNetwork, [])
    .action(
      async (
        channel: string,
        address: string,
        { minSeverity, network }: { minSeverity: string; network: readonly string[] },
      ) => {
        const body = { channel, address, networks: network, minSeverity };
        const { message } = await context.withControl((client) =>
          client.call<{ message: string }>('POST', '/api/v1/subscribers', body),
        );
        context.out(message);
      },
    );
  subscriber.command('list').action(async () => {
    const { subscribers } = await context.withControl((client) =>
      client.call<z.infer<typeof SubscriberList>>('GET', '/api/v1/subscribers?realm=live'),
    );
    const rows = subscribers.map((s) => [
      s.id,
      s.channel,
      s.address,
      s.state,
      s.minSeverity,
      s.networks.join(',') || 'all',
      String(s.delivered),
    ]);
    context.out(
      table(
        ['ID', 'CHANNEL', 'ADDRESS', 'STATE', 'FROM', 'NETWORKS', 'DELIVERED'],
        rows,
        'nobody has subscribed yet: sundew subscriber add --help',
      ),
    );
  });
  subscriber.command('remove <id>').action(async (id: string) => {
    await context.withControl((client) =>
      client.call('DELETE', `/api/v1/subscribers/${encodeURIComponent(id)}?realm=live`),
    );
    context.out(`${id}: gets nothing any more`);
  });
};

export const registerMail: RegisterCommand = (program, context) => {
  const mail = program.command('mail').description('outgoing mail');
  mail
    .command('set <host>')
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
  mail.command('test <address>').action(async (to: string) => {
    const { message } = await context.withControl((client) =>
      client.call<{ message: string }>('POST', '/api/v1/settings/mail/test', { to }),
    );
    context.out(message);
  });
};

export const registerPurge: RegisterCommand = (program, context) => {
  program
    .command('purge')
    .description('does away with all simulated data')
    .option('--simulated', 'what to purge: only simulated data can be')
    .action(async ({ simulated }: { simulated?: boolean }) => {
      if (!simulated)
        throw new SundewError('USAGE', 'purge: say --simulated: live evidence is not purged by a command');
      const { message } = await context.withControl((client) =>
        client.call<{ message: string }>('POST', '/api/v1/simulated/purge'),
      );
      context.out(message);
    });
};

export const registerEngagement: RegisterCommand = (program, context) => {
  const engagement = program.command('engagement').description('rules of engagement');
  engagement
    .command('show')
    .description('levels in force, approvals and the kill switch')
    .action(async () => {
      context.out(
        JSON.stringify(await context.withControl((client) => client.call('GET', '/api/v1/engagement')), null, 2),
      );
    });
  engagement
    .command('stop')
    .description('drops every decoy to observe within a second; stays so over restarts')
    .requiredOption('--reason <text>', 'why')
    .action(async ({ reason }: { reason: string }) => {
      await context.withControl((client) => client.call('POST', '/api/v1/engagement/stop', { reason }));
      context.out('everything is at observe');
    });
  engagement
    .command('ledger')
    .description('every outbound frame with its rule, as NDJSON, oldest first')
    .option('--after <seq>', 'only entries after this number of the journal', '0')
    .option('--simulated', "the range's")
    .action(async ({ after, simulated }: { after: string; simulated?: boolean }) => {
      const realm = simulated ? 'simulated' : 'live';
      let from = Number(after);
      await context.withControl(async (client) => {
        for (;;) {
          const page = await client.call<{ entries: readonly unknown[]; next?: number }>(
            'GET',
            `/api/v1/engagement/ledger?realm=${realm}&after=${from}`,
          );
          for (const entry of page.entries) context.out(JSON.stringify(entry));
          if (page.next === undefined) return;
          from = page.next;
        }
      });
    });
};

export const registerEvidence: RegisterCommand = (program, context) => {
  program
    .command('evidence')
    .description('the evidence journal')
    .command('verify')
    .description('checks the journal end to end')
    .option('--simulated', "the range's")
    .action(async ({ simulated }: { simulated?: boolean }) => {
      const realm = simulated ? 'simulated' : 'live';
      const report = await context.withControl((client) =>
        client.call<{ entries: number; erased: number; problems: readonly string[] }>(
          'GET',
          `/api/v1/evidence/verify?realm=${realm}`,
        ),
      );
      for (const problem of report.problems) context.err(problem);
      context.out(`${report.entries} entries, ${report.erased} erased, ${report.problems.length} problems`);
      if (report.problems.length > 0) context.fail();
    });
};
