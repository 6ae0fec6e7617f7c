// sundew decoy add|list|check|enable|disable|remove
import type { Command } from 'commander';
import type { z } from 'zod';
import type { DecoyCheck, DecoyList } from '../../center/api/contract.ts';
import { type CliContext, type RegisterCommand, table } from '../command.ts';
import { type AddOptions, decoyDraftOf } from '../decoy-draft.ts';
import { DECOY_KINDS, offerSettings } from '../decoy-settings.ts';

function printCheck(context: CliContext, check: z.infer<typeof DecoyCheck>): void {
  if (check.ok) {
    context.out(check.sentence);
    return;
  }
  context.err(check.sentence);
  context.fail();
}

const ADDRESSES = Object.entries(DECOY_KINDS)
  .map(([kind, { address }]) => `${kind}: ${address}`)
  .join('; ');

function registerAdd(decoy: Command, context: CliContext): void {
  const add = decoy
    .command('add <network> <address>')
    .description(`adds a decoy, tries it once and starts it (${ADDRESSES})`)
    .option('--name <name>', 'name of its file (default: made of the address)')
    .option('--component', 'xmpp: the address is the domain of a XEP-0114 component')
    .option(
      '--password <password>',
      'password or component secret (asked for when absent); irc: SASL or server password',
    )
    .option('--password-file <file>', 'file that holds it, - for standard input')
    .option('--sasl <account>', 'irc: services account for SASL');
  offerSettings(add)
    .option('--disabled', 'adds it without starting it')
    .option('--no-check', 'does not try to sign on first')
    .action(async (network: string, address: string, options: AddOptions) => {
      const config = await decoyDraftOf(network, address, options, context);
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
}

export const registerDecoy: RegisterCommand = (program, context) => {
  const decoy = program.command('decoy').description('adds, lists and tries decoys');
  const act = (verb: string, path: string, said: string) => async (name: string) => {
    await context.withControl((client) => client.call(verb, `/api/v1/decoys/${encodeURIComponent(name)}${path}`));
    context.out(`${name}: ${said}`);
  };

  registerAdd(decoy, context);
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
