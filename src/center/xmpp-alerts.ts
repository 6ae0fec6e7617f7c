// The channel of alerts by XMPP, put together: a notifier's gate, links through it, commands of subscribers.
import { createAudience } from '../alerts/channels/audience.ts';
import { createXmppChannel, type XmppChannel } from '../alerts/channels/xmpp.ts';
import { createCommandHandler } from '../alerts/command-handler.ts';
import type { Settings } from '../config/schema.ts';
import type { Clock, Log, Random } from '../core/clock.ts';
import { SundewError } from '../core/error.ts';
import type { Journal } from '../core/journal.ts';
import { createGate } from '../decoys/engagement/gate.ts';
import { openDialer } from '../decoys/engagement/link.ts';
import { openXmppClient } from '../networks/xmpp/client.ts';
import type { Db } from '../storage/database.ts';
import { srvResolver } from './srv.ts';

export type XmppAccount = NonNullable<Settings['alerts']['accounts']['xmpp']>;

export interface XmppAlertParts {
  readonly db: Db;
  readonly journal: Journal;
  readonly publicUrl: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** @param ca PEM, when the account names one @throws SundewError CONFIG_INVALID without a password */
export function openXmppAlerts(account: XmppAccount, ca: string | undefined, parts: XmppAlertParts): XmppChannel {
  const { address, password, host, port, tls } = account;
  if (password === undefined) {
    throw new SundewError(
      'CONFIG_INVALID',
      'alerts.accounts.xmpp: the password is missing: give password or password_file',
    );
  }
  const { clock, random, log, journal } = parts;
  const audience = createAudience();
  const gate = createGate({
    role: 'notifier',
    network: 'xmpp',
    address,
    mayNotify: (to) => audience.mayNotify(to),
    mayAnswer: (to) => audience.mayAnswer(to),
  });
  const dial = openDialer({ gate, journal, decoy: address, clock, log });
  const settings = { mode: 'client', address, password, host, port, tls, ca } as const;
  return createXmppChannel({
    open: (onArrival, signal) => openXmppClient({ settings, dial, clock, srv: srvResolver(random), onArrival }, signal),
    audience,
    commands: createCommandHandler({ db: parts.db, clock, channel: 'xmpp', publicUrl: parts.publicUrl }),
    clock,
    random,
    log,
  });
}
