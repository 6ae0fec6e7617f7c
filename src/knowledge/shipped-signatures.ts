// Signatures of the shipped threats without a store, for `sundew analyze`.
import type { ThreatSignature } from '../analysis/types.ts';
import { SEED_FILES, SEED_LURES } from './data/signatures.ts';
import { HARMLESS_TYPES, readSeed, shippedEntries } from './seed.ts';
import { aliasSignatures } from './signature-store.ts';
import { classOfType } from './threat-class.ts';

/** The same that a freshly seeded knowledge base loads. */
export async function shippedSignatures(): Promise<readonly ThreatSignature[]> {
  const seeds = (await readSeed()).filter(({ type }) => !HARMLESS_TYPES.includes(type));
  const byId = new Map(seeds.map((seed) => [seed.id, { class: classOfType(seed.type), severity: seed.severity }]));
  const traits: ThreatSignature[] = [];
  for (const { threat, words } of SEED_LURES) {
    const known = byId.get(threat);
    if (known !== undefined) traits.push({ threat, kind: 'lure', words, ...known });
  }
  for (const { threat, pattern } of SEED_FILES) {
    const known = byId.get(threat);
    if (known !== undefined) traits.push({ threat, kind: 'file-name', pattern, ...known });
  }
  const entries = await shippedEntries(seeds);
  return [...traits, ...entries.flatMap(({ id, entry }) => aliasSignatures(id, entry))];
}
