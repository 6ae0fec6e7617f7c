// The decoy contract on XMPP, as an account and as a component.
import { type ContractServer, decoyContract } from '../../test/contract/decoy.ts';
import { startXmppServer, type XmppServer } from '../networks/xmpp/server.ts';

const STRANGER = 'bot7@spam.example/x';

function stranger(server: XmppServer, port: number, to: string): ContractServer {
  const deliver = async (stanza: string): Promise<void> => {
    server.deliver(stanza.replace(/^<(\w+)/, `<$1 from='${STRANGER}' to='${to}'`));
    await Promise.resolve();
  };
  return {
    port,
    say: async (text) => await deliver(`<message type='chat' id='${Math.random()}'><body>${text}</body></message>`),
    provoke: async () => {
      server.plant('dora', 'bot7@spam.example', 'from');
      await deliver("<presence type='unsubscribe'/>");
      await deliver("<presence type='subscribe'/>");
      await deliver("<presence type='probe'/>");
      await deliver("<iq type='get' id='1'><query xmlns='jabber:iq:version'/></iq>");
      await deliver("<iq type='get' id='2'><ping xmlns='urn:xmpp:ping'/></iq>");
      await deliver(
        "<message id='3'><request xmlns='urn:xmpp:receipts'/><composing xmlns='http://jabber.org/protocol/chatstates'/></message>",
      );
    },
    heard: () => '',
    stop: async () => await server.stop(),
  };
}

decoyContract({
  name: 'XMPP (account)',
  startServer: async () => {
    const server = await startXmppServer({ domain: 'decoys.test', accounts: [{ local: 'dora', password: 'secret' }] });
    server.plant('dora', 'ana@decoys.test', 'both');
    return stranger(server, server.port, 'dora@decoys.test');
  },
  config: (port) => ({
    name: 'dora',
    network: 'xmpp',
    mode: 'client',
    address: 'dora@decoys.test',
    password: 'secret',
    host: '127.0.0.1',
    port,
    tls: 'none',
    enabled: true,
  }),
  refused: (port) => ({
    name: 'dora',
    network: 'xmpp',
    mode: 'client',
    address: 'dora@decoys.test',
    password: 'wrong',
    host: '127.0.0.1',
    port,
    tls: 'none',
    enabled: true,
  }),
});

decoyContract({
  name: 'XMPP (component)',
  startServer: async () => {
    const components = [{ domain: 'traps.decoys.test', secret: 'secret' }];
    const server = await startXmppServer({ domain: 'decoys.test', accounts: [], components });
    return stranger(server, server.componentPort, 'anna@traps.decoys.test');
  },
  config: (port) => ({
    name: 'traps',
    network: 'xmpp',
    mode: 'component',
    address: 'traps.decoys.test',
    password: 'secret',
    host: '127.0.0.1',
    port,
    enabled: true,
  }),
});
