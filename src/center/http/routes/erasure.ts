// Erasing captures, for admins.
import { z } from 'zod';
import { Accepted } from '../../api/contract.ts';
import { eraseCapture } from '../../erase-capture.ts';
import { type HttpDeps, RealmQuery, realmFor } from '../deps.ts';
import { guardFor } from '../identity.ts';
import type { App } from '../server.ts';

const Id = z.object({ id: z.string().max(64) });

export function erasureRoutes(app: App, deps: HttpDeps): void {
  const admin = guardFor(deps.accounts, 'admin');
  app.delete(
    '/api/v1/captures/:id',
    { schema: { params: Id, querystring: RealmQuery, response: { 200: Accepted } } },
    async (request) => {
      await admin(request);
      const entries = await eraseCapture(realmFor(deps, request.query.realm), request.params.id);
      return { message: entries === 0 ? 'it was erased before' : `erased, with ${entries} journal entries` };
    },
  );
}
