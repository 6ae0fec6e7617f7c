// The ledger of engagement: every outbound frame with the rule that decided, read from the journal either way.
import { z } from 'zod';
import type { Journal, JournalEntry } from '../../../core/journal.ts';
import { decodeOutbound } from '../../../decoys/engagement/ledger.ts';
import { LedgerPage } from '../../api/contract.ts';
import { type HttpDeps, RealmQuery, realmFor } from '../deps.ts';
import { guardFor } from '../identity.ts';
import type { App } from '../server.ts';

type Page = z.infer<typeof LedgerPage>;

/** Journal entries read at a time; most of them are captures. */
const WINDOW = 500;
/** A page read backwards holds at most so many frames, and looks through at most so many windows for them. */
const BACK_PAGE = 100;
const MAX_WINDOWS = 20;
const Query = z.object({
  ...RealmQuery.shape,
  after: z.coerce.number().int().min(0).default(0),
  before: z.coerce.number().int().min(0).optional(),
});

export function ledgerRoutes(app: App, deps: HttpDeps): void {
  const analyst = guardFor(deps.accounts, 'analyst');
  app.get(
    '/api/v1/engagement/ledger',
    { schema: { querystring: Query, response: { 200: LedgerPage } } },
    async (request) => {
      await analyst(request);
      const { realm, after, before } = request.query;
      const { journal } = realmFor(deps, realm);
      return before === undefined ? forwards(journal, after) : backwards(journal, before);
    },
  );
}

async function forwards(journal: Journal, after: number): Promise<Page> {
  const entries = await journal.read(after, WINDOW);
  const next = entries.at(-1)?.seq;
  // A read may be short of its window by size: only the journal's end ends the pages.
  return { entries: frames(entries), ...(next === undefined || next >= journal.last ? {} : { next }) };
}

async function backwards(journal: Journal, before: number): Promise<Page> {
  const found: Page['entries'] = [];
  let first = before === 0 ? journal.last + 1 : Math.min(before, journal.last + 1);
  for (let window = 0; window < MAX_WINDOWS && first > 1 && found.length < BACK_PAGE; window += 1) {
    const from = Math.max(1, first - WINDOW);
    found.push(...frames(await readAll(journal, from, first)).reverse());
    first = from;
  }
  const entries = found.slice(0, BACK_PAGE);
  const last = entries.at(-1);
  if (found.length > entries.length && last !== undefined) return { entries, next: last.seq };
  return { entries, ...(first > 1 ? { next: first } : {}) };
}

/** Entries `from` to `to - 1`, in as many reads as their size takes. */
async function readAll(journal: Journal, from: number, to: number): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for (let after = from - 1; after < to - 1; after = entries.at(-1)?.seq ?? to) {
    const read = await journal.read(after, to - 1 - after);
    if (read.length === 0) break;
    entries.push(...read);
  }
  return entries;
}

function frames(entries: readonly JournalEntry[]): Page['entries'] {
  return entries.flatMap(({ seq, type, content }) => {
    const record = type === 'outbound' ? decodeOutbound(content) : undefined;
    return record === undefined ? [] : [{ seq, ...record }];
  });
}
