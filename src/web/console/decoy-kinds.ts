// The kinds of decoys and the fields of each, as data: the form is drawn from it and its settings are made of it.

/** One field. `key` is the setting, with a dot where it stands inside another. */
export interface DecoyField {
  readonly key: string;
  readonly label: string;
  readonly hint?: string;
  readonly example?: string;
  readonly required?: boolean;
  /** Must be filled in as well as this other field, or as little. */
  readonly with?: string;
  /** `text` unless told; `words` becomes a list; the first of `choices` stands at the start; `consent` is a box to tick. */
  readonly input?: 'text' | 'password' | 'number' | 'words' | 'choice' | 'consent' | 'pem';
  readonly choices?: readonly (readonly [value: string | number, label: string])[];
}

export interface DecoyKind {
  readonly label: string;
  /** Settings that the kind itself says. */
  readonly settings: Readonly<Record<string, string>>;
  readonly fields: readonly DecoyField[];
}

const STARTTLS = ['starttls', 'STARTTLS'] as const;
const DIRECT = ['direct', 'Direct TLS'] as const;
const PLAIN = ['none', 'None'] as const;
const NONE = ['none', 'None (this machine only)'] as const;

const field = (key: string, label: string, more: Omit<DecoyField, 'key' | 'label'> = {}): DecoyField => ({
  key,
  label,
  ...more,
});
const password = field('password', 'Password', { input: 'password', required: true });
const host = (hint: string) => field('host', 'Host', { hint });
const server = (example: string) => field('host', 'Server', { example, required: true });
const port = (hint: string) => field('port', 'Port', { hint, input: 'number' });
const tls = (...choices: readonly (readonly [string, string])[]) =>
  field('tls', 'Encryption', { input: 'choice', choices });
const protocol = (key: string, ...choices: readonly (readonly [number, string])[]) =>
  field(key, 'Protocol', { input: 'choice', choices });
const otherHosts = (key: string) =>
  field(key, 'Other hosts', { hint: 'where the server may send the session on to', input: 'words' });
const insecure = field('insecure', 'Sign on without encryption', {
  input: 'consent',
  hint: 'to a server elsewhere: whoever listens on the way then reads what this account gets, and may take it over',
});
const ca = field('ca', 'Extra root certificate', {
  input: 'pem',
  hint: 'only for servers with a certificate of their own: paste the PEM, or the path of its file',
});

/** By the name that the form uses for them; the order is that of the choice. */
export const DECOY_KINDS: Readonly<Record<string, DecoyKind>> = {
  'xmpp-client': {
    label: 'XMPP account',
    settings: { network: 'xmpp', mode: 'client' },
    fields: [
      field('address', 'Address', { example: 'dora@decoys.example', required: true }),
      password,
      tls(STARTTLS, DIRECT, NONE),
      host('empty: as the domain says'),
      port('empty: the usual one'),
      ca,
    ],
  },
  'xmpp-component': {
    label: 'XMPP component (any number of addresses)',
    settings: { network: 'xmpp', mode: 'component' },
    fields: [
      field('address', 'Component domain', { example: 'decoys.example', required: true }),
      { ...password, label: 'Shared secret' },
      host('empty: 127.0.0.1'),
      port('empty: 5347'),
    ],
  },
  irc: {
    label: 'IRC nick',
    settings: { network: 'irc' },
    fields: [
      field('address', 'Nick', { example: 'dora', required: true }),
      server('irc.example.org'),
      port('empty: 6697 with TLS, 6667 without'),
      tls(DIRECT, NONE),
      field('channels', 'Channels', { example: '#help #lobby', input: 'words' }),
      field('sasl.account', 'SASL account', { hint: 'empty: no sign-in', with: 'sasl.password' }),
      field('sasl.password', 'SASL password', { input: 'password', with: 'sasl.account' }),
      ca,
    ],
  },
  oscar: {
    label: 'AIM name or ICQ number',
    settings: { network: 'oscar' },
    fields: [
      field('address', 'Name or number', { example: 'dora lee', required: true }),
      password,
      server('oscar.example.org'),
      port('empty: 5190'),
      tls(PLAIN, DIRECT),
      field('login', 'Log-in', {
        input: 'choice',
        choices: [
          ['md5', 'MD5'],
          ['roasted', 'Roasted (the password as good as plain)'],
        ],
      }),
      otherHosts('hosts'),
      field('proxy', 'Rendezvous proxy', { example: 'ars.example.org:5190', hint: 'for files, at level accept' }),
      insecure,
      ca,
    ],
  },
  ymsg: {
    label: 'Yahoo! Messenger id',
    settings: { network: 'ymsg' },
    fields: [
      field('address', 'Id', { example: 'dora', hint: 'without @yahoo.com', required: true }),
      password,
      server('ymsg.example.org'),
      port('empty: 5050'),
      protocol('version', [10, 'YMSG 10'], [9, 'YMSG 9'], [16, 'YMSG 16'], [15, 'YMSG 15']),
      field('loginUrl', 'Log-in URL', { hint: 'YMSG 15 and 16: where pwtoken_get is', example: 'https://…/config/' }),
      insecure,
      ca,
    ],
  },
  msnp: {
    label: 'MSN account',
    settings: { network: 'msnp' },
    fields: [
      field('address', 'Address', { example: 'dora@decoys.example', required: true }),
      password,
      server('msn.example.org'),
      port('empty: 1863'),
      protocol('dialect', ...[11, 12, 10, 9, 8].map((dialect) => [dialect, `MSNP${dialect}`] as const), [
        7,
        'MSNP7 (log-in without web)',
      ]),
      field('persona', 'File offers', {
        input: 'choice',
        choices: [
          ['p2p', 'as to MSN 6 and later'],
          ['classic', 'as to MSN 5 and before'],
        ],
      }),
      field('loginUrl', 'Log-in URL', { hint: 'MSNP8 to 12: this or the nexus' }),
      field('nexusUrl', 'Nexus URL', { hint: 'names the log-in server' }),
      field('offlineUrl', 'Offline message URL', { hint: 'empty: only their notices are captured' }),
      otherHosts('hosts'),
      insecure,
      ca,
    ],
  },
  sametime: {
    label: 'Sametime user',
    settings: { network: 'sametime' },
    fields: [
      field('address', 'User id', { example: 'dora', required: true }),
      password,
      server('sametime.example.org'),
      port('empty: 1533'),
      tls(PLAIN, DIRECT),
      otherHosts('redirectHosts'),
      field('weakLogin', 'Sign on where the server offers no key', {
        input: 'consent',
        hint: 'the password can then be read on the way',
      }),
      insecure,
      ca,
    ],
  },
};

/** What the form begins with. */
export const FIRST_KIND = 'xmpp-client';

/** The kind of that name, or one without fields. */
export function decoyKindOf(type: string): DecoyKind {
  return DECOY_KINDS[type] ?? { label: type, settings: {}, fields: [] };
}
