// The migrations of a realm's schema in the order they are applied. Forward only; a released one is never edited.
import type { Kysely } from 'kysely';
import * as captures from './0001-captures.ts';
import * as knowledge from './0002-knowledge.ts';
import * as warning from './0003-warning.ts';
import * as alerts from './0004-alerts.ts';
import * as acknowledgements from './0005-acknowledgements.ts';
import * as campaigns from './0006-campaigns.ts';
import * as corrections from './0007-corrections.ts';
import * as forecasts from './0008-forecasts.ts';
import * as knowledgeDesk from './0009-knowledge-desk.ts';
import * as retractions from './0010-retractions.ts';
import * as signals from './0011-signals.ts';
import * as contacts from './0012-contacts.ts';
import * as bulletins from './0013-bulletins.ts';
import * as withdrawnEntries from './0014-withdrawn-entries.ts';

export interface Migration {
  readonly name: string;
  /** Runs inside the migrating transaction, with the realm's search path. */
  readonly up: (db: Kysely<unknown>) => Promise<void>;
}

export const REALM_MIGRATIONS: readonly Migration[] = [
  { name: '0001-captures', up: captures.up },
  { name: '0002-knowledge', up: knowledge.up },
  { name: '0003-warning', up: warning.up },
  { name: '0004-alerts', up: alerts.up },
  { name: '0005-acknowledgements', up: acknowledgements.up },
  { name: '0006-campaigns', up: campaigns.up },
  { name: '0007-corrections', up: corrections.up },
  { name: '0008-forecasts', up: forecasts.up },
  { name: '0009-knowledge-desk', up: knowledgeDesk.up },
  { name: '0010-retractions', up: retractions.up },
  { name: '0011-signals', up: signals.up },
  { name: '0012-contacts', up: contacts.up },
  { name: '0013-bulletins', up: bulletins.up },
  { name: '0014-withdrawn-entries', up: withdrawnEntries.up },
];
