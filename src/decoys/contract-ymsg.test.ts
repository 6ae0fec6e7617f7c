// The decoy contract on Yahoo! Messenger: version 10, where an add takes effect at once, and 16, where it waits for leave.
import { setTimeout as sleep } from 'node:timers/promises';
import { type ContractServer, type ContractSubject, decoyContract } from '../../test/contract/decoy.ts';
import { startYmsgServer } from '../networks/ymsg/server.ts';
import { openPeer, packetOf } from '../networks/ymsg/testing/peer.ts';
import { SERVICE, serviceName } from '../networks/ymsg/wire/services.ts';
import type { DecoyConfig } from './decoy-config.ts';

/** What the server itself tells a client: sign-on, keep-alive, presence, answers to own requests. */
const SERVERS_OWN: readonly number[] = [
  SERVICE.HANDSHAKE,
  SERVICE.AUTH,
  SERVICE.LIST,
  SERVICE.LOGON,
  SERVICE.LOGOFF,
  SERVICE.PING,
  SERVICE.ADD_BUDDY,
  SERVICE.LIST_15,
  SERVICE.STATUS_15,
];

async function startServer(version: number): Promise<ContractServer> {
  const accounts = [
    { id: 'dora', password: 'secret' },
    { id: 'bot7', password: 'worm' },
  ];
  const server = await startYmsgServer({ port: 0, accounts });
  const stranger = await openPeer(server.port, 'bot7', 'worm', version);
  return {
    port: server.port,
    say: async (text) => {
      stranger.say(packetOf(SERVICE.MESSAGE, 0x5a55aa56, [1, 'bot7'], [5, 'dora'], [97, 1], [63, ';0'], [14, text]));
      await sleep(50);
    },
    provoke: async () => {
      const me = [1, 'bot7'] as [number, string];
      const to = [5, 'dora'] as [number, string];
      for (const packet of [
        packetOf(SERVICE.ADD_BUDDY, 0, me, [7, 'dora'], [14, 'add me'], [65, 'Friends'], [97, 1]),
        packetOf(SERVICE.NOTIFY, 0x16, [49, 'TYPING'], me, [14, ' '], [13, 1], to),
        packetOf(SERVICE.MESSAGE, 0x5a55aa56, me, to, [14, '<ding>']),
        packetOf(SERVICE.CONFERENCE_INVITE, 0, me, [50, 'bot7'], [57, 'bot7-1'], [58, 'join'], [52, 'dora'], [13, 0]),
        packetOf(SERVICE.CHAT_INVITE, 0, me, [104, 'Room:1'], [117, 'come'], [118, 'dora'], [129, '1']),
        packetOf(
          SERVICE.P2P_FILE,
          0,
          me,
          to,
          [13, 1],
          [27, 'a.scr'],
          [28, 9],
          [20, 'http://192.0.2.1/a'],
          [49, 'FILEXFER'],
        ),
        packetOf(SERVICE.FILE_OFFER_15, 0, me, to, [222, 1], [265, 'id'], [27, 'a.scr'], [28, 9]),
        packetOf(SERVICE.PEER_TO_PEER, 0, me, to, [12, 'MTkyLjAuMi4x'], [49, 'PEERTOPEER'], [13, 0], [61, 0]),
        packetOf(SERVICE.PICTURE, 0, me, to, [13, 1]),
      ]) {
        stranger.say(packet);
      }
      await sleep(50);
    },
    heard: () =>
      stranger.heard
        .filter(({ service }) => !SERVERS_OWN.includes(service))
        .map(({ service }) => serviceName(service))
        .join(),
    stop: async () => {
      stranger.close();
      await server.stop();
    },
  };
}

function subject(version: 10 | 16, heardAtAccept: string): ContractSubject {
  const config = (port: number, password: string): DecoyConfig => ({
    name: 'dora',
    network: 'ymsg',
    address: 'dora',
    password,
    host: '127.0.0.1',
    port,
    version,
    loginUrl: `http://127.0.0.1:${port}/config/`,
    insecure: false,
    enabled: true,
  });
  return {
    name: `Yahoo! Messenger ${version}`,
    startServer: () => startServer(version),
    config: (port) => config(port, 'secret'),
    refused: (port) => config(port, 'wrong'),
    heardAtAccept,
  };
}

decoyContract(subject(10, ''));
decoyContract(subject(16, 'authorisation'));
