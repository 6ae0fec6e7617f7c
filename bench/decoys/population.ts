// Who lives on the servers of the bench: decoys of mixed networks, evenly spread, and those who write to them.
import type { DecoyConfig } from '../../src/decoys/decoy-config.ts';
import { RANGE_NETWORKS, type RangeNetwork } from '../../src/range/touch.ts';

export const PASSWORD = 'bench-secret';
export const XMPP_DOMAIN = 'im.bench.example';
export const PEER_DOMAIN = 'peers.bench.example';
export const PEERS = 20;

export type Ports = Readonly<Record<RangeNetwork | 'xmppComponents' | 'bare', number>>;

/** One decoy to be. */
export interface Resident {
  readonly network: RangeNetwork;
  readonly at: number;
}

/** The first `count`, in turns over the networks. */
export function residents(count: number, networks: readonly RangeNetwork[] = RANGE_NETWORKS): readonly Resident[] {
  return Array.from({ length: count }, (_, at) => ({ network: networks[at % networks.length] ?? 'xmpp', at }));
}

/** Of the XMPP decoys every second one is a component with a domain of its own. */
const isComponent = ({ at }: Resident): boolean => Math.floor(at / RANGE_NETWORKS.length) % 2 === 1;

export const componentDomain = (one: Resident): string | undefined =>
  one.network === 'xmpp' && isComponent(one) ? `c${one.at}.bench.example` : undefined;

export const nameOf = (one: Resident): string => `decoy${one.at}`;

/** Where a stranger writes to. */
export function addressOf(one: Resident): string {
  if (one.network === 'msnp') return `${nameOf(one)}@mail.example`;
  if (one.network !== 'xmpp') return nameOf(one);
  return `${nameOf(one)}@${componentDomain(one) ?? XMPP_DOMAIN}`;
}

export function peerOf(network: RangeNetwork, at: number): string {
  const name = `peer${at % PEERS}`;
  if (network === 'xmpp') return `${name}@${PEER_DOMAIN}`;
  return network === 'msnp' ? `${name}@mail.example` : name;
}

/** The settings of a decoy, as in data/decoys/*.yaml. */
export function configOf(one: Resident, ports: Ports): DecoyConfig {
  const common = { name: nameOf(one), enabled: true, password: PASSWORD, host: '127.0.0.1' } as const;
  const account = { ...common, address: addressOf(one), port: ports[one.network], insecure: false };
  switch (one.network) {
    case 'xmpp': {
      const domain = componentDomain(one);
      return domain === undefined
        ? { ...common, network: 'xmpp', mode: 'client', address: addressOf(one), port: ports.xmpp, tls: 'none' }
        : { ...common, network: 'xmpp', mode: 'component', address: domain, port: ports.xmppComponents };
    }
    case 'irc': {
      const { name, enabled, host } = common;
      return {
        name,
        enabled,
        host,
        network: 'irc',
        address: addressOf(one),
        port: ports.irc,
        tls: 'none',
        channels: [],
      };
    }
    case 'oscar':
      return { ...account, network: 'oscar', tls: 'none', login: 'md5', hosts: [] };
    case 'msnp': {
      const loginUrl = `http://127.0.0.1:${ports.msnp}/login`;
      return { ...account, network: 'msnp', dialect: 11, persona: 'p2p', loginUrl, hosts: [] };
    }
    case 'ymsg':
      return { ...account, network: 'ymsg', version: 10 };
    case 'sametime':
      return { ...account, network: 'sametime', tls: 'none', weakLogin: false, redirectHosts: [] };
  }
}
