// The accounts that send alerts by instant message, one a network. Never the account of a decoy.
import { z } from 'zod';
import { isLoopback, port } from './values.ts';

const secret = {
  password: z.string().min(1).optional().describe('its password'),
  password_file: z.string().min(1).optional().describe('file that holds the password'),
};
const ca = z.string().min(1).optional().describe('PEM file of an extra trusted certificate');
const host = z.string().min(1).describe('server');
/** A list in one line, so that a variable can hold it. */
const hosts = (what: string) => z.string().min(1).optional().describe(`${what}, with commas between`);
const url = (what: string) =>
  z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(what);
const insecure = z
  .boolean()
  .default(false)
  .describe('accepts that others on the way may read the account: needed without TLS beyond this machine');
const plainTls = z.enum(['direct', 'none']).default('none').describe('TLS; the protocol itself has none');

const XmppAccount = z
  .strictObject({
    address: z.string().min(3).describe('bare JID of the account that sends alerts; never a decoy'),
    ...secret,
    host: host.optional().describe('server, unless SRV records tell'),
    port: port.optional().describe('its port'),
    tls: z.enum(['starttls', 'direct', 'none']).default('starttls').describe('TLS; `none` for a loopback host only'),
    ca,
  })
  .refine((account) => account.tls !== 'none' || isLoopback(account.host), {
    path: ['tls'],
    message: 'may be none for a loopback host only',
  });

interface Plain {
  readonly host: string;
  readonly tls?: 'direct' | 'none';
  readonly insecure: boolean;
}

/** I-24: neither name nor password goes over a link that anyone could read, unless the operator said so. */
const isTrusted = (account: Plain): boolean => account.insecure || account.tls === 'direct' || isLoopback(account.host);
const TRUST = { path: ['insecure'], message: 'must be true to sign on without TLS to a host that is not this machine' };

const OscarAccount = z
  .strictObject({
    address: z.string().min(3).describe('AIM name or ICQ number that sends alerts; never a decoy'),
    ...secret,
    host,
    port: port.default(5190).describe('its port'),
    tls: plainTls,
    ca,
    insecure,
    login: z.enum(['md5', 'roasted']).default('md5').describe('`roasted` sends the password as good as plain'),
    hosts: hosts('other hosts that the server may send the session on to'),
  })
  .refine(isTrusted, TRUST);

const MsnpAccount = z
  .strictObject({
    address: z.string().min(3).describe('MSN account that sends alerts; never a decoy'),
    ...secret,
    host,
    port: port.default(1863).describe('its port'),
    dialect: z.number().int().min(7).max(12).default(11).describe('version of the protocol, 7 to 12'),
    loginUrl: url('log-in server; from dialect 8 on this or `nexusUrl` is needed'),
    nexusUrl: url('nexus, which names the log-in server'),
    ca,
    insecure,
    hosts: hosts('hosts of switchboards and redirects besides'),
  })
  .refine(isTrusted, TRUST);

const YmsgAccount = z
  .strictObject({
    address: z.string().min(1).describe('Yahoo! id that sends alerts; never a decoy'),
    ...secret,
    host,
    port: port.default(5050).describe('its port'),
    insecure,
  })
  .refine(isTrusted, TRUST);

const SametimeAccount = z
  .strictObject({
    address: z.string().min(1).describe('Sametime user id that sends alerts; never a decoy'),
    ...secret,
    host,
    port: port.default(1533).describe('its port'),
    tls: plainTls,
    ca,
    insecure,
    hosts: hosts('hosts of the community that a redirect may lead to'),
  })
  .refine(isTrusted, TRUST);

export const ImAccounts = z.strictObject({
  xmpp: XmppAccount.optional(),
  oscar: OscarAccount.optional(),
  msnp: MsnpAccount.optional(),
  ymsg: YmsgAccount.optional(),
  sametime: SametimeAccount.optional(),
});
export type ImAccounts = z.output<typeof ImAccounts>;
