// The two requests of the token login, each over a link of its own.
import { SundewError } from '../../core/error.ts';
import { type Dial, exchange } from '../http/exchange.ts';
import { httpAccountOf, loginUrlOf, type YmsgSettings } from './config.ts';
import { refusalOfToken } from './session/refusals.ts';
import { crumbUrl, readCrumb, readToken, type TokenLogin, type TokenReply, tokenUrl } from './wire/token-login.ts';

/** As which the clients of those versions ask web servers. */
const USER_AGENT = ['User-Agent', 'Mozilla/5.0'] as const;

/** @throws SundewError DECOY_*, LINK_*, WIRE_*, GATE_DENIED */
export async function fetchToken(
  challenge: string,
  settings: YmsgSettings,
  dial: Dial,
  signal: AbortSignal,
): Promise<TokenLogin> {
  const base = loginUrlOf(settings);
  const user = settings.address.toLowerCase();
  const ask = async <Value>(url: URL, read: (body: Uint8Array) => TokenReply<Value>): Promise<Value> => {
    const request = { method: 'GET', url, headers: [USER_AGENT] } as const;
    const response = await exchange(request, 'sign-on', httpAccountOf(settings), dial, signal);
    const reply = response.status === 200 ? read(response.body) : { refused: undefined };
    if ('value' in reply) return reply.value;
    const { code, sentence } = refusalOfToken(reply.refused, response.status);
    throw new SundewError(code, `Yahoo id ${user}: ${sentence}`);
  };
  const token = await ask(tokenUrl(base, { user, password: settings.password, challenge }), readToken);
  return await ask(crumbUrl(base, token), readCrumb);
}
