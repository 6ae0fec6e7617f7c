// The settings of one Sametime account, and the refusal of those that would show its password to whoever listens.
import { randomBytes } from 'node:crypto';
import { SundewError } from '../../core/error.ts';
import type { Endpoint, GateRole, Link } from '../../core/link.ts';
import type { SametimeSessionConfig } from './session/types.ts';
import { keyPairOf } from './wire/diffie-hellman.ts';

/** One account on one server; the decoys' configuration file has the same form. */
export interface SametimeSettings {
  /** The user id: a short name, or a directory name such as `CN=Al Ice/O=Acme`. */
  readonly address: string;
  readonly password: string;
  readonly host: string;
  /** Default 1533. */
  readonly port?: number | undefined;
  /** `direct` for servers from 11.5 on that take TLS on their port. */
  readonly tls: 'direct' | 'none';
  /** PEM of an extra trusted root or of the server's own certificate. */
  readonly ca?: string | undefined;
  /** The operator knows that the link to a host elsewhere is neither encrypted nor verified. */
  readonly insecure?: boolean | undefined;
  /** Also signs on where the server sends no key, with a password that can be read on the way. */
  readonly weakLogin?: boolean | undefined;
  /** Hosts of the community that a redirect may lead to. */
  readonly redirectHosts?: readonly string[] | undefined;
  /** The client type to state; default Sametime Connect, 0x1002. */
  readonly clientType?: number | undefined;
  readonly hostName?: string | undefined;
}

const DEFAULT_PORT = 1533;
const CONNECT_CLIENT = 0x1002;
const MAX_ADDRESS = 255;
const MAX_PASSWORD_BYTES = 255;

/** @throws SundewError CONFIG_INVALID naming the setting, LINK_UNVERIFIED for a plain link that was not allowed */
export function checkSametimeSettings(settings: SametimeSettings): void {
  const { address, password } = settings;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (address === '' || address.length > MAX_ADDRESS || /[\u0000-\u001f]/.test(address)) {
    throw invalid(address, `address must be a user id of 1 to ${MAX_ADDRESS} characters`);
  }
  if (password === '' || Buffer.byteLength(password) > MAX_PASSWORD_BYTES) {
    throw invalid(address, `password must have 1 to ${MAX_PASSWORD_BYTES} bytes`);
  }
}

/** Where to connect to, perhaps at another host of the community. */
export function endpointOf(settings: SametimeSettings, host = settings.host): Endpoint {
  const port = settings.port ?? DEFAULT_PORT;
  if (settings.tls === 'none') return { host, port };
  return { host, port, tls: { serverName: host, ...(settings.ca === undefined ? {} : { ca: settings.ca }) } };
}

/** I-24: no name and no password over a link that anyone could be at the other end of. @throws SundewError LINK_UNVERIFIED */
export function requireTrust(link: Link, settings: SametimeSettings): void {
  if (settings.tls === 'direct' ? link.tls?.verified === true : link.loopback || settings.insecure === true) return;
  const why =
    settings.tls === 'direct'
      ? `${link.tls?.problem ?? 'it has no TLS'}; give its certificate as "ca"`
      : 'it is plain and not on this machine; use tls "direct", or set "insecure" if you accept that';
  throw new SundewError('LINK_UNVERIFIED', `Sametime link to ${settings.host} is not trusted: ${why}`);
}

/** Settings and fresh secrets for one session. */
export function sessionConfigOf(settings: SametimeSettings, role: GateRole, redirects: number): SametimeSessionConfig {
  return {
    role,
    userId: settings.address,
    password: settings.password,
    clientType: settings.clientType ?? CONNECT_CLIENT,
    hostName: settings.hostName ?? 'desktop',
    server: settings.host,
    weakLogin: settings.weakLogin ?? false,
    redirectHosts: redirects > 0 ? (settings.redirectHosts ?? []).map((host) => host.toLowerCase()) : [],
    keys: keyPairOf(randomBytes(64)),
    rc2Key: randomBytes(5),
  };
}

function invalid(address: string, rule: string): SundewError {
  return new SundewError('CONFIG_INVALID', `Sametime account ${JSON.stringify(address)}: ${rule}`);
}
