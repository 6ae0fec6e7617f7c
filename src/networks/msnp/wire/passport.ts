// Passport 1.4 ("Tweener"): what the nexus and the log-in server say, and what they are asked.
import type { HttpResponse } from '../../http/message.ts';

const MAX_TICKET = 4096;
const ORIGIN = 'http%3A%2F%2Fmessenger%2Emsn%2Ecom';

export type TicketReply =
  | { readonly type: 'ticket'; readonly ticket: string }
  | { readonly type: 'redirect'; readonly location: string }
  | { readonly type: 'refused' }
  | { readonly type: 'unreadable'; readonly status: number };

/** The Authorization header of the log-in request. The policy is the server's, from `USR … TWN S`. */
export function encodeAuthorization(account: { address: string; password: string }, policy: string): string {
  const [name, password] = [account.address, account.password].map(encodeURIComponent);
  return `Passport1.4 OrgVerb=GET,OrgURL=${ORIGIN},sign-in=${name},pwd=${password},${policy}`;
}

/** The log-in URL of a nexus response (`DALogin=` of `PassportURLs`). @returns undefined when there is none */
export function loginUrlOf(response: HttpResponse): string | undefined {
  const login = /(?:^|,)\s*DALogin=([^,\s]{1,500})/i.exec(response.headers.get('passporturls') ?? '')?.[1];
  if (login === undefined) return undefined;
  return /^https?:\/\//i.test(login) ? login : `https://${login}`;
}

/** What the log-in server's response means. */
export function readTicket(response: HttpResponse): TicketReply {
  const location = response.headers.get('location');
  if (response.status >= 301 && response.status <= 307 && location !== undefined) return { type: 'redirect', location };
  const info = response.headers.get('authentication-info') ?? '';
  const ticket = /from-PP='([^']*)'/i.exec(info)?.[1];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a ticket becomes an argument of a command
  if (ticket !== undefined && ticket !== '' && ticket.length <= MAX_TICKET && !/[\x00-\x20]/.test(ticket)) {
    return { type: 'ticket', ticket };
  }
  const failed = /da-status=failed/i.test(`${info} ${response.headers.get('www-authenticate') ?? ''}`);
  if (response.status === 401 || failed) return { type: 'refused' };
  return { type: 'unreadable', status: response.status };
}
