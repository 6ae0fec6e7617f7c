// One HTTP request over a link of its own, ruled by the gate like every frame.
import { concatBytes } from '../../core/bytes.ts';
import { SundewError } from '../../core/error.ts';
import type { Act, Endpoint, Link } from '../../core/link.ts';
import { isLoopbackHost } from '../../core/loopback.ts';
import { encodeRequest, type HttpRequest, type HttpResponse, takeResponse } from './message.ts';

export type Dial = (endpoint: Endpoint, signal: AbortSignal) => Promise<Link>;

/** On whose behalf a request is made, and whom it may be shown to. */
export interface HttpAccount {
  /** What a sentence calls it: `MSN account ann@im.example`. */
  readonly name: string;
  /** It may go unencrypted to a host that is not this machine. */
  readonly insecure?: boolean | undefined;
  /** PEM of an extra trusted root. */
  readonly ca?: string | undefined;
}

const TIMEOUT_MS = 20_000;

/** @throws SundewError LINK_*, WIRE_*, GATE_DENIED */
export async function exchange(
  request: HttpRequest,
  act: Act,
  account: HttpAccount,
  dial: Dial,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const { url } = request;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  const ca = account.ca === undefined ? {} : { ca: account.ca };
  const tls = url.protocol === 'https:' ? { tls: { serverName: url.hostname, ...ca } } : {};
  await using link = await dial({ host: url.hostname.replaceAll(/[[\]]/g, ''), port, ...tls }, limit);
  requireTrust(link, url, account);
  const ruling = await link.send(encodeRequest(request), { act });
  if (!ruling.allowed)
    throw new SundewError('GATE_DENIED', `a request to ${url.host} was not allowed: ${ruling.reason}`);
  const close = (): void => void link.close();
  limit.addEventListener('abort', close, { once: true });
  try {
    return await readResponse(link, url, limit);
  } finally {
    limit.removeEventListener('abort', close);
  }
}

async function readResponse(link: Link, url: URL, limit: AbortSignal): Promise<HttpResponse> {
  let bytes: Uint8Array = new Uint8Array();
  for await (const chunk of link.incoming) {
    bytes = concatBytes([bytes, chunk]);
    const response = takeResponse(bytes, false);
    if (response !== undefined) return response;
  }
  if (limit.aborted) throw new SundewError('LINK_TIMEOUT', `${url.host} did not answer in time`);
  const response = takeResponse(bytes, true);
  if (response === undefined) throw new SundewError('WIRE_CLOSED', `${url.host} closed the connection`);
  return response;
}

function requireTrust(link: Link, url: URL, account: HttpAccount): void {
  if (url.protocol === 'http:') {
    if (!link.loopback && account.insecure !== true)
      throw unverified(account, `${url.host} is reached without encryption`);
    return;
  }
  if (link.tls?.verified === true) return;
  throw new SundewError(
    'LINK_UNVERIFIED',
    `${url.host} is not trusted: ${link.tls?.problem ?? 'it has no TLS'}. Give the server's certificate as "ca" or mend it.`,
  );
}

/** A URL that may be asked with a password. `key` is what its sentence calls it. @throws SundewError CONFIG_INVALID, LINK_UNVERIFIED */
export function checkUrl(text: string, key: string, account: HttpAccount): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '') {
    throw new SundewError('CONFIG_INVALID', `${account.name}: ${key} must be a URL that begins with https://`);
  }
  if (url.protocol === 'http:' && !isThisMachine(url.hostname) && account.insecure !== true) {
    throw unverified(account, `${key} is not encrypted`);
  }
  return url;
}

/** I-24: what is sent over a plain link to another machine anyone on the way can read. */
export function unverified(account: Pick<HttpAccount, 'name'>, why: string): SundewError {
  return new SundewError(
    'LINK_UNVERIFIED',
    `${account.name}: ${why}. Set "insecure: true" if this account may be read and taken over on the way.`,
  );
}

/** A host of a setting, or of a URL, where IPv6 stands in brackets. */
export function isThisMachine(host: string): boolean {
  return host === '[::1]' || isLoopbackHost(host);
}
