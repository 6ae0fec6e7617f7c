// What the clusterer remembers: campaigns with the keys that lead to them, bounded, least recently seen out first.
import { similarity } from '../fingerprint/minhash.ts';
import { type Entry, SignatureIndex } from './signature-index.ts';
import type { UndoLog } from './undo-log.ts';

/** Signatures kept for one campaign: enough to follow a text that drifts. */
const MAX_SIGNATURES = 8;
/** Exact hashes and links kept for one campaign. */
const MAX_KEYS = 256;

interface Campaign {
  readonly id: string;
  readonly keys: Set<string>;
  readonly entries: Entry[];
  seen: number;
}

/** Campaigns by key (exact hash, link) and by signature. */
export class Campaigns {
  readonly #byId = new Map<string, Campaign>();
  readonly #byKey = new Map<string, string>();
  readonly #index = new SignatureIndex();
  readonly #undo: UndoLog;
  readonly #max: number;
  #tick = 0;

  constructor(max: number, undo: UndoLog) {
    this.#max = max;
    this.#undo = undo;
  }

  get size(): number {
    return this.#byId.size;
  }

  byKey(key: string): string | undefined {
    return this.#byKey.get(key);
  }

  nearest(minhash: Uint32Array, least: number): { readonly campaign: string; readonly similarity: number } | undefined {
    const found = this.#index.nearest(minhash, least);
    return found === undefined ? undefined : { campaign: found.entry.campaign, similarity: found.similarity };
  }

  /** Whether a text is at least `least` like any text remembered of the campaign, or none is remembered. */
  resembles(id: string, minhash: Uint32Array, least: number): boolean {
    const entries = this.#byId.get(id)?.entries ?? [];
    return entries.length === 0 || entries.some((entry) => similarity(entry.minhash, minhash) >= least);
  }

  /** Marks a campaign as seen now, making it when it is not known. */
  touch(id: string): void {
    const campaign = this.#byId.get(id);
    const seen = ++this.#tick;
    if (campaign === undefined) {
      if (this.#byId.size >= this.#max) this.#evict();
      this.#byId.set(id, { id, keys: new Set(), entries: [], seen });
      this.#undo.record(() => this.#byId.delete(id));
      return;
    }
    const before = campaign.seen;
    campaign.seen = seen;
    this.#undo.record(() => {
      campaign.seen = before;
    });
  }

  /** Lets a key lead to a campaign; the first campaign keeps it. */
  addKey(id: string, key: string): void {
    const campaign = this.#byId.get(id);
    if (campaign === undefined || campaign.keys.size >= MAX_KEYS || this.#byKey.has(key)) return;
    campaign.keys.add(key);
    this.#byKey.set(key, id);
    this.#undo.record(() => {
      campaign.keys.delete(key);
      this.#byKey.delete(key);
    });
  }

  addSignature(id: string, minhash: Uint32Array): void {
    const campaign = this.#byId.get(id);
    if (campaign === undefined || campaign.entries.length >= MAX_SIGNATURES) return;
    const entry: Entry = { campaign: id, minhash };
    campaign.entries.push(entry);
    this.#index.add(entry);
    this.#undo.record(() => {
      campaign.entries.pop();
      this.#index.remove(entry);
    });
  }

  forget(id: string): void {
    const campaign = this.#byId.get(id);
    if (campaign === undefined) return;
    this.#byId.delete(id);
    for (const key of campaign.keys) this.#byKey.delete(key);
    for (const entry of campaign.entries) this.#index.remove(entry);
    this.#undo.record(() => {
      this.#byId.set(id, campaign);
      for (const key of campaign.keys) this.#byKey.set(key, id);
      for (const entry of campaign.entries) this.#index.add(entry);
    });
  }

  // One sixteenth at a time, so that the sort is paid rarely.
  #evict(): void {
    const oldest = [...this.#byId.values()].sort((a, b) => a.seen - b.seen);
    for (const campaign of oldest.slice(0, Math.ceil(this.#max / 16))) this.forget(campaign.id);
  }
}
