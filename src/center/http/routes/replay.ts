// POST /api/v1/replay: captures as NDJSON in, progress as NDJSON out.
import { Readable } from 'node:stream';
import { z } from 'zod';
import { messageOf } from '../../../core/error.ts';
import { takeIn } from '../../intake.ts';
import type { HttpDeps } from '../deps.ts';
import { guardFor } from '../identity.ts';
import type { App } from '../server.ts';

export function replayRoutes(app: App, deps: HttpDeps): void {
  const admin = guardFor(deps.accounts, 'admin');
  // The body is a stream of any length; it is read as fast as the journal takes it.
  app.addContentTypeParser(['application/x-ndjson', 'application/gzip'], (_request, payload, done) =>
    done(null, payload),
  );
  app.post(
    '/api/v1/replay',
    { schema: { querystring: z.object({ alert: z.stringbool().default(false) }) }, bodyLimit: Number.MAX_SAFE_INTEGER },
    async (request, reply) => {
      await admin(request);
      const lines = takeIn(request.body as Readable, {
        alert: request.query.alert,
        sensor: deps.settings.current().sensor.name,
        realmOf: async (capture) => (capture.simulated ? deps.openSimulated() : liveOf(deps)),
        now: () => deps.clock.now(),
      });
      reply.type('application/x-ndjson');
      return reply.send(Readable.from(ndjson(lines)));
    },
  );
}

function liveOf(deps: HttpDeps) {
  const live = deps.realm('live');
  if (live === undefined) throw new TypeError('the live realm is always open');
  return live;
}

async function* ndjson(lines: AsyncIterable<unknown>): AsyncGenerator<string> {
  try {
    for await (const line of lines) yield `${JSON.stringify(line)}\n`;
  } catch (error) {
    yield `${JSON.stringify({ failed: messageOf(error), journaled: 0 })}\n`;
  }
}
