// A batch of captures, gathered by campaign: pure, so that the store writes each campaign once.
import type { Analysed } from '../analysis/types.ts';
import { uuidOf } from '../core/capture-id.ts';
import { severityRank } from '../core/severity.ts';
import { type StoredFingerprint, storeFingerprint } from './campaign-fingerprint.ts';
import { titleOf } from './campaign-title.ts';
import { cutText } from './indicator-store.ts';

/** Texts of different decoys that are kept to make the template of. */
export const MAX_SAMPLES = 5;
export const MAX_SAMPLE = 2000;
const MAX_THREATS = 20;
/** Fingerprints of members that are kept for the clusterer. */
export const MAX_FINGERPRINTS = 12;
/** Wordings kept of one campaign. */
export const MAX_WORDINGS = 32;
export const MAX_WORDING_SAMPLE = 500;
const MAX_WORDING = 100;

export interface CampaignRow {
  readonly id: string;
  title: string;
  class: string;
  severity: number;
  readonly networks: string[];
  readonly threats: string[];
  first: string;
  last: string;
  captures: number;
  senders: number;
  decoys: number;
  contacts: number;
  harm: boolean;
  readonly samples: string[];
  readonly fingerprints: StoredFingerprint[];
}

/** How often a wording was seen in the batch. */
export interface WordingRow {
  readonly campaign: string;
  readonly wording: string;
  readonly sample: string;
  captures: number;
}

/** Two campaigns and what one capture showed of them. */
export interface RelationRow {
  readonly campaign: string;
  readonly kind: 'merged-into' | 'split-from';
  readonly other: string;
  readonly at: string;
  readonly reason: string;
}

/** What of the batch was never seen before in its campaign: keys of `decoyKey` and `senderKey`. */
export interface FirstTimes {
  readonly decoys: ReadonlySet<string>;
  readonly senders: Pick<ReadonlySet<string>, 'has'>;
  /** Of `senders` those that had the decoy which they touched first on their contact list for long. */
  readonly contacts: ReadonlySet<string>;
}

/** An item that belongs to a campaign. */
export interface Member {
  readonly item: Analysed;
  /** Of the item in the batch. */
  readonly place: number;
  readonly campaign: string;
  readonly decoyKey: string;
  /** UUID made of network and peer. */
  readonly sender: string;
  readonly senderKey: string;
}

/** The items that belong to campaigns, in input order. */
export function membersOf(items: readonly Analysed[]): readonly Member[] {
  const senders = new Map<string, string>();
  return items.flatMap((item, place) => {
    const campaign = item.cluster?.campaign;
    if (campaign === undefined) return [];
    const { network, decoy, peer } = item.capture;
    const key = `${network} ${peer.id}`;
    const sender = senders.get(key) ?? uuidOf('sender', network, peer.id);
    senders.set(key, sender);
    const decoyKey = `${campaign} ${network} ${decoy}`;
    return [{ item, place, campaign, decoyKey, sender, senderKey: `${campaign} ${sender}` }];
  });
}

/** One row a campaign, in order of id so that two writers lock in the same order. */
export function campaignRows(members: readonly Member[], first: FirstTimes): readonly CampaignRow[] {
  const rows = new Map<string, CampaignRow>();
  const counted = new Set<string>();
  for (const member of members) {
    const row = rows.get(member.campaign) ?? emptyRow(member);
    rows.set(member.campaign, row);
    addCapture(row, member.item);
    if (first.decoys.has(member.decoyKey) && !counted.has(member.decoyKey)) {
      counted.add(member.decoyKey);
      row.decoys += 1;
      const text = member.item.capture.text;
      if (text !== undefined && row.samples.length < MAX_SAMPLES) row.samples.push(cutText(text, MAX_SAMPLE));
    }
    if (first.senders.has(member.senderKey) && !counted.has(member.senderKey)) {
      counted.add(member.senderKey);
      row.senders += 1;
      if (first.contacts.has(member.senderKey)) row.contacts += 1;
    }
  }
  return [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Wordings of the batch: from a campaign's second capture on, so that talk that starts campaigns of one leaves none. */
export function wordingRows(members: readonly Member[]): readonly WordingRow[] {
  const rows = new Map<string, WordingRow>();
  for (const { item, campaign } of members) {
    const { text } = item.capture;
    const exact = cutText(item.analysis.fingerprint.exact, MAX_WORDING);
    if (item.cluster?.created !== false || text === undefined || exact === '') continue;
    const key = `${campaign} ${exact}`;
    const row = rows.get(key) ?? { campaign, wording: exact, sample: cutText(text, MAX_WORDING_SAMPLE), captures: 0 };
    rows.set(key, row);
    row.captures += 1;
  }
  return [...rows.values()].sort((a, b) => (a.campaign + a.wording < b.campaign + b.wording ? -1 : 1));
}

/** Merges and splits that captures of the batch showed. */
export function relationRows(items: readonly Analysed[]): readonly RelationRow[] {
  return items.flatMap(({ capture, cluster }): readonly RelationRow[] => {
    if (cluster?.merged !== undefined) {
      const reason = 'the words and hosts of one explain the captures of the other as well as its own do';
      return [{ campaign: cluster.merged, kind: 'merged-into', other: cluster.campaign, at: capture.at, reason }];
    }
    if (cluster?.splitFrom === undefined) return [];
    const reason = 'captures that lead to one host explain each other better than the campaign does that they joined';
    return [{ campaign: cluster.campaign, kind: 'split-from', other: cluster.splitFrom, at: capture.at, reason }];
  });
}

function emptyRow({ item, campaign }: Member): CampaignRow {
  const { capture, analysis } = item;
  return {
    id: campaign,
    title: titleOf({
      class: analysis.class,
      networks: [capture.network],
      indicators: analysis.indicators,
      kind: capture.kind,
    }),
    class: analysis.class,
    severity: severityRank(analysis.severity),
    networks: [],
    threats: [],
    first: capture.at,
    last: capture.at,
    captures: 0,
    senders: 0,
    decoys: 0,
    contacts: 0,
    harm: false,
    samples: [],
    fingerprints: [],
  };
}

function addCapture(row: CampaignRow, { capture, analysis }: Analysed): void {
  row.captures += 1;
  const { fingerprint } = analysis;
  if (row.fingerprints.length < MAX_FINGERPRINTS && !row.fingerprints.some(({ e }) => e === fingerprint.exact)) {
    row.fingerprints.push(storeFingerprint(fingerprint));
  }
  row.harm ||= analysis.unambiguousHarm;
  const severity = severityRank(analysis.severity);
  if (severity > row.severity) {
    row.severity = severity;
    row.class = analysis.class;
  }
  if (capture.at < row.first) row.first = capture.at;
  if (capture.at > row.last) row.last = capture.at;
  if (!row.networks.includes(capture.network)) row.networks.push(capture.network);
  for (const threat of analysis.threats) {
    if (!row.threats.includes(threat) && row.threats.length < MAX_THREATS) row.threats.push(threat);
  }
}
