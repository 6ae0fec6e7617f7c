// The ticket of dialects 8 to 12: a nexus names the log-in server, the log-in server gives the ticket.
import { SundewError } from '../../core/error.ts';
import { checkUrl, type Dial, exchange } from '../http/exchange.ts';
import { httpAccountOf, type MsnpSettings, mayDial, USER_AGENT } from './config.ts';
import { encodeAuthorization, loginUrlOf, readTicket } from './wire/passport.ts';

const MAX_HOPS = 4;

/** @throws SundewError DECOY_LOGIN_REFUSED, DECOY_UNSUPPORTED, LINK_*, WIRE_* */
export async function fetchTicket(
  policy: string,
  settings: MsnpSettings,
  dial: Dial,
  signal: AbortSignal,
): Promise<string> {
  let url = await loginUrl(settings, dial, signal);
  const headers = [USER_AGENT, ['Authorization', encodeAuthorization(settings, policy)]] as const;
  const first = url.hostname;
  for (let hop = 0; hop < MAX_HOPS; hop += 1) {
    const response = await exchange({ method: 'GET', url, headers }, 'sign-on', httpAccountOf(settings), dial, signal);
    const reply = readTicket(response);
    if (reply.type === 'ticket') return reply.ticket;
    if (reply.type === 'refused') {
      const sentence = 'the log-in server refused the name or password';
      throw new SundewError('DECOY_LOGIN_REFUSED', `MSN account ${settings.address}: ${sentence}`);
    }
    if (reply.type === 'unreadable')
      throw unsupported(settings, `the log-in server answered ${reply.status} and no ticket`);
    // The password goes along, so only to the same host or one that is configured.
    const next = namedUrl(URL.canParse(reply.location, url) ? new URL(reply.location, url).href : '', settings);
    if (next.hostname !== first && !mayDial(next.hostname, settings)) {
      throw unsupported(settings, `the log-in server sends it on to ${next.hostname}, which is not in "hosts"`);
    }
    url = next;
  }
  throw unsupported(settings, 'the log-in server sends it on without end');
}

async function loginUrl(settings: MsnpSettings, dial: Dial, signal: AbortSignal): Promise<URL> {
  if (settings.loginUrl !== undefined) return checkUrl(settings.loginUrl, 'loginUrl', httpAccountOf(settings));
  const url = checkUrl(settings.nexusUrl ?? '', 'nexusUrl', httpAccountOf(settings));
  const response = await exchange(
    { method: 'GET', url, headers: [USER_AGENT] },
    'sign-on',
    httpAccountOf(settings),
    dial,
    signal,
  );
  const named = loginUrlOf(response);
  if (named === undefined) throw unsupported(settings, 'the nexus names no log-in server; set "loginUrl"');
  return namedUrl(named, settings);
}

/** A URL that a server named: it must be one that the settings would take. @throws SundewError DECOY_UNSUPPORTED, LINK_UNVERIFIED */
function namedUrl(text: string, settings: MsnpSettings): URL {
  if (!URL.canParse(text)) {
    throw new SundewError('DECOY_UNSUPPORTED', 'the log-in server named an address that is none; set "loginUrl"');
  }
  return checkUrl(text, 'the log-in address that the server named', httpAccountOf(settings));
}

const unsupported = (settings: MsnpSettings, why: string): SundewError =>
  new SundewError('DECOY_UNSUPPORTED', `MSN account ${settings.address}: ${why}`);
