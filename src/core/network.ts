// The networks Sundew knows, by the slug used in files, settings, tables and addresses (docs/architecture.md).

export const NETWORKS = [
  'oscar',
  'ymsg',
  'msnp',
  'sametime',
  'xmpp',
  'irc',
  'matrix',
  'telegram',
  'discord',
  'gnutella',
  'edonkey',
  'bittorrent',
  'directconnect',
] as const;

export type Network = (typeof NETWORKS)[number];

/** What people call them, in the words of alerts, commands and errors. */
export const NETWORK_NAMES: Readonly<Record<Network, string>> = {
  oscar: 'AIM/ICQ',
  ymsg: 'Yahoo! Messenger',
  msnp: 'MSN Messenger',
  sametime: 'Sametime',
  xmpp: 'XMPP',
  irc: 'IRC',
  matrix: 'Matrix',
  telegram: 'Telegram',
  discord: 'Discord',
  gnutella: 'Gnutella',
  edonkey: 'eDonkey',
  bittorrent: 'BitTorrent',
  directconnect: 'Direct Connect',
};

/** Whether a text is one of the network slugs. */
export function isNetwork(text: unknown): text is Network {
  return (NETWORKS as readonly unknown[]).includes(text);
}

/** The two pipelines: `live` for what real peers did, `simulated` for everything the range makes. They never mix. */
export const REALMS = ['live', 'simulated'] as const;
export type Realm = (typeof REALMS)[number];
