// Who lives on the range's servers of AIM and ICQ, MSN, Yahoo! and Sametime, and the settings of the decoys among them.

/** Names that could be anyone's; numbers above all that ICQ ever gave out; domains that are reserved. */
export const CLASSIC_SITES = {
  aim: ['annekeb88', 'bramv72', 'tuuliko'],
  icq: ['998104417', '998231906'],
  msnp: ['hanna.lund@mail.example', 'pieterdw@mail.example', 'matti.r@post.example', 'ewa.nowicka@post.example'],
  ymsg: ['karin_ols', 'jeroen.vd', 'milla77'],
  sametime: ['ahaas', 'jlindqvist', 'tbakker'],
} as const;

export interface ClassicPorts {
  readonly oscar: number;
  readonly msnp: number;
  readonly ymsg: number;
  readonly sametime: number;
}

interface Common {
  readonly name: string;
  readonly enabled: boolean;
  readonly address: string;
  readonly password: string;
  readonly host: string;
  readonly port: number;
  readonly insecure: boolean;
}

/** A decoy's settings, as in data/decoys/*.yaml. */
export type ClassicDecoy =
  | (Common & { readonly network: 'oscar'; readonly tls: 'none'; readonly login: 'md5'; readonly hosts: string[] })
  | (Common & {
      readonly network: 'msnp';
      readonly dialect: 11;
      readonly persona: 'p2p';
      readonly loginUrl: string;
      readonly hosts: string[];
    })
  | (Common & { readonly network: 'ymsg'; readonly version: 10 })
  | (Common & {
      readonly network: 'sametime';
      readonly tls: 'none';
      readonly weakLogin: boolean;
      readonly redirectHosts: string[];
    });

/** The settings that fit servers on these ports. */
export function classicDecoys(ports: ClassicPorts, password: string): readonly ClassicDecoy[] {
  const common = (network: keyof ClassicPorts, address: string, at: number): Common => ({
    name: `range-${network}-${at + 1}`,
    enabled: true,
    address,
    password,
    host: '127.0.0.1',
    port: ports[network],
    insecure: false,
  });
  const { aim, icq, msnp, ymsg, sametime } = CLASSIC_SITES;
  const loginUrl = `http://127.0.0.1:${ports.msnp}/login`;
  return [
    ...[...aim, ...icq].map(
      (address, at): ClassicDecoy => ({
        ...common('oscar', address, at),
        network: 'oscar',
        tls: 'none',
        login: 'md5',
        hosts: [],
      }),
    ),
    ...msnp.map(
      (address, at): ClassicDecoy => ({
        ...common('msnp', address, at),
        network: 'msnp',
        dialect: 11,
        persona: 'p2p',
        loginUrl,
        hosts: [],
      }),
    ),
    ...ymsg.map((address, at): ClassicDecoy => ({ ...common('ymsg', address, at), network: 'ymsg', version: 10 })),
    ...sametime.map(
      (address, at): ClassicDecoy => ({
        ...common('sametime', address, at),
        network: 'sametime',
        tls: 'none',
        weakLogin: false,
        redirectHosts: [],
      }),
    ),
  ];
}
