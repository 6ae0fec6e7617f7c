// sundew subscriber: who is told of warnings
import { Argument, InvalidArgumentError, Option } from 'commander';
import type { z } from 'zod';
import { CHANNEL_KINDS } from '../../alerts/channel.ts';
import { MESSAGE_KINDS } from '../../alerts/kinds.ts';
import type { SubscriberList } from '../../center/api/contract.ts';
import { NETWORKS } from '../../core/network.ts';
import { SEVERITIES } from '../../core/severity.ts';
import { type RegisterCommand, table } from '../command.ts';

function addNetwork(value: string, all: readonly string[]): readonly string[] {
  if (!NETWORKS.some((network) => network === value))
    throw new InvalidArgumentError(`It must be one of ${NETWORKS.join(', ')}.`);
  return [...all, value];
}

function addKind(value: string, all: readonly string[] = []): readonly string[] {
  if (!MESSAGE_KINDS.some((kind) => kind === value))
    throw new InvalidArgumentError(`It must be one of ${MESSAGE_KINDS.join(', ')}.`);
  return [...all, value];
}

export const registerSubscriber: RegisterCommand = (program, context) => {
  const subscriber = program.command('subscriber').description('who is told of warnings');
  subscriber
    .command('add')
    .description('asks an address to confirm a subscription')
    .addArgument(new Argument('<channel>', 'how it is told').choices(CHANNEL_KINDS))
    .argument('<address>', 'e-mail address or IM account')
    .addOption(new Option('--min-severity <severity>', 'least severity').choices(SEVERITIES).default('medium'))
    .option('--network <network>', 'warnings of only this network (repeatable)', addNetwork, [])
    .addOption(
      new Option(
        '--kind <kind>',
        `what is sent, ${MESSAGE_KINDS.join(', ')} (repeatable; warnings unless told)`,
      ).argParser(addKind),
    )
    .action(
      async (
        channel: string,
        address: string,
        given: { minSeverity: string; network: readonly string[]; kind?: readonly string[] },
      ) => {
        const { minSeverity, network, kind: kinds } = given;
        const body = { channel, address, networks: network, minSeverity, ...(kinds === undefined ? {} : { kinds }) };
        const { message } = await context.withControl((client) =>
          client.call<{ message: string }>('POST', '/api/v1/subscribers', body),
        );
        context.out(message);
      },
    );
  subscriber
    .command('list')
    .description('lists subscribers with their state')
    .action(async () => {
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
        s.kinds.join(','),
        String(s.delivered),
      ]);
      context.out(
        table(
          ['ID', 'CHANNEL', 'ADDRESS', 'STATE', 'FROM', 'NETWORKS', 'KINDS', 'DELIVERED'],
          rows,
          'nobody has subscribed yet: sundew subscriber add --help',
        ),
      );
    });
  subscriber
    .command('remove <id>')
    .description('erases a subscriber')
    .action(async (id: string) => {
      await context.withControl((client) =>
        client.call('DELETE', `/api/v1/subscribers/${encodeURIComponent(id)}?realm=live`),
      );
      context.out(`${id}: gets nothing any more`);
    });
};
