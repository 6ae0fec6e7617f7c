// The channel of alerts on one IM network, put together: a notifier's gate, links through it, commands of subscribers.
import type { ImAccounts } from '../../config/im-accounts.ts';
import type { Clock, Log, Random } from '../../core/clock.ts';
import { SundewError } from '../../core/error.ts';
import type { Journal } from '../../core/journal.ts';
import { createGate } from '../../decoys/engagement/gate.ts';
import { openDialer } from '../../decoys/engagement/link.ts';
import type { Keepsakes } from '../../decoys/keepsakes.ts';
import type { ResolveSrv } from '../../networks/xmpp/config.ts';
import type { Db } from '../../storage/database.ts';
import type { ImKind } from '../channel.ts';
import { createCommandHandler } from '../command-handler.ts';
import { createAudience } from './audience.ts';
import { createImChannel, type ImChannel } from './im.ts';
import { IM_OPENERS } from './im-clients.ts';

export interface ImAlertParts {
  readonly db: Db;
  readonly journal: Journal;
  readonly publicUrl: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly srv: ResolveSrv;
  readonly keepsakes?: Keepsakes | undefined;
  /** PEM, when the account names one. */
  readonly ca?: string | undefined;
}

/** @throws SundewError CONFIG_INVALID without a password */
export function openImAlerts<N extends ImKind>(
  network: N,
  account: NonNullable<ImAccounts[N]>,
  parts: ImAlertParts,
): ImChannel {
  const { address, password } = account;
  if (password === undefined) {
    throw new SundewError(
      'CONFIG_INVALID',
      `alerts.accounts.${network}: the password is missing: give password or password_file`,
    );
  }
  const { clock, random, log, journal, srv, ca } = parts;
  const audience = createAudience();
  const gate = createGate({
    role: 'notifier',
    network,
    address,
    mayNotify: (to) => audience.mayNotify(to),
    mayAnswer: (to) => audience.mayAnswer(to),
  });
  const keepsake = parts.keepsakes?.of({ network, ...account });
  const dial = openDialer({ gate, journal, decoy: address, clock, log });
  return createImChannel({
    kind: network,
    open: (onArrival, signal) =>
      IM_OPENERS[network]({ ...account, password }, { dial, clock, srv, ca, keepsake, onArrival }, signal),
    audience,
    commands: createCommandHandler({ db: parts.db, clock, channel: network, publicUrl: parts.publicUrl }),
    clock,
    random,
    log,
  });
}
