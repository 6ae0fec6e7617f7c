// All tables. The realm tables exist once in the schema `live` and once in `simulated`.
import type { AlertsTables } from './alerts.ts';
import type { CapturesTables } from './captures.ts';
import type { KnowledgeTables } from './knowledge.ts';
import type { RetractionTables } from './retraction.ts';
import type { WarningTables } from './warning.ts';

export type Tables = CapturesTables & KnowledgeTables & WarningTables & AlertsTables & RetractionTables;
