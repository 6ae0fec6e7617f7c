// Verdicts that analysts correct: kept with the name of the person, for the classifier to learn from.
import { z } from 'zod';
import { plainText } from '../../../analysis/normalize/plain-text.ts';
import { findCapture } from '../../../captures/capture-store.ts';
import { dropCorrection, listCorrections, putCorrection } from '../../../captures/correction-store.ts';
import { SundewError } from '../../../core/error.ts';
import { Correction, CorrectionDraft, CorrectionList } from '../../api/contract.ts';
import { type HttpDeps, RealmQuery, realmFor } from '../deps.ts';
import { guardFor } from '../identity.ts';
import type { App } from '../server.ts';

const MAX_LISTED = 100_000;
const Id = z.object({ id: z.string().max(64) });
const one = { params: Id, querystring: RealmQuery };

export function correctionRoutes(app: App, deps: HttpDeps): void {
  const analyst = guardFor(deps.accounts, 'analyst');
  app.put(
    '/api/v1/captures/:id/correction',
    { schema: { ...one, body: CorrectionDraft, response: { 200: Correction } } },
    async (request) => {
      const { name } = await analyst(request);
      const { db } = realmFor(deps, request.query.realm);
      const stored = await findCapture(db, request.params.id);
      if (stored === undefined) throw new SundewError('NOT_FOUND', 'there is no capture of this id');
      const { class: really, note } = request.body;
      const correction = {
        capture: stored.capture.id,
        class: really,
        was: stored.verdict.class,
        text: plainText(stored.capture).mapped.text,
        ...(note === undefined || note === '' ? {} : { note }),
        by: name,
        at: deps.clock.now().toISOString(),
      };
      await putCorrection(db, correction);
      return correction;
    },
  );
  app.delete('/api/v1/captures/:id/correction', { schema: one }, async (request, reply) => {
    await analyst(request);
    const { db } = realmFor(deps, request.query.realm);
    const stored = await findCapture(db, request.params.id);
    if (stored === undefined || !(await dropCorrection(db, stored.capture.id)))
      throw new SundewError('NOT_FOUND', 'there is no correction of this capture');
    return reply.code(204).send();
  });
  app.get(
    '/api/v1/corrections',
    { schema: { querystring: RealmQuery, response: { 200: CorrectionList } } },
    async (request) => {
      await analyst(request);
      return { corrections: [...(await listCorrections(realmFor(deps, request.query.realm).db, MAX_LISTED))] };
    },
  );
}
