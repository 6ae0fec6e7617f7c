// The sending client of each network, opened from the settings of its alert account.
import type { ImAccounts } from '../../config/im-accounts.ts';
import type { CaptureDraft } from '../../core/capture.ts';
import type { Clock } from '../../core/clock.ts';
import { SundewError } from '../../core/error.ts';
import type { Keepsake } from '../../core/keepsake.ts';
import type { Endpoint, Link } from '../../core/link.ts';
import { openMsnpClient } from '../../networks/msnp/client.ts';
import type { MsnpSettings } from '../../networks/msnp/config.ts';
import { openOscarClient } from '../../networks/oscar/client.ts';
import { openSametimeClient } from '../../networks/sametime/client.ts';
import { openXmppClient } from '../../networks/xmpp/client.ts';
import type { ResolveSrv } from '../../networks/xmpp/config.ts';
import { openYmsgClient } from '../../networks/ymsg/client.ts';
import type { ImKind } from '../channel.ts';
import type { ImClient } from './im.ts';

/** The settings of the account on one network, with its password. */
export type ImAccount<N extends ImKind> = NonNullable<ImAccounts[N]> & { readonly password: string };

export interface ImClientParts {
  readonly dial: (endpoint: Endpoint, signal: AbortSignal) => Promise<Link>;
  readonly clock: Clock;
  readonly srv: ResolveSrv;
  /** What the account is to show again at its next sign-on. */
  readonly keepsake: Keepsake | undefined;
  /** PEM, when the account names one. */
  readonly ca: string | undefined;
  readonly onArrival: (draft: CaptureDraft) => Promise<void>;
}

type Openers = {
  readonly [N in ImKind]: (account: ImAccount<N>, parts: ImClientParts, signal: AbortSignal) => Promise<ImClient>;
};

/** Each signs on. @throws SundewError LINK_*, DECOY_*, WIRE_*, CONFIG_INVALID */
export const IM_OPENERS: Openers = {
  xmpp: ({ address, password, host, port, tls }, { ca, ...parts }, signal) =>
    openXmppClient({ settings: { mode: 'client', address, password, host, port, tls, ca }, ...parts }, signal),
  oscar: ({ address, password, host, port, tls, insecure, login, hosts }, { ca, ...parts }, signal) => {
    const settings = { address, password, host, port, tls, ca, insecure, login, hosts: listOf(hosts) };
    return openOscarClient({ settings, ...parts }, signal);
  },
  msnp: ({ address, password, host, port, insecure, hosts, dialect, loginUrl, nexusUrl }, { ca, ...parts }, signal) => {
    const place = { host, port, ca, insecure, hosts: listOf(hosts) };
    const settings = { address, password, ...place, dialect: dialectOf(dialect), loginUrl, nexusUrl };
    return openMsnpClient({ settings, ...parts }, signal);
  },
  ymsg: ({ address, password, host, port, insecure }, parts, signal) =>
    openYmsgClient({ settings: { address, password, host, port, insecure }, ...parts }, signal),
  sametime: ({ address, password, host, port, tls, insecure, hosts }, { ca, ...parts }, signal) => {
    const settings = { address, password, host, port, tls, ca, insecure, redirectHosts: listOf(hosts) };
    return openSametimeClient({ settings, ...parts }, signal);
  },
};

const DIALECTS = [7, 8, 9, 10, 11, 12] as const;

function dialectOf(number: number): NonNullable<MsnpSettings['dialect']> {
  const dialect = DIALECTS.find((known) => known === number);
  if (dialect === undefined) {
    throw new SundewError('CONFIG_INVALID', `alerts.accounts.msnp.dialect: must be 7 to 12, not ${number}`);
  }
  return dialect;
}

function listOf(hosts: string | undefined): readonly string[] {
  return (hosts ?? '')
    .split(',')
    .map((host) => host.trim())
    .filter((host) => host !== '');
}
