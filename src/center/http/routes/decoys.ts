// Decoys: list, add, try, start, stop, remove.
import { z } from 'zod';
import { Accepted, DecoyCheck, DecoyConfig, DecoyList } from '../../api/contract.ts';
import type { HttpDeps } from '../deps.ts';
import { guardFor } from '../identity.ts';
import type { App } from '../server.ts';

const Name = z.object({ name: z.string().max(63) });

export function decoyRoutes(app: App, deps: HttpDeps): void {
  const analyst = guardFor(deps.accounts, 'analyst');
  const admin = guardFor(deps.accounts, 'admin');
  const { decoys } = deps;

  app.get('/api/v1/decoys', { schema: { response: { 200: DecoyList } } }, async (request) => {
    await analyst(request);
    return { decoys: [...(await decoys.list())] };
  });
  app.post('/api/v1/decoys', { schema: { body: DecoyConfig, response: { 200: Accepted } } }, async (request) => {
    await admin(request);
    await decoys.add(request.body);
    return { message: `${request.body.name}: added` };
  });
  app.post(
    '/api/v1/decoys/check',
    { schema: { body: DecoyConfig, response: { 200: DecoyCheck } } },
    async (request) => {
      await admin(request);
      return decoys.check(request.body);
    },
  );
  app.post(
    '/api/v1/decoys/:name/check',
    { schema: { params: Name, response: { 200: DecoyCheck } } },
    async (request) => {
      await admin(request);
      return decoys.checkNamed(request.params.name);
    },
  );
  for (const [verb, enabled] of [
    ['enable', true],
    ['disable', false],
  ] as const) {
    app.post(
      `/api/v1/decoys/:name/${verb}`,
      { schema: { params: Name, response: { 200: Accepted } } },
      async (request) => {
        await admin(request);
        await decoys.setEnabled(request.params.name, enabled);
        return { message: `${request.params.name}: ${verb}d` };
      },
    );
  }
  app.delete('/api/v1/decoys/:name', { schema: { params: Name, response: { 200: Accepted } } }, async (request) => {
    await admin(request);
    await decoys.remove(request.params.name);
    return { message: `${request.params.name}: removed; its captures stay` };
  });
}
