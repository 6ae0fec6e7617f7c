// Sign-in, the first admin's link, users.
import type { Accounts } from '../../accounts/accounts.ts';
import { Accepted, Me, NewUser, SetupRequest, UserList } from '../../api/contract.ts';
import { guardFor, headersOf } from '../identity.ts';
import type { App } from '../server.ts';

const SIGN_IN_LIMIT = { rateLimit: { max: 20, timeWindow: '1 minute' } } as const;

export function accountRoutes(app: App, accounts: Accounts): void {
  const analyst = guardFor(accounts, 'analyst');
  const admin = guardFor(accounts, 'admin');

  app.route({
    method: ['GET', 'POST'],
    url: '/api/auth/*',
    schema: { hide: true },
    config: SIGN_IN_LIMIT,
    handler: async (request, reply) => {
      const url = new URL(request.url, `${request.protocol}://${request.host}`);
      const answer = await accounts.handle(
        new Request(url, {
          method: request.method,
          headers: headersOf(request),
          ...(request.method === 'POST' ? { body: JSON.stringify(request.body ?? {}) } : {}),
        }),
      );
      reply.code(answer.status);
      for (const [name, value] of answer.headers)
        if (name !== 'set-cookie' && name !== 'content-length') reply.header(name, value);
      for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
      return reply.send(Buffer.from(await answer.arrayBuffer()));
    },
  });
  app.get('/api/v1/me', { schema: { response: { 200: Me } } }, (request) => analyst(request));
  app.post(
    '/api/v1/setup',
    { schema: { body: SetupRequest, response: { 200: Accepted } }, config: SIGN_IN_LIMIT },
    async (request) => {
      await accounts.createFirstAdmin(request.body);
      return { message: 'the first admin is made: sign in' };
    },
  );
  app.get('/api/v1/users', { schema: { response: { 200: UserList } } }, async (request) => {
    await admin(request);
    return { users: [...(await accounts.listUsers())] };
  });
  app.post('/api/v1/users', { schema: { body: NewUser, response: { 200: Accepted } } }, async (request) => {
    await admin(request);
    await accounts.createUser(request.body);
    return { message: `${request.body.email} may sign in` };
  });
}
