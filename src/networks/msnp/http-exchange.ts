// One HTTP request over a link of its own, ruled by the gate like every frame.
import { concatBytes } from '../../core/bytes.ts';
import { SundewError } from '../../core/error.ts';
import type { Act, Endpoint, Link } from '../../core/link.ts';
import { checkUrl, type MsnpSettings, unverified } from './config.ts';
import { encodeRequest, type HttpRequest, type HttpResponse, takeResponse } from './wire/http.ts';

export type Dial = (endpoint: Endpoint, signal: AbortSignal) => Promise<Link>;

const TIMEOUT_MS = 20_000;

/** @throws SundewError LINK_*, WIRE_*, GATE_DENIED */
export async function exchange(
  request: HttpRequest,
  act: Act,
  settings: MsnpSettings,
  dial: Dial,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const { url } = request;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  const ca = settings.ca === undefined ? {} : { ca: settings.ca };
  const tls = url.protocol === 'https:' ? { tls: { serverName: url.hostname, ...ca } } : {};
  await using link = await dial({ host: url.hostname.replaceAll(/[[\]]/g, ''), port, ...tls }, limit);
  requireTrust(link, url, settings);
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

function requireTrust(link: Link, url: URL, settings: MsnpSettings): void {
  if (url.protocol === 'http:') {
    if (!link.loopback && settings.insecure !== true)
      throw unverified(settings, `${url.host} is reached without encryption`);
    return;
  }
  if (link.tls?.verified === true) return;
  throw new SundewError(
    'LINK_UNVERIFIED',
    `${url.host} is not trusted: ${link.tls?.problem ?? 'it has no TLS'}. Give the server's certificate as "ca" or mend it.`,
  );
}

/** A URL that a server named: it must be one that the settings would take. @throws SundewError DECOY_UNSUPPORTED, LINK_UNVERIFIED */
export function namedUrl(text: string, settings: MsnpSettings): URL {
  if (!URL.canParse(text)) {
    throw new SundewError('DECOY_UNSUPPORTED', 'the log-in server named an address that is none; set "loginUrl"');
  }
  return checkUrl(text, 'the log-in address that the server named', settings);
}
