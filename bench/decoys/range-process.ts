// The other process of the bench: the range's servers with accounts for every decoy, and those who write to them.
// Told by its parent how many decoys there are; later, many times a second, how much of what it sent has arrived.
import { createServer } from 'node:net';
import { SILENT } from '../../src/core/clock.ts';
import { REAL_CLOCK } from '../../src/decoys/testing/real-clock.ts';
import { startIrcServer } from '../../src/networks/irc/server.ts';
import { startMsnpServer } from '../../src/networks/msnp/server.ts';
import { startOscarServer } from '../../src/networks/oscar/server.ts';
import { startSametimeServer } from '../../src/networks/sametime/server.ts';
import { startXmppServer } from '../../src/networks/xmpp/server.ts';
import { startYmsgServer } from '../../src/networks/ymsg/server.ts';
import { openIrcSenders } from '../../src/range/irc-senders.ts';
import { openMsnpSenders } from '../../src/range/msnp-senders.ts';
import { openOscarSenders } from '../../src/range/oscar-senders.ts';
import { openSametimeSenders } from '../../src/range/sametime-senders.ts';
import type { Senders } from '../../src/range/senders.ts';
import type { RangeNetwork } from '../../src/range/touch.ts';
import { openXmppSenders } from '../../src/range/xmpp-senders.ts';
import { openYmsgSenders } from '../../src/range/ymsg-senders.ts';
import {
  addressOf,
  componentDomain,
  nameOf,
  PASSWORD,
  PEER_DOMAIN,
  PEERS,
  type Ports,
  peerOf,
  type Resident,
  residents,
  XMPP_DOMAIN,
} from './population.ts';

/** Sent and not yet captured, on one network. */
const UNDER_WAY = 100;
/** What has not arrived by then is lost: a server or a decoy dropped it. */
const LOST_AFTER_MS = 2_000;

const [count = '2000', networks = ''] = process.argv.slice(2);
const all = residents(Number(count), networks.split(',') as RangeNetwork[]);
const { ports, senders } = await openServers(all);
const flows = new Map<RangeNetwork, Flow>();
process.on('message', (arrived: Partial<Record<RangeNetwork, number>>) => {
  for (const [network, captured] of Object.entries(arrived)) flow(network as RangeNetwork, captured);
});
process.on('disconnect', () => process.exit(0));
process.send?.(ports);

interface Flow {
  readonly to: readonly Resident[];
  sent: number;
  /** Of what was sent, what is no longer waited for. */
  lost: number;
  captured: number;
  since: number;
}

/** Keeps the network's decoys busy. */
function flow(network: RangeNetwork, captured: number): void {
  const now = performance.now();
  const fresh = { to: all.filter((one) => one.network === network), sent: 0, lost: 0, captured, since: now };
  const one = flows.get(network) ?? fresh;
  flows.set(network, one);
  if (captured > one.captured) Object.assign(one, { captured, since: now });
  else if (now - one.since > LOST_AFTER_MS) Object.assign(one, { lost: one.sent - captured, since: now });
  while (one.sent - one.lost - captured < UNDER_WAY) {
    const to = one.to[(one.sent * 7) % one.to.length];
    if (to === undefined) return;
    const text = `see http://h${one.sent}.bench.example/photo.scr`;
    const from = peerOf(network, one.sent);
    senders[network].send({
      atMs: 0,
      network,
      from,
      to: addressOf(to),
      family: 'bench',
      act: { type: 'message', text },
    });
    one.sent += 1;
  }
}

interface Servers {
  readonly ports: Ports;
  readonly senders: Readonly<Record<RangeNetwork, Senders>>;
}

async function openServers(of: readonly Resident[]): Promise<Servers> {
  const on = (network: RangeNetwork): readonly Resident[] => of.filter((one) => one.network === network);
  const names = (network: RangeNetwork): readonly string[] => [
    ...on(network).map(addressOf),
    ...Array.from({ length: PEERS }, (_, at) => peerOf(network, at)),
  ];
  const common = { port: 0, clock: REAL_CLOCK };
  const password = PASSWORD;
  const domains = [...on('xmpp').flatMap((one) => componentDomain(one) ?? []), PEER_DOMAIN];
  const components = domains.map((domain) => ({ domain, secret: PASSWORD }));
  const locals = on('xmpp').map((one) => ({ local: nameOf(one), password }));
  const xmpp = await startXmppServer({ domain: XMPP_DOMAIN, accounts: locals, components });
  const irc = await startIrcServer({ ...common, name: 'irc.bench.example', channels: [] });
  const oscar = await startOscarServer({ ...common, accounts: names('oscar').map((name) => ({ name, password })) });
  const msnpAccounts = names('msnp').map((address) => ({ address, password }));
  const msnp = await startMsnpServer({ ...common, challenge: true, accounts: msnpAccounts });
  const ids = on('ymsg').map((one) => ({ id: addressOf(one), password }));
  const ymsg = await startYmsgServer({ ...common, guestPassword: PASSWORD, accounts: ids });
  const sametime = await startSametimeServer({
    port: 0,
    accounts: names('sametime').map((user) => ({ user, password })),
  });
  const log = SILENT;
  return {
    ports: {
      ...{ xmpp: xmpp.port, xmppComponents: xmpp.componentPort, irc: irc.port, oscar: oscar.port },
      ...{ msnp: msnp.port, ymsg: ymsg.port, sametime: sametime.port, bare: await openBare() },
    },
    senders: {
      xmpp: await openXmppSenders(xmpp.componentPort, [{ domain: PEER_DOMAIN, secret: PASSWORD }], log),
      irc: openIrcSenders(irc.port, log),
      oscar: openOscarSenders(oscar.port, PASSWORD, log),
      msnp: openMsnpSenders(msnp, log),
      ymsg: openYmsgSenders(ymsg.port, PASSWORD, log),
      sametime: openSametimeSenders(sametime.port, PASSWORD, log),
    },
  };
}

/** Takes connections and says nothing: for what a socket costs by itself. */
function openBare(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.resume().on('error', () => socket.destroy()));
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
