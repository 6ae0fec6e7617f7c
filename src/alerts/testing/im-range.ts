// Every IM network's server of the range with an account that sends alerts and one that reads them.
import { startMsnpServer } from '../../networks/msnp/server.ts';
import { startOscarServer } from '../../networks/oscar/server.ts';
import { startSametimeServer } from '../../networks/sametime/server.ts';
import { startXmppServer } from '../../networks/xmpp/server.ts';
import { startYmsgServer } from '../../networks/ymsg/server.ts';
import type { ImKind } from '../channel.ts';
import type { ImAccount } from '../channels/im-clients.ts';

export const PASSWORD = 'secret1';

export interface RangeNetwork<N extends ImKind> {
  readonly alerts: string;
  readonly subscriber: string;
  /** Settings of an account there. */
  account(address: string): ImAccount<N>;
  stop(): Promise<void>;
}

const at = (address: string, port: number) =>
  ({ address, password: PASSWORD, host: '127.0.0.1', port, insecure: false }) as const;

export const RANGE: { readonly [N in ImKind]: () => Promise<RangeNetwork<N>> } = {
  xmpp: async () => {
    const accounts = ['alerts', 'bob'].map((local) => ({ local, password: PASSWORD }));
    const server = await startXmppServer({ domain: 'im.example', accounts });
    const account = (address: string) =>
      ({ address, password: PASSWORD, host: '127.0.0.1', port: server.port, tls: 'none' }) as const;
    return { alerts: 'alerts@im.example', subscriber: 'bob@im.example', account, stop: () => server.stop() };
  },
  oscar: async () => {
    const [alerts, subscriber] = ['Sundew Alerts', 'Bob Lee'];
    const accounts = [alerts, subscriber].map((name) => ({ name, password: PASSWORD }));
    const server = await startOscarServer({ port: 0, accounts });
    const account = (address: string) => ({ ...at(address, server.port), tls: 'none', login: 'md5' }) as const;
    return { alerts, subscriber, account, stop: () => server.stop() };
  },
  msnp: async () => {
    const [alerts, subscriber] = ['alerts@im.example', 'bob@im.example'];
    const accounts = [alerts, subscriber].map((address) => ({ address, password: PASSWORD }));
    const server = await startMsnpServer({ port: 0, accounts });
    const loginUrl = `http://127.0.0.1:${server.port}/login`;
    const account = (address: string) => ({ ...at(address, server.port), dialect: 11, loginUrl }) as const;
    return { alerts, subscriber, account, stop: () => server.stop() };
  },
  ymsg: async () => {
    const [alerts, subscriber] = ['sundew_alerts', 'bob_lee'];
    const accounts = [alerts, subscriber].map((id) => ({ id, password: PASSWORD }));
    const server = await startYmsgServer({ port: 0, accounts });
    return { alerts, subscriber, account: (address) => at(address, server.port), stop: () => server.stop() };
  },
  sametime: async () => {
    const [alerts, subscriber] = ['alerts', 'CN=Bob Lee/O=Example'];
    const accounts = [alerts, subscriber].map((user) => ({ user, password: PASSWORD }));
    const server = await startSametimeServer({ port: 0, accounts });
    const account = (address: string) => ({ ...at(address, server.port), tls: 'none' }) as const;
    return { alerts, subscriber, account, stop: () => server.stop() };
  },
};
