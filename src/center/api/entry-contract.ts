// An entry of the knowledge base as it is read, and the stricter form in which an analyst hands one in.
import { z } from 'zod';
import { SEVERITIES, TLP } from '../../core/severity.ts';
import { type AUDIENCES, DETECTIONS, RATED, RELATIONS, THREAT_STATUSES } from '../../knowledge/types.ts';

const words = z.array(z.string());

/** The entry proper, as it stands in the store: old revisions and imports are read as they are. */
export const ThreatEntry = z.object({
  name: z.string(),
  aliases: words,
  type: z.string(),
  networks: words,
  firstSeen: z.string(),
  lastSeen: z.string().optional(),
  status: z.enum(THREAT_STATUSES),
  severity: z.enum(SEVERITIES),
  severityReason: z.string(),
  confirmed: z.boolean(),
  tlp: z.enum(TLP),
  vectors: words,
  summary: z.string(),
  lure: z.string(),
  payload: z.string(),
  atRisk: z.string(),
  avoid: words,
  remove: words,
  notes: z.string(),
  techniques: z.array(z.object({ id: z.string(), name: z.string() })), // ATT&CK
  references: words,
  source: z.string(),
  variants: z.array(z.object({ name: z.string(), seen: z.string().optional(), note: z.string() })).optional(),
  clients: z.object({ affected: words, notAffected: words }).optional(),
  networksNotAffected: words.optional(),
  lures: z.array(z.object({ language: z.string(), text: z.string() })).optional(),
  files: z.array(z.object({ name: z.string(), size: z.number().optional(), note: z.string() })).optional(),
  answers: z.object({ does: z.boolean(), how: z.string() }).optional(),
  steps: words.optional(),
  ratings: z.array(z.object({ of: z.enum(RATED), value: z.number(), reason: z.string() })).optional(),
  detection: z.array(z.object({ kind: z.enum(DETECTIONS), text: z.string() })).optional(),
  actions: z
    .object({ person: words.optional(), administrator: words.optional(), operator: words.optional() })
    .optional(),
  relations: z.array(z.object({ kind: z.enum(RELATIONS), threat: z.string() })).optional(),
  sources: z
    .array(
      z.object({ name: z.string(), origin: z.string(), ref: z.string(), tlp: z.enum(TLP), confidence: z.number() }),
    )
    .optional(),
  timeline: z.array(z.object({ at: z.string(), what: z.string() })).optional(),
  credits: words.optional(),
  writeUp: z.string().optional(), // Markdown
});

// The words below are shown to the analyst beside the field.

const NOT_TEXT = 'holds characters that cannot be stored';
const DAY = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const WHEN = 'a year, a month or a day, as 2005, 2005-03 or 2005-03-07';

// Line ends and tabs are text; other control characters and halves of surrogate pairs are not, and PostgreSQL takes neither.
const isText = (value: string): boolean => value.isWellFormed() && !/[^\P{Cc}\n\r\t]/u.test(value);
const isLine = (value: string): boolean => value.isWellFormed() && !/\p{Cc}/u.test(value);
const atMost = (max: number): string => `at most ${max.toLocaleString('en')} characters`;

const text = (max: number) => z.string().max(max, atMost(max)).refine(isText, NOT_TEXT);
const line = (max: number) =>
  z.string().trim().max(max, atMost(max)).refine(isLine, 'one line, without control characters');
const filled = (max: number) => line(max).min(1, 'is empty: write something, or remove it');
const list = <T extends z.ZodType>(of: T, max: number) => z.array(of).max(max, `at most ${max}`);
const slug = (example: string) =>
  line(50).regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, `small letters, digits and hyphens, as ${example}`);
const when = z.string().trim().refine(isDay, WHEN);

/** A day that there is, or a month or a year of it. */
function isDay(value: string): boolean {
  const [, year, month = '01', day = '01'] = DAY.exec(value) ?? [];
  if (year === undefined) return false;
  const at = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(`${year}-${month}-${day}`);
}

const whole = (from: number, to: number) => {
  const error = `a whole number from ${from} to ${to}`;
  return z.number({ error }).int(error).min(from, error).max(to, error);
};

const language = line(35).regex(
  /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/,
  'a language as BCP 47 has it: en, pt-BR; und where nobody knows',
);
const action = list(filled(500), 200).optional();
/** What entries may hold beside what the first ones held. */
const Detail = {
  variants: list(z.object({ name: filled(200), seen: when.optional(), note: text(2_000) }), 200).optional(),
  clients: z.object({ affected: list(filled(500), 200), notAffected: list(filled(500), 200) }).optional(),
  networksNotAffected: list(slug('msn'), 50).optional(),
  lures: list(z.object({ language, text: text(5_000).min(1, 'is empty') }), 50).optional(),
  files: list(
    z.object({ name: filled(500), size: whole(0, Number.MAX_SAFE_INTEGER).optional(), note: text(2_000) }),
    200,
  ).optional(),
  answers: z.object({ does: z.boolean(), how: text(2_000) }).optional(),
  steps: list(filled(2_000), 100).optional(),
  ratings: list(z.object({ of: z.enum(RATED), value: whole(1, 5), reason: filled(500) }), RATED.length).optional(),
  detection: list(z.object({ kind: z.enum(DETECTIONS), text: text(10_000).min(1, 'is empty') }), 50).optional(),
  actions: z
    .object({ person: action, administrator: action, operator: action } satisfies Record<
      (typeof AUDIENCES)[number],
      unknown
    >)
    .optional(),
  relations: list(z.object({ kind: z.enum(RELATIONS), threat: filled(200) }), 100).optional(),
  sources: list(
    z.object({
      name: filled(500),
      origin: slug('misp-galaxy'),
      ref: filled(500),
      tlp: z.enum(TLP),
      confidence: whole(0, 100),
    }),
    100,
  ).optional(),
  timeline: list(
    z.object({
      at: z
        .string()
        .trim()
        .refine((at) => isDay(at) || z.iso.datetime().safeParse(at).success, `${WHEN}, or a time in UTC`),
      what: filled(500),
    }),
    200,
  ).optional(),
  credits: list(filled(500), 200).optional(),
  writeUp: text(50_000).optional(),
};

/** The entry as an analyst hands it in: every limit of it, in words that can stand beside a field. */
export const EditedEntry = z
  .object({
    ...ThreatEntry.shape,
    name: filled(200),
    aliases: list(filled(200), 200),
    type: slug('im-worm'),
    networks: list(slug('msn'), 50),
    firstSeen: when,
    lastSeen: when.optional(),
    severityReason: text(2_000),
    vectors: list(slug('file-transfer'), 50),
    summary: text(20_000),
    lure: text(20_000),
    payload: text(20_000),
    atRisk: text(20_000),
    avoid: list(filled(2_000), 100),
    remove: list(filled(2_000), 100),
    notes: text(20_000),
    techniques: list(
      z.object({ id: line(20).regex(/^T\d{4}(?:\.\d{3})?$/, 'an ATT&CK technique, as T1566.003'), name: line(200) }),
      100,
    ),
    references: list(filled(2_000), 200),
    source: text(2_000),
    ...Detail,
  })
  .superRefine((entry, context) => {
    const { firstSeen, lastSeen, ratings = [], relations = [], networks, networksNotAffected = [] } = entry;
    const wrong = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (lastSeen !== undefined && isDay(firstSeen) && lastSeen < firstSeen.slice(0, lastSeen.length))
      wrong(['lastSeen'], 'before it was first seen');
    networksNotAffected.forEach((one, at) => {
      if (networks.includes(one)) wrong(['networksNotAffected', at], 'stands among those affected');
    });
    for (const at of repeated(ratings.map(({ of }) => of))) wrong(['ratings', at, 'of'], 'is rated above already');
    for (const at of repeated(relations.map(({ kind, threat }) => `${kind} ${threat}`)))
      wrong(['relations', at, 'threat'], 'stands above already');
    for (const at of repeated(relations.flatMap(({ kind }) => (kind === 'merged-into' ? [kind] : []))))
      if (at > 0) wrong(['relations'], 'an entry is merged into one other at most');
  });

/** Places of what stands in a list before. */
function repeated(of: readonly string[]): readonly number[] {
  return of.flatMap((one, at) => (of.indexOf(one) < at ? [at] : []));
}

/** Why a revision was made. */
export const Reason = z
  .string()
  .trim()
  .min(1, 'say why: it is kept with the revision')
  .max(500, atMost(500))
  .refine(isLine, 'one line, without control characters');
