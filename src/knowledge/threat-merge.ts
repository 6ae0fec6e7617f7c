// One threat under two names becomes one entry; a variant that has grown into a threat of its own gets an entry.
import { sql } from 'kysely';
import { SundewError } from '../core/error.ts';
import type { Db, Tx } from '../storage/database.ts';
import { mergedInto } from './merged.ts';
import { addThreat, findThreat, reviseThreat } from './threat-store.ts';
import type { StoredThreat, ThreatEntry, ThreatRelation } from './types.ts';

interface By {
  readonly author: string;
  readonly reason: string;
  readonly now: Date;
}

/**
 * Merges an entry into another: names, variants, references and indicators move, every word of the target stays. The merged
 * entry stays as a pointer, so that links to it and its revisions hold.
 * @throws SundewError THREAT_UNKNOWN, THREAT_CONFLICT, INPUT_INVALID
 */
export async function mergeThreats(db: Db, from: string, into: string, by: By): Promise<StoredThreat> {
  if (from === into) throw new SundewError('INPUT_INVALID', 'a threat cannot be merged into itself');
  return db.transaction().execute(async (tx) => {
    const [gone, kept] = [await existing(tx, from), await existing(tx, into)];
    if (mergedInto(kept.entry) !== undefined || mergedInto(gone.entry) !== undefined)
      throw new SundewError('INPUT_INVALID', 'one of the two was merged already');
    const pointer: ThreatRelation = { kind: 'merged-into', threat: into };
    await reviseThreat(tx, from, {
      ...by,
      revision: gone.revision,
      entry: { ...gone.entry, relations: [...(gone.entry.relations ?? []), pointer] },
    });
    await moveTraits(tx, from, into);
    return reviseThreat(tx, into, { ...by, revision: kept.revision, entry: joined(kept.entry, gone.entry) });
  });
}

/** The kept entry with the names and facts of the other. */
function joined(kept: ThreatEntry, gone: ThreatEntry): ThreatEntry {
  const names = union([kept.name, ...kept.aliases], [gone.name, ...gone.aliases]).filter((one) => one !== kept.name);
  const variants = [...(kept.variants ?? []), ...(gone.variants ?? [])];
  return {
    ...kept,
    aliases: names,
    networks: union(kept.networks, gone.networks),
    vectors: union(kept.vectors, gone.vectors),
    firstSeen: [kept.firstSeen, gone.firstSeen].sort()[0] ?? kept.firstSeen,
    references: union(kept.references, gone.references),
    ...(variants.length === 0 ? {} : { variants }),
    ...((kept.sources ?? gone.sources) === undefined
      ? {}
      : { sources: [...(kept.sources ?? []), ...(gone.sources ?? [])] }),
  };
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  const known = new Set(a.map((one) => one.toLowerCase()));
  return [...a, ...b.filter((one) => !known.has(one.toLowerCase()))];
}

async function moveTraits(tx: Tx, from: string, into: string): Promise<void> {
  await sql`insert into threat_indicator (threat, indicator, confidence, source)
    select ${into}, indicator, confidence, source from threat_indicator where threat = ${from}
    on conflict (threat, indicator) do nothing`.execute(tx);
  await sql`delete from threat_indicator where threat = ${from}`.execute(tx);
  await sql`update threat_signature set threat = ${into} where threat = ${from}`.execute(tx);
}

/**
 * Makes a variant an entry of its own, related to the one it comes from, which loses the variant and its alias.
 * @param variant name of a variant, or an alias, of the entry
 * @throws SundewError THREAT_UNKNOWN, THREAT_CONFLICT, INPUT_INVALID
 */
export async function splitVariant(
  db: Db,
  from: string,
  given: { readonly variant: string; readonly id: string },
  by: By,
): Promise<StoredThreat> {
  const { variant, id } = given;
  return db.transaction().execute(async (tx) => {
    const base = await existing(tx, from);
    const { entry } = base;
    const found = entry.variants?.find(({ name }) => name === variant);
    if (found === undefined && !entry.aliases.includes(variant))
      throw new SundewError('INPUT_INVALID', `"${variant}" is neither a variant nor an alias of ${entry.name}`);
    await reviseThreat(tx, from, {
      ...by,
      revision: base.revision,
      entry: {
        ...entry,
        aliases: entry.aliases.filter((one) => one !== variant),
        ...(entry.variants === undefined ? {} : { variants: entry.variants.filter(({ name }) => name !== variant) }),
      },
    });
    const { variants: _, timeline: __, ...rest } = entry;
    return addThreat(tx, id, {
      ...by,
      entry: {
        ...rest,
        name: variant,
        aliases: [],
        firstSeen: found?.seen ?? entry.firstSeen,
        notes: found?.note ?? '',
        relations: [{ kind: 'variant-of', threat: from }],
      },
    });
  });
}

async function existing(tx: Tx, id: string): Promise<StoredThreat> {
  const found = await findThreat(tx, id);
  if (found === undefined) throw new SundewError('THREAT_UNKNOWN', `no threat "${id}" is in the knowledge base`);
  return found;
}
