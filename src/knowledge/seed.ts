// The documented threats of history as entries of the knowledge base.
import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { z } from 'zod';
import { uuidOf } from '../core/capture-id.ts';
import { SEVERITIES, severityRank } from '../core/severity.ts';
import type { Db } from '../storage/database.ts';
import { atRiskOf, avoidanceOf, removalOf } from './advice.ts';
import { SEED_FILES, SEED_LURES } from './data/signatures.ts';
import { detailOf } from './seed-detail.ts';
import { techniquesOf } from './techniques.ts';
import { classOfType } from './threat-class.ts';
import { searchTextOf } from './threat-search.ts';
import type { ThreatEntry } from './types.ts';
import { entryOfVulnerability, readVulnerabilities, vulnerabilityId } from './vulnerability-seed.ts';

const SeedThreat = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+\.[a-z0-9-]+\.[a-z0-9-]+$/),
  name: z.string().min(1),
  aliases: z.array(z.string().min(1)),
  type: z.string().min(1),
  networks: z.array(z.string().min(1)),
  firstSeen: z.string().regex(/^\d{4}(-\d\d(-\d\d)?)?$/),
  vectors: z.array(z.string().min(1)),
  lure: z.string(),
  payload: z.string(),
  severity: z.enum(SEVERITIES),
  notes: z.string(),
  verified: z.enum(['yes', 'partial', 'no']),
  source: z.string().min(1),
});
export type SeedThreat = z.infer<typeof SeedThreat>;

const SEED_AUTHOR = 'Sundew';
const SEED_REASON = 'shipped with Sundew: documented threats of history';
/** Threats that are known and do no harm: never matched, severity `info`. */
export const HARMLESS_TYPES: readonly string[] = ['nuisance-bot'];

/** The shipped threats, checked. @throws ZodError when the shipped file is damaged */
export async function readSeed(): Promise<readonly SeedThreat[]> {
  const text = await readFile(new URL('./data/threats.json', import.meta.url), 'utf8');
  return z.array(SeedThreat).parse(JSON.parse(text));
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  'im-worm': 'A worm of instant messaging',
  'irc-worm': 'A worm of IRC',
  'p2p-worm': 'A worm of file-sharing networks',
  'blended-worm': 'A worm that spreads in several ways',
  'im-botnet': 'A botnet that spreads by instant messaging',
  'im-trojan': 'A trojan that arrives by instant messaging',
  'im-malware': 'Malware steered over instant messaging, or after its accounts and messages',
  'p2p-trojan': 'A trojan spread on file-sharing networks',
  'p2p-botnet': 'A botnet steered over a peer-to-peer network',
  'spim-campaign': 'Unsolicited bulk messaging',
  'phishing-campaign': 'Theft of accounts by deceptive messages',
  'chat-bot-fraud': 'A program that talks people into a fraud',
  'supply-chain': 'A client tampered with at its source',
  adware: 'Advertising software that messages contacts',
  'nuisance-bot': 'A harmless bot that can pass for a threat',
};

/** The entry of one shipped threat. */
export function entryOfSeed(seed: SeedThreat): ThreatEntry {
  const harmless = HARMLESS_TYPES.includes(seed.type);
  const lure = seed.lure === 'unknown' ? '' : seed.lure;
  const payload = seed.payload === 'unknown' ? '' : seed.payload;
  const what = TYPE_WORDS[seed.type] ?? 'A threat';
  const avoid = harmless ? ['Nothing to avoid: it relays what two strangers write.'] : avoidanceOf(seed.vectors);
  const remove = removalOf(seed.type, seed.vectors);
  return {
    name: seed.name,
    aliases: seed.aliases,
    type: seed.type,
    networks: seed.networks,
    firstSeen: seed.firstSeen,
    status: 'historic',
    severity: harmless ? 'info' : seed.severity,
    severityReason: harmless
      ? 'does no harm; kept so that it is not taken for a threat'
      : `${seed.severity} at its time: ${payload === '' ? 'by what was reported of its spread' : payload}`,
    confirmed: seed.verified === 'yes',
    tlp: 'clear',
    vectors: seed.vectors,
    summary: `${what} (${seed.networks.join(', ')}), first seen ${seed.firstSeen}.${lure === '' ? '' : ` Lure: ${lure}.`}${payload === '' ? '' : ` Effect: ${payload}.`}`,
    lure,
    payload,
    atRisk: atRiskOf(seed.networks, seed.vectors),
    avoid,
    remove,
    notes:
      seed.verified === 'yes'
        ? seed.notes
        : `${seed.notes}${seed.notes === '' ? '' : '; '}not fully confirmed by a source`,
    techniques: harmless ? [] : techniquesOf(seed.vectors, seed.networks),
    references: seed.source.split(';').map((reference) => reference.trim()),
    source: seed.source,
    ...detailOf(seed, avoid, remove),
  };
}

/** All entries that are shipped: threats of history, and vulnerabilities. */
export async function shippedEntries(
  seeds: readonly SeedThreat[],
): Promise<readonly { readonly id: string; readonly entry: ThreatEntry }[]> {
  const vulnerabilities = await readVulnerabilities();
  return [
    ...seeds.map((seed) => ({ id: seed.id, entry: entryOfSeed(seed) })),
    ...vulnerabilities.map((seed) => ({ id: vulnerabilityId(seed), entry: entryOfVulnerability(seed) })),
  ];
}

/**
 * Puts the shipped threats and their signatures into the knowledge base. Safe to repeat: an entry that is there,
 * edited or not, stays as it is.
 * @returns how many entries were new
 */
export async function seedThreats(db: Db, now: Date): Promise<number> {
  const seeds = await readSeed();
  const rows = (await shippedEntries(seeds)).map(({ id, entry }) => {
    const { name, type, networks, confirmed } = entry;
    const search = searchTextOf(entry);
    return { id, entry, name, type, networks, severity: severityRank(entry.severity), confirmed, search };
  });
  const added = await sql<{ added: number }>`
    with given as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, entry jsonb, name text,
      type text, networks text[], severity smallint, confirmed boolean, search text)),
    entries as (insert into threat (id, revision, entry, name, type, networks, severity, confirmed, search, updated_at)
      select id, 1, entry, name, type, networks, severity, confirmed, search, ${now} from given
      on conflict (id) do nothing returning id, entry)
    select count(*)::int as added from entries`.execute(db);
  await sql`insert into threat_revision (threat, revision, at, author, reason, entry)
    select id, 1, ${now}, ${SEED_AUTHOR}, ${SEED_REASON}, entry from threat t
    where not exists (select from threat_revision r where r.threat = t.id)`.execute(db);
  await seedSignatures(db, seeds);
  return added.rows[0]?.added ?? 0;
}

async function seedSignatures(db: Db, seeds: readonly SeedThreat[]): Promise<void> {
  const types = new Map(seeds.map((seed) => [seed.id, seed]));
  const traits = [
    ...SEED_LURES.map(({ threat, words }) => ({ threat, trait: { kind: 'lure', words } })),
    ...SEED_FILES.map(({ threat, pattern }) => ({ threat, trait: { kind: 'file-name', pattern } })),
  ];
  const rows = traits.map(({ threat, trait }) => {
    const seed = types.get(threat);
    if (seed === undefined) throw new TypeError(`a shipped signature names the unknown threat ${threat}`);
    const data = { ...trait, class: classOfType(seed.type), severity: seed.severity };
    return { id: uuidOf('signature', threat, JSON.stringify(trait)), threat, data };
  });
  await sql`insert into threat_signature (threat, id, data)
    select threat, id, data from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(threat text, id uuid, data jsonb)
    on conflict (id) do nothing`.execute(db);
}
