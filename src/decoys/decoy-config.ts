// A decoy's settings, as in data/decoys/<name>.yaml, in the API and on the command line. Secrets also as `…_file`.
import { z } from 'zod';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and dashes');
const port = z.number().int().min(1).max(65535);
const enabled = z.boolean().default(true);

/** An XMPP account (RFC 6120). `tls: none` is accepted for loopback hosts only. */
export const XmppClientConfig = z.strictObject({
  name,
  network: z.literal('xmpp'),
  mode: z.literal('client'),
  address: z.string(), // bare JID
  password: z.string(),
  host: z.string().optional(), // default: SRV records of the domain
  port: port.optional(),
  tls: z.enum(['starttls', 'direct', 'none']).default('starttls'),
  ca: z.string().optional(), // path of a PEM file, or the PEM itself
  enabled,
});
export type XmppClientConfig = z.infer<typeof XmppClientConfig>;

/** An XMPP component (XEP-0114): every address of the domain is a decoy. */
export const XmppComponentConfig = z.strictObject({
  name,
  network: z.literal('xmpp'),
  mode: z.literal('component'),
  address: z.string(), // the component's domain
  password: z.string(), // shared secret
  host: z.string().default('127.0.0.1'),
  port: port.default(5347),
  enabled,
});
export type XmppComponentConfig = z.infer<typeof XmppComponentConfig>;

/** An IRC nick (RFC 2812, IRCv3). Several nicks are several decoys. `tls: none` is accepted for loopback hosts only. */
export const IrcConfig = z.strictObject({
  name,
  network: z.literal('irc'),
  address: z.string(), // nick
  host: z.string(),
  port: port.optional(), // 6697 with TLS, 6667 without
  tls: z.enum(['direct', 'none']).default('direct'),
  ca: z.string().optional(),
  username: z.string().optional(),
  realname: z.string().optional(),
  serverPassword: z.string().optional(),
  sasl: z.strictObject({ account: z.string(), password: z.string() }).optional(),
  channels: z.array(z.string()).default([]),
  enabled,
});
export type IrcConfig = z.infer<typeof IrcConfig>;

/** A Yahoo! Messenger id. The protocol has no TLS: `insecure` lets it sign on to a host that is not this machine. */
export const YmsgConfig = z.strictObject({
  name,
  network: z.literal('ymsg'),
  address: z.string(), // id, without "@yahoo.com"
  password: z.string(),
  host: z.string(),
  port: port.optional(), // 5050
  version: z.literal([9, 10, 15, 16]).default(10),
  loginUrl: z.string().optional(), // versions 15 and 16
  ca: z.string().optional(), // of the log-in server
  insecure: z.boolean().default(false),
  enabled,
});
export type YmsgConfig = z.infer<typeof YmsgConfig>;

/** An MSN account. The protocol has no TLS: `insecure` lets it sign on to a host that is not this machine. */
export const MsnpConfig = z.strictObject({
  name,
  network: z.literal('msnp'),
  address: z.string(), // e-mail address
  password: z.string(),
  host: z.string(),
  port: port.optional(), // 1863
  dialect: z.literal([7, 8, 9, 10, 11, 12]).default(11),
  persona: z.enum(['p2p', 'classic']).default('p2p'),
  loginUrl: z.string().optional(),
  nexusUrl: z.string().optional(),
  offlineUrl: z.string().optional(),
  hosts: z.array(z.string()).default([]), // switchboards and redirects besides `host`
  ca: z.string().optional(),
  insecure: z.boolean().default(false),
  enabled,
});
export type MsnpConfig = z.infer<typeof MsnpConfig>;

/** An AIM name or ICQ number. The protocol has no TLS: `insecure` lets it sign on to a host that is not this machine. */
export const OscarConfig = z.strictObject({
  name,
  network: z.literal('oscar'),
  address: z.string(), // AIM name or ICQ number
  password: z.string(),
  host: z.string(),
  port: port.optional(), // 5190
  tls: z.enum(['direct', 'none']).default('none'), // direct: the server stands behind a TLS front
  ca: z.string().optional(),
  insecure: z.boolean().default(false),
  login: z.enum(['md5', 'roasted']).default('md5'), // roasted sends the password as good as plain
  hosts: z.array(z.string()).default([]), // other hosts that the login server may send the session on to
  proxy: z.string().optional(), // host:port of the own server's rendezvous proxy
  profile: z.string().optional(),
  enabled,
});
export type OscarConfig = z.infer<typeof OscarConfig>;

/** A Sametime account. `insecure` lets it sign on without TLS to a host that is not this machine. */
export const SametimeConfig = z.strictObject({
  name,
  network: z.literal('sametime'),
  address: z.string(), // user id
  password: z.string(),
  host: z.string(),
  port: port.optional(), // 1533
  tls: z.enum(['direct', 'none']).default('none'),
  ca: z.string().optional(),
  insecure: z.boolean().default(false),
  weakLogin: z.boolean().default(false), // also where the password could be read on the way
  redirectHosts: z.array(z.string()).default([]),
  clientType: z.number().int().min(0x1000).max(0xffff).optional(), // the client to be taken for
  hostName: z.string().max(63).optional(), // of the machine that the client states
  enabled,
});
export type SametimeConfig = z.infer<typeof SametimeConfig>;

/** What an unknown network or mode is told; zod names the values that there are. */
const choice = {
  error: (issue: { readonly code: string; readonly options?: unknown }): string | undefined =>
    issue.code === 'invalid_union' && Array.isArray(issue.options)
      ? `must be ${issue.options.map((option) => `"${option}"`).join(' or ')}`
      : undefined,
};

const XmppConfig = z.discriminatedUnion('mode', [XmppClientConfig, XmppComponentConfig], choice);

/** Tells the networks apart first, so that whatever else is wrong is named by its key. */
export const DecoyConfig = z.discriminatedUnion(
  'network',
  [XmppConfig, IrcConfig, OscarConfig, YmsgConfig, MsnpConfig, SametimeConfig],
  choice,
);
export type DecoyConfig = z.infer<typeof DecoyConfig>;
