// What a batch of new captures adds to the knowledge base: a handful of statements however large the batch.
import { sql } from 'kysely';
import { namesWords } from '../analysis/classify/wording.ts';
import type { Analysed } from '../analysis/types.ts';
import type { Db } from '../storage/database.ts';
import { together } from '../storage/together.ts';
import {
  type CampaignRow,
  campaignRows,
  type FirstTimes,
  MAX_FINGERPRINTS,
  MAX_SAMPLES,
  MAX_WORDINGS,
  type Member,
  membersOf,
  relationRows,
  wordingRows,
} from './campaign-batch.ts';
import { type ContactChange, contactChanges, contactOf, longContacts } from './contact-batch.ts';
import { findContacts, recordContacts } from './contact-store.ts';
import { recordIndicators } from './indicator-record.ts';
import { recordThreatSightings } from './sighting-store.ts';
import type { CampaignTouch, TouchedCampaigns } from './types.ts';

const MAX_REASONS = 3;
/** Captures after which a campaign's newest fingerprints take the place of older ones. */
const RENEWED_EVERY = 64;

/**
 * Records captures that were never recorded before, in one transaction with them.
 * @returns the campaigns touched, each with its touches in input order: what `assessWarnings` takes
 */
export async function recordKnowledge(tx: Db, items: readonly Analysed[]): Promise<TouchedCampaigns> {
  const members = membersOf(items);
  const [first] = await together([
    recordCampaigns(tx, members, contactChanges(items)),
    recordIndicators(tx, items),
    recordThreatSightings(tx, items),
    recordWordings(tx, members),
    recordRelations(tx, items),
  ]);
  return touchesOf(members, first);
}

async function recordCampaigns(
  tx: Db,
  members: readonly Member[],
  changes: readonly ContactChange[],
): Promise<FirstTimes> {
  const [decoys, { senders, since }] = await together([recordDecoys(tx, members), recordSenders(tx, members)]);
  const contacts = longContacts([...senders.values()], since, changes);
  const first = { decoys, senders, contacts };
  await upsertCampaigns(tx, campaignRows(members, first));
  await recordContacts(tx, changes);
  return first;
}

/** @returns keys of the decoys that their campaign had not touched before */
async function recordDecoys(tx: Db, members: readonly Member[]): Promise<ReadonlySet<string>> {
  const rows = new Map<string, { campaign: string; network: string; decoy: string; at: string }>();
  for (const { item, campaign, decoyKey } of members) {
    const { network, decoy, at } = item.capture;
    if (!rows.has(decoyKey)) rows.set(decoyKey, { campaign, network, decoy, at });
  }
  if (rows.size === 0) return new Set();
  const added = await sql<{ campaign: string; network: string; decoy: string }>`
    insert into campaign_decoy (campaign, network, decoy, first_seen)
    select campaign, network, decoy, at from jsonb_to_recordset(${JSON.stringify([...rows.values()])}::jsonb)
      as r(campaign uuid, network text, decoy text, at timestamptz)
    on conflict do nothing returning campaign, network, decoy`.execute(tx);
  return new Set(added.rows.map(({ campaign, network, decoy }) => `${campaign} ${network} ${decoy}`));
}

/** Senders by `senderKey` that their campaign had not come from before, each with its first touch, and what contacts they have. */
interface NewSenders {
  readonly senders: ReadonlyMap<string, Member>;
  /** By `contactKey`, ms since the epoch. */
  readonly since: ReadonlyMap<string, number>;
}

async function recordSenders(tx: Db, members: readonly Member[]): Promise<NewSenders> {
  const rows = new Map<string, Member>();
  for (const member of members) if (!rows.has(member.senderKey)) rows.set(member.senderKey, member);
  const given = [...rows.values()];
  if (given.length === 0) return { senders: rows, since: new Map() };
  const campaigns = given.map(({ campaign }) => campaign);
  const senders = given.map(({ sender }) => sender);
  const added = await sql<{ campaign: string; sender: string; some: true | null }>`
    insert into campaign_sender (campaign, sender) select * from unnest(${campaigns}::uuid[], ${senders}::uuid[])
    on conflict do nothing returning campaign, sender, (select true from contact limit 1) as some`.execute(tx);
  const fresh = new Map<string, Member>();
  for (const { campaign, sender } of added.rows) {
    const member = rows.get(`${campaign} ${sender}`);
    if (member !== undefined) fresh.set(member.senderKey, member);
  }
  const asked = added.rows[0]?.some === true ? [...fresh.values()].map(contactOf) : [];
  return { senders: fresh, since: await findContacts(tx, asked) };
}

async function upsertCampaigns(tx: Db, rows: readonly CampaignRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`insert into campaign as c (id, title, class, severity, networks, threats, first_seen, last_seen, captures,
      senders, decoys, contacts, unambiguous_harm, samples, fingerprints)
    select id, title, class, severity, networks, threats, first, last, captures, senders, decoys, contacts, harm, samples,
        fingerprints
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, title text,
      class text, severity smallint, networks text[], threats text[], first timestamptz, last timestamptz,
      captures bigint, senders bigint, decoys bigint, contacts bigint, harm boolean, samples jsonb, fingerprints jsonb)
    on conflict (id) do update set
      title = case when excluded.severity > c.severity then excluded.title else c.title end,
      class = case when excluded.severity > c.severity then excluded.class else c.class end,
      severity = greatest(c.severity, excluded.severity),
      networks = case when excluded.networks <@ c.networks then c.networks
        else c.networks || array(select unnest(excluded.networks) except select unnest(c.networks)) end,
      threats = case when excluded.threats <@ c.threats then c.threats
        else (c.threats || array(select unnest(excluded.threats) except select unnest(c.threats)))[1:20] end,
      first_seen = least(c.first_seen, excluded.first_seen), last_seen = greatest(c.last_seen, excluded.last_seen),
      captures = c.captures + excluded.captures, senders = c.senders + excluded.senders,
      decoys = c.decoys + excluded.decoys, contacts = c.contacts + excluded.contacts,
      unambiguous_harm = c.unambiguous_harm or excluded.unambiguous_harm,
      samples = case when jsonb_array_length(c.samples) >= ${MAX_SAMPLES} then c.samples
        else jsonb_path_query_array(c.samples || excluded.samples, '$[0 to 4]') end,
      fingerprints = case when jsonb_array_length(c.fingerprints) >= ${MAX_FINGERPRINTS}
          and (c.captures + excluded.captures) / ${RENEWED_EVERY} = c.captures / ${RENEWED_EVERY} then c.fingerprints
        else jsonb_path_query_array(c.fingerprints || excluded.fingerprints,
          ${`$[last - ${MAX_FINGERPRINTS - 1} to last]`}::text::jsonpath) end`.execute(tx);
}

/** Of each campaign the first wordings are kept; what comes later counts for those alone. */
async function recordWordings(tx: Db, members: readonly Member[]): Promise<void> {
  const rows = wordingRows(members);
  if (rows.length === 0) return;
  await sql`with given as (
      select *, row_number() over (partition by campaign order by captures desc, wording) as nth
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(campaign uuid, wording text, sample text, captures bigint)),
    held as (
      select campaign, count(*) as held from campaign_wording
        where campaign in (select campaign from given) group by campaign)
    insert into campaign_wording as w (campaign, wording, sample, captures)
    select g.campaign, g.wording, g.sample, g.captures from given g left join held h using (campaign)
      where coalesce(h.held, 0) + g.nth <= ${MAX_WORDINGS} or exists (
        select from campaign_wording k where k.campaign = g.campaign and k.wording = g.wording)
    on conflict (campaign, wording) do update set captures = w.captures + excluded.captures`.execute(tx);
}

async function recordRelations(tx: Db, items: readonly Analysed[]): Promise<void> {
  const rows = relationRows(items);
  if (rows.length === 0) return;
  await sql`insert into campaign_relation (campaign, kind, other, at, reason)
    select campaign, kind, other, at, reason from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(campaign uuid, kind text, other uuid, at timestamptz, reason text)
    on conflict do nothing`.execute(tx);
  for (const { campaign, kind, other } of rows) {
    if (kind !== 'merged-into') continue;
    await sql`update campaign set merged_into = ${other}::uuid
      where id = ${campaign}::uuid or merged_into = ${campaign}::uuid`.execute(tx);
  }
}

function touchesOf(members: readonly Member[], first: FirstTimes): TouchedCampaigns {
  const touched = new Map<string, CampaignTouch[]>();
  const seen = new Set<string>();
  const isNew = (keys: Pick<ReadonlySet<string>, 'has'>, key: string): boolean => {
    if (!keys.has(key) || seen.has(key)) return false;
    seen.add(key);
    return true;
  };
  for (const { item, campaign, decoyKey, senderKey } of members) {
    const { capture, analysis } = item;
    const touches = touched.get(campaign) ?? [];
    touched.set(campaign, touches);
    const newSender = isNew(first.senders, senderKey);
    touches.push({
      atMs: Date.parse(capture.at),
      network: capture.network,
      class: analysis.class,
      severity: analysis.severity,
      unambiguousHarm: analysis.unambiguousHarm,
      newDecoy: isNew(first.decoys, decoyKey),
      newSender,
      ...(newSender && first.contacts.has(senderKey) ? { contact: true } : {}),
      known: analysis.threats.length > 0,
      reasons: analysis.reasons.filter((reason) => !namesWords(reason)).slice(0, MAX_REASONS),
    });
  }
  return touched;
}
