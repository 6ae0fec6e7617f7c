// Who lives on the range: made-up names on reserved domains, and the settings of the decoys among them.
import type { ClassicDecoy } from './classic-sites.ts';

/** Names that could be anyone's. */
export const SITES = {
  xmppDomain: 'im.range.test',
  xmppAccounts: ['jonas.w', 'mirela', 'sanne_b', 'petr.k'],
  xmppComponent: 'talk.range.test',
  xmppLocals: ['anouk', 'bastian', 'corina.d', 'edvin', 'ilse', 'marek.t', 'oona', 'teo'],
  notifier: 'alerts',
  subscriber: 'subscriber',
  ircServer: 'irc.range.test',
  ircNicks: ['jorun', 'miko', 'salla_', 'tavi', 'wendel', 'zoja'],
} as const;

/** Channels that IRC decoys sit in. */
export const CHANNELS: readonly string[] = ['#lobby', '#garden'];

export const COMPONENT_ADDRESSES: readonly string[] = SITES.xmppLocals.map(
  (local) => `${local}@${SITES.xmppComponent}`,
);

interface Common {
  /** Unique among the decoys. */
  readonly name: string;
  readonly enabled: boolean;
  readonly host: string;
  readonly port: number;
}

/** A decoy's settings, as in data/decoys/*.yaml. */
export type RangeDecoy =
  | ClassicDecoy
  | (Common & RangeAccount & { readonly network: 'xmpp'; readonly mode: 'client' })
  | (Common & {
      readonly network: 'xmpp';
      readonly mode: 'component';
      readonly address: string;
      readonly password: string;
    })
  | (Common & { readonly network: 'irc'; readonly address: string; readonly tls: 'none'; readonly channels: string[] });

/** An XMPP account on the range's server. */
export interface RangeAccount {
  readonly address: string;
  readonly password: string;
  readonly host: string;
  readonly port: number;
  readonly tls: 'none';
}

export interface RangeSettings {
  readonly decoys: readonly RangeDecoy[];
  readonly accounts: { readonly notifier: RangeAccount; readonly subscriber: RangeAccount };
}

/** The settings that fit servers on these ports. */
export function decoySettings(
  ports: { readonly xmpp: number; readonly xmppComponents: number; readonly irc: number },
  accounts: readonly { readonly local: string; readonly password: string }[],
  components: readonly { readonly domain: string; readonly secret: string }[],
): RangeSettings {
  const host = '127.0.0.1';
  const account = (local: string): RangeAccount => ({
    address: `${local}@${SITES.xmppDomain}`,
    password: accounts.find((one) => one.local === local)?.password ?? '',
    host,
    port: ports.xmpp,
    tls: 'none',
  });
  const clients = SITES.xmppAccounts.map(
    (local, at): RangeDecoy => ({
      name: `range-xmpp-${at + 1}`,
      network: 'xmpp',
      mode: 'client',
      enabled: true,
      ...account(local),
    }),
  );
  const component: RangeDecoy = {
    name: 'range-xmpp-component',
    network: 'xmpp',
    mode: 'component',
    address: SITES.xmppComponent,
    password: components.find(({ domain }) => domain === SITES.xmppComponent)?.secret ?? '',
    host,
    port: ports.xmppComponents,
    enabled: true,
  };
  const nicks = SITES.ircNicks.map(
    (address, at): RangeDecoy => ({
      name: `range-irc-${at + 1}`,
      network: 'irc',
      address,
      host,
      port: ports.irc,
      tls: 'none',
      channels: [CHANNELS[at % CHANNELS.length] ?? '#lobby'],
      enabled: true,
    }),
  );
  return {
    decoys: [...clients, component, ...nicks],
    accounts: { notifier: account(SITES.notifier), subscriber: account(SITES.subscriber) },
  };
}
