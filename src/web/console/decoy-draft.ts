// What the form for a new decoy holds, and how it becomes the configuration that the API takes.
import type { DecoyConfig } from '../api/types.ts';

export const DECOY_TYPES = ['xmpp-client', 'xmpp-component', 'irc'] as const;
export type DecoyType = (typeof DECOY_TYPES)[number];

/** Everything as typed; empty means not given. */
export interface DecoyDraft {
  readonly type: DecoyType;
  readonly name: string;
  readonly address: string;
  readonly password: string;
  readonly host: string;
  readonly port: string;
  readonly tls: 'starttls' | 'direct' | 'none';
  readonly ca: string;
  readonly account: string;
  readonly channels: string;
}

export const EMPTY_DRAFT: DecoyDraft = {
  type: 'xmpp-client',
  name: '',
  address: '',
  password: '',
  host: '',
  port: '',
  tls: 'starttls',
  ca: '',
  account: '',
  channels: '',
};

/** The configuration of a draft. The server has the last word on whether it is right. */
export function decoyConfigOf(draft: DecoyDraft): DecoyConfig {
  const base = { name: draft.name.trim(), address: draft.address.trim(), enabled: true };
  const place = {
    ...(draft.host.trim() === '' ? {} : { host: draft.host.trim() }),
    ...(draft.port.trim() === '' ? {} : { port: Number(draft.port) }),
  };
  const ca = draft.ca.trim() === '' ? {} : { ca: draft.ca.trim() };
  switch (draft.type) {
    case 'xmpp-client':
      return { ...base, ...place, ...ca, network: 'xmpp', mode: 'client', password: draft.password, tls: draft.tls };
    case 'xmpp-component':
      return { ...base, ...place, network: 'xmpp', mode: 'component', password: draft.password };
    case 'irc':
      return {
        ...base,
        ...place,
        ...ca,
        network: 'irc',
        host: draft.host.trim(),
        tls: draft.tls === 'none' ? 'none' : 'direct',
        channels: draft.channels.split(/[\s,]+/).filter((channel) => channel !== ''),
        ...(draft.account.trim() === '' ? {} : { sasl: { account: draft.account.trim(), password: draft.password } }),
      };
  }
}
