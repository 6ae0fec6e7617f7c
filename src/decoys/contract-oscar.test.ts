// The decoy contract on AIM and ICQ.
import { type ContractServer, decoyContract } from '../../test/contract/decoy.ts';
import { startOscarServer } from '../networks/oscar/server.ts';
import { type FileSender, openFileSender } from '../networks/oscar/testing/file-sender.ts';
import { openStranger, type Stranger } from '../networks/oscar/testing/stranger.ts';
import type { DecoyConfig } from './decoy-config.ts';

async function startServer(): Promise<ContractServer> {
  // Without a port: the decoy stays at the one it used, so that the proxy sees both connections.
  const server = await startOscarServer({
    port: 0,
    advertise: '127.0.0.1',
    accounts: [
      { name: 'dora', password: 'sekrit99' },
      { name: 'Wormy 99', password: 'worm' },
    ],
  });
  const senders: FileSender[] = [];
  const stranger: Stranger = await openStranger(server.port, 'Wormy 99', 'worm');
  return {
    port: server.port,
    say: async (text) => await stranger.say('dora', text),
    provoke: async () => await stranger.provoke('dora'),
    heard: () => stranger.heard().join('\n'),
    offerFile: async () => {
      const content = Buffer.from(`MZ${'sample '.repeat(5000)}`);
      const sender = await openFileSender([{ name: 'me.jpg.pif', content }]);
      senders.push(sender);
      await stranger.sees('dora');
      await stranger.offer('dora', 'send-file', sender.offer);
      return { content, heard: () => sender.bytes() };
    },
    stop: async () => {
      for (const sender of senders) await sender.stop();
      stranger.close();
      await server.stop();
    },
  };
}

const config = (port: number): DecoyConfig => ({
  name: 'dora',
  network: 'oscar',
  address: 'dora',
  password: 'sekrit99',
  host: '127.0.0.1',
  port,
  tls: 'none',
  insecure: false,
  login: 'md5',
  hosts: [],
  enabled: true,
});

decoyContract({
  name: 'AIM',
  takesFiles: true,
  startServer,
  config,
  refused: (port) => ({ ...config(port), password: 'wrong' }) as DecoyConfig,
});
