// The documented families of history, and which of them came as something that a decoy is sent.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { HARMLESS_TYPES, readSeed, type SeedThreat, shippedEntries } from '../../src/knowledge/seed.ts';
import type { StageName } from '../../src/range/touch.ts';

const LURES = new URL('../../src/knowledge/fixtures/historic-lures.json', import.meta.url);
const Lure = z.object({
  entry: z.string(),
  network: z.enum(['xmpp', 'irc', 'oscar', 'msnp', 'ymsg', 'sametime']),
  kind: z.enum(['message', 'file-offer']),
  text: z.string().default(''),
  file: z.object({ name: z.string(), size: z.number() }).optional(),
  classes: z.array(z.string()),
  named: z.boolean(),
});
export type Lure = z.infer<typeof Lure>;

export interface Family {
  readonly id: string;
  readonly name: string;
  /** As the sources name them. */
  readonly networks: readonly string[];
  readonly stage: StageName;
  /** Whether the stage stands for networks that Sundew has no decoys on. */
  readonly standsIn: boolean;
  /** Must raise nothing. */
  readonly harmless: boolean;
  readonly lures: readonly Lure[];
}

export interface History {
  readonly families: readonly Family[];
  /** Entries that nothing can be played of, by what they are. */
  readonly silent: ReadonlyMap<string, number>;
}

/** What the sources call the networks of a stage. */
const SPOKEN: Readonly<Record<StageName, readonly string[]>> = {
  xmpp: ['xmpp', 'jabber', 'google-talk', 'gtalk', 'facebook-chat'],
  irc: ['irc'],
  aim: ['aim', 'ichat'],
  icq: ['icq'],
  msnp: ['msn', 'windows-live-messenger', 'windows-messenger'],
  ymsg: ['yahoo'],
  sametime: ['sametime'],
};

/** @throws ZodError when a shipped file is damaged */
export async function readHistory(): Promise<History> {
  const { lures } = z.object({ lures: z.array(Lure) }).parse(JSON.parse(await readFile(LURES, 'utf8')));
  const byEntry = Map.groupBy(lures, ({ entry }) => entry);
  const seeds = await readSeed();
  const families = seeds.flatMap((seed) => familyOf(seed, byEntry.get(seed.id) ?? []));
  const silent = new Map<string, number>();
  for (const { id, entry } of await shippedEntries(seeds)) {
    if (!byEntry.has(id)) silent.set(entry.type, (silent.get(entry.type) ?? 0) + 1);
  }
  return { families, silent };
}

function familyOf({ id, name, networks, type }: SeedThreat, lures: readonly Lure[]): readonly Family[] {
  const [first] = lures;
  if (first === undefined) return [];
  const icq = networks.includes('icq') && !networks.includes('aim');
  const stage = first.network === 'oscar' ? (icq ? 'icq' : 'aim') : first.network;
  const standsIn = !networks.some((network) => SPOKEN[stage].includes(network));
  return [{ id, name, networks, stage, standsIn, harmless: HARMLESS_TYPES.includes(type), lures }];
}
