// What the knowledge base holds. ThreatEntry has the same form as in the HTTP contract; the center passes it through.
import type { Network } from '../core/network.ts';
import type { Severity, Tlp } from '../core/severity.ts';
import type { VerdictClass } from '../core/verdict.ts';

export const THREAT_STATUSES = ['emerging', 'active', 'declining', 'dormant', 'historic'] as const;
export type ThreatStatus = (typeof THREAT_STATUSES)[number];

/** An ATT&CK technique. */
export interface Technique {
  readonly id: string;
  readonly name: string;
}

/** What is rated, each from 1 (least) to 5; `recovery` is how hard it is to be rid of it. */
export const RATED = ['prevalence', 'damage', 'distribution', 'recovery', 'confidence'] as const;
/** Who can do something. */
export const AUDIENCES = ['person', 'administrator', 'operator'] as const;
/** What finds it: words of its lure, a YARA rule, a line for a filter. */
export const DETECTIONS = ['lure', 'yara', 'filter'] as const;
/** How an entry stands to another one. */
export const RELATIONS = ['variant-of', 'merged-into', 'related-to', 'drops', 'uses'] as const;

export interface ThreatVariant {
  readonly name: string;
  /** Year, month or day. */
  readonly seen?: string | undefined;
  readonly note: string;
}

/** How a lure reads in one language. */
export interface ThreatLure {
  /** BCP 47, as `en` or `pt-BR`; `und` where nobody knows. */
  readonly language: string;
  /** The message; what changes from one to the next stands as `…`. */
  readonly text: string;
}

/** A file that it comes as. */
export interface ThreatFile {
  readonly name: string;
  /** Bytes. */
  readonly size?: number | undefined;
  readonly note: string;
}

export interface ThreatRating {
  readonly of: (typeof RATED)[number];
  /** 1 to 5. */
  readonly value: number;
  readonly reason: string;
}

export interface ThreatRelation {
  readonly kind: (typeof RELATIONS)[number];
  /** Id of the other entry. */
  readonly threat: string;
}

/** Where something in an entry is from, when it was brought in from elsewhere. */
export interface ThreatSource {
  readonly name: string;
  /** `misp-galaxy`, `stix` … */
  readonly origin: string;
  /** The origin's own id. */
  readonly ref: string;
  readonly tlp: Tlp;
  /** 0 to 100. */
  readonly confidence: number;
}

/** What a revision holds and an analyst edits. What is optional came later than the first entries: old revisions lack it. */
export interface ThreatEntry {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly type: string;
  /** Networks as the sources name them: wider than the slugs Sundew speaks. */
  readonly networks: readonly string[];
  /** Year, month or day. */
  readonly firstSeen: string;
  readonly lastSeen?: string;
  readonly status: ThreatStatus;
  readonly severity: Severity;
  readonly severityReason: string;
  readonly confirmed: boolean;
  readonly tlp: Tlp;
  readonly vectors: readonly string[];
  readonly summary: string;
  readonly lure: string;
  readonly payload: string;
  readonly atRisk: string;
  readonly avoid: readonly string[];
  readonly remove: readonly string[];
  readonly notes: string;
  readonly techniques: readonly Technique[];
  readonly references: readonly string[];
  readonly source: string;
  readonly variants?: readonly ThreatVariant[] | undefined;
  /** Clients with their versions. */
  readonly clients?: { readonly affected: readonly string[]; readonly notAffected: readonly string[] } | undefined;
  readonly networksNotAffected?: readonly string[] | undefined;
  readonly lures?: readonly ThreatLure[] | undefined;
  readonly files?: readonly ThreatFile[] | undefined;
  /** Whether it answers who writes back, and how; absent: not known. */
  readonly answers?: { readonly does: boolean; readonly how: string } | undefined;
  /** What it does, step by step. */
  readonly steps?: readonly string[] | undefined;
  readonly ratings?: readonly ThreatRating[] | undefined;
  readonly detection?: readonly { readonly kind: (typeof DETECTIONS)[number]; readonly text: string }[] | undefined;
  /** What each audience can do. */
  readonly actions?: Readonly<Partial<Record<(typeof AUDIENCES)[number], readonly string[] | undefined>>> | undefined;
  readonly relations?: readonly ThreatRelation[] | undefined;
  readonly sources?: readonly ThreatSource[] | undefined;
  readonly timeline?: readonly { readonly at: string; readonly what: string }[] | undefined;
  readonly credits?: readonly string[] | undefined;
  /** What there is to tell beyond the fields: Markdown (CommonMark). */
  readonly writeUp?: string | undefined;
}

export interface StoredThreat {
  readonly id: string;
  readonly revision: number;
  /** RFC 3339. */
  readonly updatedAt: string;
  readonly entry: ThreatEntry;
}

export interface ThreatRevision {
  readonly revision: number;
  readonly at: string;
  readonly author: string;
  readonly reason: string;
  readonly entry: ThreatEntry;
}

/** A near-duplicate group of captures, as analysts see it. */
export interface CampaignRecord {
  readonly id: string;
  readonly title: string;
  /** Text common to the samples; not yet defanged. */
  readonly template: string;
  readonly class: VerdictClass;
  readonly severity: Severity;
  readonly networks: readonly Network[];
  readonly threats: readonly string[];
  readonly captures: number;
  readonly senders: number;
  readonly decoys: number;
  /** Senders that had the decoy which they touched first on their contact list for long, as far as is known. */
  readonly contacts: number;
  readonly unambiguousHarm: boolean;
  readonly samples: readonly string[];
  /** RFC 3339. */
  readonly firstSeen: string;
  readonly lastSeen: string;
}

/** What one capture adds to its campaign, in the order of input: what warnings are decided on. */
export interface CampaignTouch {
  /** Capture time, ms since the epoch. */
  readonly atMs: number;
  readonly network: Network;
  readonly class: VerdictClass;
  readonly severity: Severity;
  readonly unambiguousHarm: boolean;
  /** First capture of this campaign at this decoy, by this sender. */
  readonly newDecoy: boolean;
  readonly newSender: boolean;
  /**
   * Of a new sender: it had the decoy on its contact list for a day or longer when it wrote (`CONTACT_AGE_MS`). Absent: not known,
   * or not so.
   */
  readonly contact?: true;
  /** It matched an entry of the knowledge base. */
  readonly known: boolean;
  readonly reasons: readonly string[];
}

/** Campaigns that a batch touched, each with its touches in input order. */
export type TouchedCampaigns = ReadonlyMap<string, readonly CampaignTouch[]>;
