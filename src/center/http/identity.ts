// Who is calling: the operator over the control socket (the file's mode is the credential), a signed-in user, a stranger.
import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { SundewError } from '../../core/error.ts';
import type { Accounts, Role, User } from '../accounts/accounts.ts';

const fromControl = new WeakSet<IncomingMessage>();
const OPERATOR: User = { name: 'operator', email: 'operator@localhost', role: 'admin', twoFactor: false };
const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** Marks a request that came over the control socket. */
export function markControl(request: IncomingMessage): void {
  fromControl.add(request);
}

export function isControl(request: FastifyRequest): boolean {
  return fromControl.has(request.raw);
}

export function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && name !== 'x-sundew-address')
      headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  headers.set('x-sundew-address', request.ip);
  return headers;
}

/** A browser says where a request comes from; a page of another site may not act with the user's cookie. */
function refuseForeignOrigin(request: FastifyRequest): void {
  const { origin, host } = request.headers;
  if (SAFE_METHODS.includes(request.method) || origin === undefined) return;
  if (URL.parse(origin)?.host !== host)
    throw new SundewError('NOT_ALLOWED', 'requests from pages of another site are refused');
}

export type Guard = (request: FastifyRequest) => Promise<User>;

/** Makes the guard of a role: it answers who is calling or throws NOT_ALLOWED (401 without any identity). */
export function guardFor(accounts: Accounts, role: Role): Guard {
  return async (request) => {
    if (isControl(request)) return OPERATOR;
    refuseForeignOrigin(request);
    const user = await accounts.identify(headersOf(request));
    if (user === undefined) {
      throw Object.assign(new Error('sign in first'), { statusCode: 401 });
    }
    if (role === 'admin' && user.role !== 'admin') throw new SundewError('NOT_ALLOWED', 'only an admin may do this');
    return user;
  };
}

/** The tier of a reader: whoever is signed in, on a page of ours or by a key, sees what operators see. */
export async function tierOf(accounts: Accounts, request: FastifyRequest): Promise<'operator' | 'public'> {
  if (isControl(request)) return 'operator';
  const { origin, host } = request.headers;
  if (origin !== undefined && URL.parse(origin)?.host !== host) return 'public';
  return (await accounts.identify(headersOf(request))) === undefined ? 'public' : 'operator';
}
