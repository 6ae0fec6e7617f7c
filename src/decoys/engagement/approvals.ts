// Approvals: who allowed a raised level, why and until when (docs/engagement.md). Kept in data/engagement.yaml.
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { messageOf, SundewError } from '../../core/error.ts';
import { LEVELS, type Level } from '../../core/link.ts';
import { NETWORKS, type Network } from '../../core/network.ts';
import { includes, lower } from './rules.ts';

const DAY_MS = 24 * 60 * 60_000;
/** How long an approval of a level may last (engagement law, 10.1). */
const MAX_DAYS: Readonly<Record<Level, number>> = {
  observe: Number.POSITIVE_INFINITY,
  accept: 90,
  'respond-minimal': 30,
  'respond-scripted': 14,
};
const MAX_BYTES = 1024 * 1024;

const text = z.string().trim().min(1).max(500);

export const Approval = z.strictObject({
  level: z.enum(LEVELS),
  network: z.enum(NETWORKS),
  /** Names of the decoys; all of the network when absent. */
  decoys: z.array(text).optional(),
  approver: text,
  /** A second person, from `respond-minimal` on. */
  second: text.optional(),
  /** The legal owner's sign-off, for `respond-scripted`. */
  signOff: text.optional(),
  reason: text,
  approved: z.iso.datetime(),
  expires: z.iso.datetime(),
});
export type Approval = z.infer<typeof Approval>;

const ApprovalsFile = z.strictObject({ approvals: z.array(Approval).default([]) });

/** @throws SundewError CONFIG_INVALID naming file and key */
export function parseApprovals(yaml: string, path: string): readonly Approval[] {
  if (yaml.length > MAX_BYTES) throw new SundewError('CONFIG_INVALID', `${path} is larger than ${MAX_BYTES} bytes`);
  let json: unknown;
  try {
    const document = parseDocument(yaml);
    const [error] = document.errors;
    if (error !== undefined) throw error;
    json = document.toJS({ maxAliasCount: 10 }) ?? {};
  } catch (cause) {
    throw new SundewError('CONFIG_INVALID', `${path} is no YAML: ${messageOf(cause)}`, { cause });
  }
  const parsed = ApprovalsFile.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new SundewError('CONFIG_INVALID', `${path}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong'}`);
  }
  return parsed.data.approvals;
}

/** Why an approval does not hold, or `undefined`. */
export function whyInvalid(approval: Approval, now: Date): string | undefined {
  const approved = Date.parse(approval.approved);
  const expires = Date.parse(approval.expires);
  if (approved > now.getTime()) return 'is from the future';
  if (expires <= now.getTime()) return 'has expired';
  if (expires - approved > MAX_DAYS[approval.level] * DAY_MS) {
    return `lasts longer than the ${MAX_DAYS[approval.level]} days that ${approval.level} may`;
  }
  if (includes(approval.level, 'respond-minimal')) {
    if (approval.second === undefined || samePerson(approval.second, approval.approver)) {
      return 'needs a second person';
    }
  }
  if (approval.level === 'respond-scripted' && approval.signOff === undefined)
    return "needs the legal owner's sign-off";
  return undefined;
}

function samePerson(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** The highest level that valid approvals give a decoy, `observe` without any. */
export function approvedLevel(
  approvals: readonly Approval[],
  of: { readonly network: Network; readonly decoy: string },
  now: Date,
): Level {
  let level: Level = 'observe';
  for (const approval of approvals) {
    const meant = approval.network === of.network && (approval.decoys?.includes(of.decoy) ?? true);
    if (!meant || whyInvalid(approval, now) !== undefined) continue;
    if (lower(level, approval.level) === level) level = approval.level;
  }
  return level;
}
