// Captures, for analysts: search, detail with evidence.
import { hash } from 'node:crypto';
import { z } from 'zod';
import type { StoredCapture } from '../../../captures/capture-row.ts';
import { findCapture, searchCaptures } from '../../../captures/capture-store.ts';
import { findCorrection } from '../../../captures/correction-store.ts';
import { decodeCaptureEntry } from '../../../captures/entry.ts';
import { CAPTURE_KINDS, type Capture } from '../../../core/capture.ts';
import { defined } from '../../../core/defined.ts';
import { SundewError } from '../../../core/error.ts';
import { NETWORKS } from '../../../core/network.ts';
import { VERDICT_CLASSES } from '../../../core/verdict.ts';
import { CaptureDetail, CapturePage, type CaptureRow, type FileFacts } from '../../api/contract.ts';
import type { RealmParts } from '../../realm.ts';
import { type HttpDeps, RealmQuery, realmFor } from '../deps.ts';
import { guardFor } from '../identity.ts';
import type { App } from '../server.ts';

const MAX_RAW = 64 * 1024;
const Query = z.object({
  ...RealmQuery.shape,
  q: z.string().max(200).optional(),
  network: z.enum(NETWORKS).optional(),
  kind: z.enum(CAPTURE_KINDS).optional(),
  class: z.enum(VERDICT_CLASSES).optional(),
  campaign: z.string().max(64).optional(),
  decoy: z.string().max(4096).optional(),
  peer: z.string().max(4096).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** A capture as a line of the console's table. */
export function captureRow({
  capture,
  verdict,
}: Pick<StoredCapture, 'capture' | 'verdict'>): z.infer<typeof CaptureRow> {
  return {
    id: capture.id,
    at: capture.at,
    network: capture.network,
    decoy: capture.decoy,
    peer: capture.peer.id,
    kind: capture.kind,
    class: verdict.class,
    score: verdict.score,
    severity: verdict.severity,
    threats: [...verdict.threats],
    simulated: capture.simulated,
    ...defined({ text: capture.text, file: capture.file?.name, campaign: verdict.campaign }),
  };
}

export function captureRoutes(app: App, deps: HttpDeps): void {
  const analyst = guardFor(deps.accounts, 'analyst');
  app.get('/api/v1/captures', { schema: { querystring: Query, response: { 200: CapturePage } } }, async (request) => {
    await analyst(request);
    const { realm, ...filter } = request.query;
    const page = await searchCaptures(realmFor(deps, realm).db, filter);
    return { captures: page.captures.map(captureRow), ...defined({ next: page.next }) };
  });
  app.get(
    '/api/v1/captures/:id',
    {
      schema: {
        params: z.object({ id: z.string().max(64) }),
        querystring: RealmQuery,
        response: { 200: CaptureDetail },
      },
    },
    async (request) => {
      await analyst(request);
      const realm = realmFor(deps, request.query.realm);
      const stored = await findCapture(realm.db, request.params.id);
      if (stored === undefined) throw new SundewError('NOT_FOUND', 'there is no capture of this id');
      const { evidence, content } = await evidenceOf(realm, stored);
      return {
        capture: { ...stored.capture },
        verdict: { ...stored.verdict },
        ...defined({ correction: await findCorrection(realm.db, stored.capture.id) }),
        evidence,
        ...(content === undefined ? {} : { file: await fileFacts(realm, stored.capture, content) }),
      };
    },
  );
}

interface Evidence {
  readonly evidence: z.infer<typeof CaptureDetail>['evidence'];
  /** Of a captured file: looked into, never shown. */
  readonly content?: Uint8Array;
}

/** What the journal says of a capture; the bytes as they came, control characters and all, for an inert view. */
async function evidenceOf(realm: RealmParts, stored: StoredCapture): Promise<Evidence> {
  const [entry] = await realm.journal.read(stored.journalSeq - 1, 1);
  if (entry === undefined) throw new SundewError('JOURNAL_CORRUPT', `the journal has no entry ${stored.journalSeq}`);
  const shown = { seq: entry.seq, at: entry.at, commitment: Buffer.from(entry.commitment).toString('hex') };
  if (entry.content === undefined) return { evidence: { ...shown, erased: true, verified: true } };
  const { capture, raw } = decodeCaptureEntry(entry.content);
  const evidence = { ...shown, erased: false, verified: capture.id === stored.capture.id };
  if (capture.kind === 'file' && hash('sha256', raw, 'hex') === capture.file?.sha256) return { evidence, content: raw };
  return { evidence: { ...evidence, raw: Buffer.from(raw.subarray(0, MAX_RAW)).toString('utf8') } };
}

/** Looked into anew each time: rules and readers get better, and nothing of it need be kept. */
async function fileFacts(
  { files }: RealmParts,
  { file }: Capture,
  content: Uint8Array,
): Promise<z.infer<typeof FileFacts> | undefined> {
  if (files === undefined) return undefined;
  const { type, facts, links, members, unopened, ...report } = await files.triage(content, file ?? {});
  return {
    ...report,
    type: type.mime,
    findings: [...report.findings],
    facts: { ...facts } as z.infer<typeof FileFacts>['facts'],
    links: [...links],
    unopened: [...unopened],
    members: members.map(({ name, size, type: { mime }, sha256, findings }) => ({
      size,
      type: mime,
      sha256,
      findings: [...findings],
      ...defined({ name }),
    })),
  };
}
