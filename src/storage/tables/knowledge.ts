// Row types of the tables of knowledge/, as Kysely sees them.
import type { ColumnType } from 'kysely';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type Json<T> = ColumnType<T, string, string>;

/** One entry of the knowledge base, at its newest revision. */
interface ThreatTable {
  id: string;
  revision: number;
  /** ThreatEntry of knowledge/types.ts. */
  entry: Json<unknown>;
  name: string;
  type: string;
  networks: string[];
  /** 1 (`info`) to 5 (`critical`). */
  severity: number;
  confirmed: boolean;
  /** Lower-cased text that a search looks through. */
  search: string;
  updated_at: Timestamp;
}

interface ThreatRevisionTable {
  threat: string;
  revision: number;
  at: Timestamp;
  author: string;
  reason: string;
  entry: Json<unknown>;
}

/** A trait that ties captures to a threat; `data` is the rest of a ThreatSignature. */
interface ThreatSignatureTable {
  threat: string;
  /** Hash of the content, so that seeding again adds nothing. */
  id: string;
  data: Json<unknown>;
}

interface ThreatIndicatorTable {
  threat: string;
  indicator: string;
  confidence: number;
  source: string;
}

interface IndicatorTable {
  /** UUID made of type and value. */
  id: string;
  type: string;
  value: string;
  first_seen: Timestamp;
  last_seen: Timestamp;
  captures: number;
}

/** Captures that matched a threat on one network and day (UTC). */
interface ThreatSightingTable {
  threat: string;
  network: string;
  day: ColumnType<string, string, string>;
  captures: number;
  first_seen: Timestamp;
  last_seen: Timestamp;
}

interface CampaignTable {
  id: string;
  title: string;
  class: string;
  severity: number;
  networks: string[];
  threats: string[];
  first_seen: Timestamp;
  last_seen: Timestamp;
  captures: number;
  senders: number;
  decoys: number;
  /** Senders that had the first decoy they touched on their contact list for long. */
  contacts: number;
  unambiguous_harm: boolean;
  /** Texts of different decoys, at most MAX_SAMPLES: the template is made of them. */
  samples: Json<readonly string[]>;
  /** `StoredFingerprint`s of members, the newest at most MAX_FINGERPRINTS: the clusterer restarts from them. */
  fingerprints: Json<readonly unknown[]>;
  /** The older campaign that this one turned out to be. */
  merged_into: string | null;
}

interface CampaignRelationTable {
  campaign: string;
  /** `merged-into` or `split-from`. */
  kind: string;
  other: string;
  /** Time of the capture that showed it. */
  at: Timestamp;
  reason: string;
}

/** The first wordings of a campaign, by the hash of the masked text. */
interface CampaignWordingTable {
  campaign: string;
  wording: string;
  sample: string;
  captures: number;
}

interface CampaignDecoyTable {
  campaign: string;
  network: string;
  decoy: string;
  first_seen: Timestamp;
}

interface CampaignSenderTable {
  campaign: string;
  /** UUID made of network and peer: the name itself stands in the captures only. */
  sender: string;
}

interface ContactTable {
  network: string;
  decoy: string;
  /** As in `campaign_sender`: it has the decoy on its contact list. */
  sender: string;
  /** Time of the first capture that said so. */
  since: Timestamp;
}

interface CampaignIndicatorTable {
  campaign: string;
  indicator: string;
  captures: number;
  /** Short hashes of the first decoys that saw it, at most MAX_SPREAD. */
  decoys: string[];
}

export interface KnowledgeTables {
  threat: ThreatTable;
  threat_revision: ThreatRevisionTable;
  threat_signature: ThreatSignatureTable;
  threat_indicator: ThreatIndicatorTable;
  indicator: IndicatorTable;
  threat_sighting: ThreatSightingTable;
  campaign: CampaignTable;
  campaign_decoy: CampaignDecoyTable;
  campaign_relation: CampaignRelationTable;
  campaign_wording: CampaignWordingTable;
  campaign_sender: CampaignSenderTable;
  contact: ContactTable;
  campaign_indicator: CampaignIndicatorTable;
}
