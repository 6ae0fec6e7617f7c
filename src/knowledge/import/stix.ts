// STIX 2.1 bundles as sources: malware, tools, campaigns and vulnerabilities; TLP by their markings.
import { z } from 'zod';
import { SundewError } from '../../core/error.ts';
import type { Tlp } from '../../core/severity.ts';
import { parseBounded } from './bounded-json.ts';
import { clean, cleanList, type ImportedSource, MAX_OBJECTS, type Parsed } from './types.ts';

const KINDS = ['malware', 'tool', 'campaign', 'vulnerability'];
const Bundle = z.object({ type: z.literal('bundle'), objects: z.array(z.unknown()).max(MAX_OBJECTS) });
const Entity = z.object({
  type: z.string(),
  id: z.string().regex(/^[a-z0-9-]{1,60}--[0-9a-f-]{36}$/),
  name: z.string().min(1),
  description: z.string().optional(),
  aliases: z.array(z.unknown()).optional(),
  x_mitre_aliases: z.array(z.unknown()).optional(),
  confidence: z.number().int().min(0).max(100).optional(),
  revoked: z.boolean().optional(),
  object_marking_refs: z.array(z.string()).optional(),
  external_references: z.array(z.unknown()).optional(),
});
const Marking = z.object({
  type: z.literal('marking-definition'),
  id: z.string(),
  name: z.string().optional(),
  definition: z.object({ tlp: z.string().optional() }).optional(),
});

/** The markings that the standards define (STIX 2.1 section 7.2.1.4 for TLP 1; the extension of TLP 2). */
const KNOWN: ReadonlyMap<string, Tlp> = new Map([
  ['marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9', 'clear'],
  ['marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da', 'green'],
  ['marking-definition--f88d31f6-486f-44da-b317-01333bde0b82', 'amber'],
  ['marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed', 'red'],
  ['marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487', 'clear'],
  ['marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb', 'green'],
  ['marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421', 'amber'],
  ['marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003', 'amber+strict'],
  ['marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1', 'red'],
]);
const ORDER: readonly Tlp[] = ['clear', 'green', 'amber', 'amber+strict', 'red'];
/** What carries a marking that nobody knows is not passed on. */
const UNKNOWN_MARKING: Tlp = 'red';
const DEFAULT_CONFIDENCE = 50;

/** @throws SundewError INPUT_INVALID */
export function parseStix(text: string): Parsed {
  const bundle = Bundle.safeParse(parseBounded(text));
  if (!bundle.success) throw new SundewError('INPUT_INVALID', 'the file is no STIX bundle');
  const { objects } = bundle.data;
  const markings = new Map(KNOWN);
  for (const one of objects) {
    const marking = Marking.safeParse(one);
    const tlp = marking.success ? tlpOf(marking.data.definition?.tlp ?? marking.data.name ?? '') : undefined;
    if (marking.success && tlp !== undefined && !KNOWN.has(marking.data.id)) markings.set(marking.data.id, tlp);
  }
  const sources = objects.flatMap((one) => {
    const entity = Entity.safeParse(one);
    const wanted = entity.success && KINDS.includes(entity.data.type) && entity.data.revoked !== true;
    return wanted ? [sourceOf(entity.data, markings)] : [];
  });
  return { sources, skipped: objects.length - sources.length };
}

function sourceOf(entity: z.infer<typeof Entity>, markings: ReadonlyMap<string, Tlp>): ImportedSource {
  const { type, id, name, description = '', aliases = [], x_mitre_aliases: more = [], confidence } = entity;
  const own = clean(name, 300);
  return {
    origin: 'stix',
    ref: id,
    kind: type,
    name: own,
    aliases: cleanList([...aliases, ...more], 300, 200).filter((alias) => alias !== own),
    description: clean(description, 5_000),
    references: cleanList((entity.external_references ?? []).map(addressOf), 2_000, 200),
    tlp: strictest((entity.object_marking_refs ?? []).map((ref) => markings.get(ref) ?? UNKNOWN_MARKING)),
    confidence: confidence ?? DEFAULT_CONFIDENCE,
  };
}

const Reference = z.object({ url: z.string().optional(), source_name: z.string().optional() });

function addressOf(given: unknown): string | undefined {
  const reference = Reference.safeParse(given);
  return reference.success ? (reference.data.url ?? reference.data.source_name) : undefined;
}

function tlpOf(word: string): Tlp | undefined {
  const plain = word.toLowerCase().replace(/^tlp:/, '');
  if (plain === 'white') return 'clear';
  return ORDER.find((one) => one === plain);
}

/** Unmarked objects may be passed on as far as the community goes, no further. */
function strictest(given: readonly Tlp[]): Tlp {
  return (
    given.reduce<Tlp | undefined>(
      (worst, one) => (worst === undefined || ORDER.indexOf(one) > ORDER.indexOf(worst) ? one : worst),
      undefined,
    ) ?? 'green'
  );
}
