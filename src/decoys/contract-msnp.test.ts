// The decoy contract on MSN: dialect 11, with its log-in server and its switchboards behind the same proxy.
import { setTimeout as sleep } from 'node:timers/promises';
import { type ContractServer, decoyContract } from '../../test/contract/decoy.ts';
import { startMsnpServer } from '../networks/msnp/server.ts';
import { encodeFileContext } from '../networks/msnp/wire/file-context.ts';
import { encodeFileInvitation } from '../networks/msnp/wire/invite.ts';
import { encodeDatacast, encodeP2pMessage, encodeText, encodeTyping } from '../networks/msnp/wire/message.ts';
import { splitP2p } from '../networks/msnp/wire/p2p.ts';
import { encodeFileInvite } from '../networks/msnp/wire/slp.ts';
import type { DecoyConfig } from './decoy-config.ts';

const DORA = 'dora@im.example';
const BOT = { address: 'bot7@spam.example', name: 'Bot' };

/** Port of the proxy, as the decoy's settings name it: clients are told to find their switchboards there. */
let proxyPort = 0;

const startServer = (persona: 'p2p' | 'classic') => async (): Promise<ContractServer> => {
  const server = await startMsnpServer({
    port: 0,
    accounts: [{ address: DORA, password: 'secret' }],
    challenge: true,
    advertise: () => proxyPort,
  });
  const invite = { from: BOT.address, to: DORA, branch: '{B}', callId: '{C}', session: 7 };
  const offer = encodeFileInvite({ ...invite, context: encodeFileContext({ name: 'a.jpg.scr', size: 9 }) });
  const payloads = [
    encodeTyping(BOT.address),
    encodeDatacast(1),
    encodeFileInvitation({ cookie: 1, name: 'a b.scr', size: 1234 }),
    ...splitP2p(offer, { identifier: 1, ackId: 2 }).map((chunk) => encodeP2pMessage(DORA, chunk)),
  ];
  return {
    port: server.port,
    say: async (text) => {
      await server.ring(BOT, DORA, [encodeText(text)]);
      await sleep(50);
    },
    offerFile: async () => {
      const content = Buffer.from(`MZ${'sample '.repeat(3000)}`);
      const fetched: Uint8Array[] = [];
      const onFetched = (chunk: Uint8Array): void => void fetched.push(chunk);
      void server.offerFile(BOT, DORA, {
        name: 'me.jpg.pif',
        content,
        way: persona === 'p2p' ? 'p2p' : 'ftp',
        direct: true,
        onFetched,
      });
      await sleep(50);
      return { content, heard: () => (fetched.length === 0 ? [] : [Buffer.concat(fetched)]) };
    },
    provoke: async () => {
      server.add(BOT, DORA);
      await server.ring(BOT, DORA, payloads);
      await sleep(50);
    },
    heard: () => Buffer.concat([...server.heard()]).toString(),
    stop: async () => await server.stop(),
  };
};

function config(port: number, persona: 'p2p' | 'classic'): DecoyConfig {
  if (port > 1) proxyPort = port;
  return {
    name: 'dora',
    network: 'msnp',
    address: DORA,
    password: 'secret',
    host: '127.0.0.1',
    port,
    dialect: 11,
    persona,
    loginUrl: `http://127.0.0.1:${port}/login`,
    hosts: [],
    insecure: false,
    enabled: true,
  };
}

for (const persona of ['p2p', 'classic'] as const) {
  decoyContract({
    name: `MSN, persona ${persona}`,
    takesFiles: true,
    startServer: startServer(persona),
    config: (port) => config(port, persona),
    refused: (port) => ({ ...config(port, persona), address: 'nobody@im.example' }),
  });
}
