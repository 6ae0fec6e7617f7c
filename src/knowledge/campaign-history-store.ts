// What became of a campaign: merges, splits, and the wordings it was sent in.
import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';

/** `campaign` was merged into `other`, or split from it. */
export interface CampaignRelation {
  readonly campaign: string;
  readonly kind: 'merged-into' | 'split-from';
  readonly other: string;
  /** RFC 3339: time of the capture that showed it. */
  readonly at: string;
  readonly reason: string;
}

export interface CampaignWording {
  /** Text of the first capture of this wording, uncut. */
  readonly sample: string;
  readonly captures: number;
}

const MAX_RELATIONS = 50;

/** Merges and splits that a campaign is part of, the newest first. */
export async function relationsOfCampaign(db: Db, id: string): Promise<readonly CampaignRelation[]> {
  const rows = await db
    .selectFrom('campaign_relation')
    .selectAll()
    .where((where) => where.or([where('campaign', '=', id), where('other', '=', id)]))
    .orderBy('at', 'desc')
    .orderBy('campaign')
    .limit(MAX_RELATIONS)
    .execute();
  return rows.map(({ at, kind, ...row }) => ({
    ...row,
    kind: kind === 'merged-into' ? 'merged-into' : 'split-from',
    at: at.toISOString(),
  }));
}

/** The wordings that are kept, the most frequent first. */
export async function wordingsOfCampaign(db: Db, id: string): Promise<readonly CampaignWording[]> {
  const found = await sql<CampaignWording>`select sample, captures::float8 as captures from campaign_wording
    where campaign = ${id}::uuid order by captures desc, wording`.execute(db);
  return found.rows;
}
