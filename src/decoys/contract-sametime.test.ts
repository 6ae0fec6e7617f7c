// The decoy contract on Sametime.
import { type ContractServer, decoyContract } from '../../test/contract/decoy.ts';
import { startSametimeServer } from '../networks/sametime/server.ts';
import { openStranger } from '../networks/sametime/testing/stranger.ts';

async function startServer(): Promise<ContractServer> {
  const server = await startSametimeServer({
    port: 0,
    accounts: [
      { user: 'dora', password: 'secret1' },
      { user: 'bot7', password: 'x' },
    ],
  });
  // In clear, so that the evidence shows the words; the decoy's own tests have the ciphers.
  const { sender, close } = await openStranger(server.port, { user: 'bot7', password: 'x', ciphers: 'none' });
  return {
    port: server.port,
    say: async (text) => {
      // A decoy that has just come back may not be there yet.
      for (let tries = 0; tries < 100; tries += 1) {
        const before = sender.heard.length;
        sender.im('dora', text);
        await new Promise((resolve) => setTimeout(resolve, 50));
        if (!sender.heard.slice(before).some((one) => one.kind === 'destroy')) return;
      }
    },
    provoke: async () => {
      sender.typing('dora');
      sender.file('dora', 'a.scr', Buffer.from('MZ'));
      sender.invite('dora', 'Party', 'join us');
      sender.announce('dora', 'hello all');
      sender.write({
        kind: 'create',
        id: 500,
        target: { user: 'dora', community: '' },
        service: 0x38,
        protocol: 0,
        version: 1,
        data: new Uint8Array(),
        mode: 0,
        ciphers: [],
      });
      await new Promise((resolve) => setTimeout(resolve, 100));
    },
    // The listed delivery handshake, without which no text arrives, is the one thing that comes back.
    heard: () =>
      sender.heard
        .filter((one) => !['handshake-ack', 'login-ack'].includes(one.kind))
        .filter((one) => one.kind !== 'accept' || (one.acceptor?.userId === 'dora' && one.service !== 0x1000))
        .filter((one) => one.kind !== 'send' || one.channel === 1000)
        .map((one) => JSON.stringify(one))
        .join('\n'),
    stop: async () => {
      close();
      await server.stop();
    },
  };
}

const config = (port: number, password: string) =>
  ({
    name: 'dora',
    network: 'sametime',
    address: 'dora',
    password,
    host: '127.0.0.1',
    port,
    tls: 'none',
    insecure: false,
    weakLogin: false,
    redirectHosts: [],
    enabled: true,
  }) as const;

decoyContract({
  name: 'Sametime',
  startServer,
  config: (port) => ({ ...config(port, 'secret1'), redirectHosts: [] }),
  refused: (port) => ({ ...config(port, 'wrong'), redirectHosts: [] }),
});
