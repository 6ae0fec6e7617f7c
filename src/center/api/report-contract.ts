// The reports of the HTTP API.
import { z } from 'zod';
import { REALMS } from '../../core/network.ts';
import { ReportPeriod } from '../../report/model.ts';

export { Report } from '../../report/model.ts';

export const REPORT_FORMATS = ['json', 'html', 'markdown'] as const;

/** GET /api/v1/reports: the quarters and months from the first capture on, newest first. */
export const ReportPeriodList = z.object({
  simulated: z.boolean(),
  periods: z.array(ReportPeriod.extend({ running: z.boolean() })),
});

/**
 * GET /api/v1/reports/{period}?bulletin&format: as the reader may see it: of quarters and months, in
 * bands, or exact for whoever is signed in. GET
 * /api/v1/console/reports/{period}?realm&tier&bulletin&format: any days, exact unless `tier` is `public`.
 */
export const ReportFormat = z.enum(REPORT_FORMATS);

/** GET /api/v1/console/reports/{period}/queries/{query}?realm: one query of a report run again, exact. */
export const ReportQueryRows = z.object({
  id: z.string(),
  realm: z.enum(REALMS),
  query: z.string(),
  rows: z.array(z.record(z.string(), z.unknown())),
});
