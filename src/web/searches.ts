// What the addresses of the pages may carry.
import type { CaptureKind, MessageKind, Network, Realm, Severity, VerdictClass } from './api/types.ts';
import { CLASSES, KINDS, MESSAGE_KINDS, NETWORKS, SEVERITIES } from './api/words.ts';
import { numberOf, oneOf, pageOf, textOf } from './search-text.ts';

type Raw = Readonly<Record<string, unknown>>;
export const REALMS = ['live', 'simulated'] as const satisfies readonly Realm[];

/** The filters of /warnings. `since` is an RFC 3339 time; `before` the place where a page starts. */
export interface WarningSearch {
  readonly network?: Network | undefined;
  readonly severity?: Severity | undefined;
  readonly since?: string | undefined;
  readonly before?: string | undefined;
}
export const warningSearch = (raw: Raw): WarningSearch => ({
  network: oneOf(NETWORKS, raw.network),
  severity: oneOf(SEVERITIES, raw.severity),
  since: textOf(raw.since),
  before: textOf(raw.before),
});

/** The filters of /threats. */
export interface ThreatSearch {
  readonly q?: string | undefined;
  readonly type?: string | undefined;
  readonly network?: string | undefined;
  readonly severity?: Severity | undefined;
  readonly page?: number | undefined;
}
export const threatSearch = (raw: Raw): ThreatSearch => ({
  q: textOf(raw.q),
  type: textOf(raw.type),
  network: textOf(raw.network),
  severity: oneOf(SEVERITIES, raw.severity),
  page: pageOf(raw.page),
});

/** /console/threats: what is looked for. */
export interface EntrySearch {
  readonly q?: string | undefined;
  readonly page?: number | undefined;
}
export const entrySearch = (raw: Raw): EntrySearch => ({ q: textOf(raw.q), page: pageOf(raw.page) });

/** Which report is shown, and whether in short. */
export interface ReportSearch {
  readonly period?: string | undefined;
  readonly form?: 'bulletin' | undefined;
}
export const reportSearch = (raw: Raw): ReportSearch => ({
  period: textOf(raw.period),
  form: oneOf(['bulletin'], raw.form),
});

/** Which kind of message a stop link is about. */
export interface StopSearch {
  readonly only?: MessageKind | undefined;
}
export const stopSearch = (raw: Raw): StopSearch => ({ only: oneOf(MESSAGE_KINDS, raw.only) });

/** Which mail of the demonstration is open. */
export interface MailboxSearch {
  readonly mail?: string | undefined;
}
export const mailboxSearch = (raw: Raw): MailboxSearch => ({ mail: textOf(raw.mail) });

/** The one-time token of the first admin's link. */
export interface SetupSearch {
  readonly token?: string | undefined;
}
export const setupSearch = (raw: Raw): SetupSearch => ({ token: textOf(raw.token) });

/** Where to go after signing in: a path of this site only. */
export interface LoginSearch {
  readonly next?: string | undefined;
}
export const loginSearch = (raw: Raw): LoginSearch => {
  const next = textOf(raw.next);
  return { next: next !== undefined && /^\/console(?:[/?]|$)/.test(next) ? next : undefined };
};

/** Every console page: whose pipeline is shown. Absent: the one that the server has as its own. */
export interface ConsoleSearch {
  readonly realm?: Realm | undefined;
}
export const consoleSearch = (raw: Raw): ConsoleSearch => ({ realm: oneOf(REALMS, raw.realm) });

/** The filters of /console/captures. */
export interface CaptureSearch {
  readonly q?: string | undefined;
  readonly network?: Network | undefined;
  readonly kind?: CaptureKind | undefined;
  readonly class?: VerdictClass | undefined;
  readonly campaign?: string | undefined;
  readonly decoy?: string | undefined;
  readonly peer?: string | undefined;
  readonly cursor?: string | undefined;
}
export const captureSearch = (raw: Raw): CaptureSearch => ({
  q: textOf(raw.q),
  network: oneOf(NETWORKS, raw.network),
  kind: oneOf(KINDS, raw.kind),
  class: oneOf(CLASSES, raw.class),
  campaign: textOf(raw.campaign),
  decoy: textOf(raw.decoy),
  peer: textOf(raw.peer),
  cursor: textOf(raw.cursor),
});

/** A page of a list. */
export interface PageSearch {
  readonly page?: number | undefined;
}
export const pageSearch = (raw: Raw): PageSearch => ({ page: pageOf(raw.page) });

/** The ledger: the number of the journal below which a page begins. */
export interface LedgerSearch {
  readonly before?: number | undefined;
}
export const ledgerSearch = (raw: Raw): LedgerSearch => ({ before: numberOf(raw.before) });

/** /appeal: what it is about. */
export interface AppealSearch {
  readonly what?: string | undefined;
}
export const appealSearch = (raw: Raw): AppealSearch => ({ what: textOf(raw.what) });
