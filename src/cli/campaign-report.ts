// The campaigns of one run of `sundew analyze`, for `--campaigns FILE`: gathered in bounded memory, told at the end.
import { type InferredTemplate, inferTemplate } from '../analysis/cluster/infer-template.ts';
import { cutTargets } from '../analysis/cluster/template.ts';
import type { Analysed } from '../analysis/types.ts';

/** Campaigns kept; beyond that those of one capture give way first, the oldest first. */
const MAX_CAMPAIGNS = 20_000;
const MAX_TEXTS = 64;
const MAX_TEXT = 2000;
const MAX_HOSTS = 50;
const MAX_NAMES = 200;
const MAX_VARIANTS = 10;
const MAX_WORDINGS = 64;

/** One line of the report. */
export interface CampaignLine {
  readonly id: string;
  readonly size: number;
  readonly template?: string;
  /** Of folded texts, flag `u`. */
  readonly regex?: string;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly networks: readonly string[];
  readonly hosts: readonly string[];
  /** Wordings seen most often, with what may name a target cut. */
  readonly variants: readonly { readonly text: string; readonly captures: number }[];
  readonly merged: readonly string[];
  readonly splitFrom?: string;
}

interface Gathered {
  readonly id: string;
  size: number;
  first: string;
  last: string;
  readonly networks: Set<string>;
  readonly hosts: Set<string>;
  readonly names: Set<string>;
  readonly texts: string[];
  readonly wordings: Map<string, { readonly text: string; captures: number }>;
  readonly merged: string[];
  splitFrom?: string;
}

export class CampaignReport {
  readonly #campaigns = new Map<string, Gathered>();

  add({ capture, analysis, cluster }: Analysed): void {
    if (cluster === undefined) return;
    const campaign = this.#campaigns.get(cluster.campaign) ?? this.#open(cluster.campaign, capture.at);
    campaign.size += 1;
    if (capture.at < campaign.first) campaign.first = capture.at;
    if (capture.at > campaign.last) campaign.last = capture.at;
    campaign.networks.add(capture.network);
    if (campaign.names.size < MAX_NAMES) campaign.names.add(capture.decoy);
    for (const link of analysis.fingerprint.links ?? []) {
      if (link.startsWith('host:') && campaign.hosts.size < MAX_HOSTS) campaign.hosts.add(link.slice('host:'.length));
    }
    if (capture.text !== undefined) addText(campaign, capture.text.slice(0, MAX_TEXT), analysis.fingerprint.exact);
    if (cluster.splitFrom !== undefined) campaign.splitFrom = cluster.splitFrom;
    if (cluster.merged !== undefined) this.#merge(campaign, cluster.merged);
  }

  /** Campaigns of more than one capture, the largest first. */
  lines(): readonly CampaignLine[] {
    return [...this.#campaigns.values()]
      .filter(({ size }) => size > 1)
      .sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1))
      .map(lineOf);
  }

  #open(id: string, at: string): Gathered {
    if (this.#campaigns.size >= MAX_CAMPAIGNS) this.#giveWay();
    const made: Gathered = {
      id,
      size: 0,
      first: at,
      last: at,
      networks: new Set(),
      hosts: new Set(),
      names: new Set(),
      texts: [],
      wordings: new Map(),
      merged: [],
    };
    this.#campaigns.set(id, made);
    return made;
  }

  #giveWay(): void {
    const wanted = MAX_CAMPAIGNS / 4;
    let gone = 0;
    for (const size of [1, Number.POSITIVE_INFINITY]) {
      for (const campaign of this.#campaigns.values()) {
        if (gone >= wanted) return;
        if (campaign.size <= size && this.#campaigns.delete(campaign.id)) gone += 1;
      }
    }
  }

  #merge(into: Gathered, id: string): void {
    into.merged.push(id);
    const from = this.#campaigns.get(id);
    if (from === undefined) return;
    this.#campaigns.delete(id);
    into.size += from.size;
    if (from.first < into.first) into.first = from.first;
    if (from.last > into.last) into.last = from.last;
    for (const network of from.networks) into.networks.add(network);
    for (const host of from.hosts) if (into.hosts.size < MAX_HOSTS) into.hosts.add(host);
    for (const name of from.names) if (into.names.size < MAX_NAMES) into.names.add(name);
    into.merged.push(...from.merged);
    for (const text of from.texts) if (into.texts.length < MAX_TEXTS) into.texts.push(text);
  }
}

function addText(campaign: Gathered, text: string, wording: string): void {
  campaign.texts.push(text);
  if (campaign.texts.length > MAX_TEXTS) campaign.texts.shift();
  const held = campaign.wordings.get(wording);
  if (held !== undefined) held.captures += 1;
  else if (campaign.wordings.size < MAX_WORDINGS) campaign.wordings.set(wording, { text, captures: 1 });
}

function lineOf(campaign: Gathered): CampaignLine {
  const names = [...campaign.names];
  const hide = (text: string): string => cutTargets(text, names);
  const inferred: InferredTemplate | undefined = inferTemplate(campaign.texts, hide);
  const variants = [...campaign.wordings.values()].sort((a, b) => b.captures - a.captures).slice(0, MAX_VARIANTS);
  return {
    id: campaign.id,
    size: campaign.size,
    ...(inferred === undefined ? {} : { template: inferred.text, regex: inferred.regex }),
    firstSeen: campaign.first,
    lastSeen: campaign.last,
    networks: [...campaign.networks],
    hosts: [...campaign.hosts],
    variants: variants.map(({ text, captures }) => ({ text: hide(text), captures })),
    merged: campaign.merged,
    ...(campaign.splitFrom === undefined ? {} : { splitFrom: campaign.splitFrom }),
  };
}
