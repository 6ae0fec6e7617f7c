// What an import brings in: a source with provenance, never an entry by itself.
import { z } from 'zod';
import { TLP } from '../../core/severity.ts';

export const ORIGINS = ['misp-galaxy', 'stix'] as const;
export type Origin = (typeof ORIGINS)[number];

const line = z.string().max(500);

/** One cluster value of a galaxy, or one object of a bundle. */
export const ImportedSource = z.strictObject({
  origin: z.enum(ORIGINS),
  /** The origin's own id: a UUID, or a STIX id. */
  ref: z.string().min(1).max(200),
  /** Galaxy type, or STIX object type. */
  kind: line,
  name: z.string().min(1).max(300),
  aliases: z.array(z.string().max(300)).max(200),
  description: z.string().max(5_000),
  references: z.array(z.string().max(2_000)).max(200),
  tlp: z.enum(TLP),
  /** 0 to 100. */
  confidence: z.number().int().min(0).max(100),
});
export type ImportedSource = z.infer<typeof ImportedSource>;

/** What a file held, and how much of it was left out. */
export interface Parsed {
  readonly sources: readonly ImportedSource[];
  /** Objects of kinds that are not imported, or without a name or an id. */
  readonly skipped: number;
}

/** Objects looked at in one file. */
export const MAX_OBJECTS = 50_000;

/** Cuts to `max` and takes out what a store cannot hold. */
export function clean(text: string, max: number): string {
  return text.slice(0, max).toWellFormed().replaceAll('\u0000', '\ufffd').trim();
}

/** Strings of a list that may hold anything, cut, each once. */
export function cleanList(given: readonly unknown[], max: number, atMost: number): string[] {
  const kept = given.flatMap((one) => (typeof one === 'string' && one.trim() !== '' ? [clean(one, max)] : []));
  return [...new Set(kept)].slice(0, atMost);
}
