// MISP galaxy clusters (https://github.com/MISP/misp-galaxy, clusters/*.json) as sources.
import { z } from 'zod';
import { SundewError } from '../../core/error.ts';
import { parseBounded } from './bounded-json.ts';
import { clean, cleanList, type ImportedSource, MAX_OBJECTS, type Parsed } from './types.ts';

const Cluster = z.object({ type: z.string(), values: z.array(z.unknown()).max(MAX_OBJECTS) });
const Value = z.object({
  value: z.string().min(1),
  uuid: z.string().min(1),
  description: z.string().optional(),
  meta: z.record(z.string(), z.unknown()).optional(),
});
const DEFAULT_CONFIDENCE = 50;

/** @throws SundewError INPUT_INVALID */
export function parseMispGalaxy(text: string): Parsed {
  const cluster = Cluster.safeParse(parseBounded(text));
  if (!cluster.success)
    throw new SundewError('INPUT_INVALID', 'the file is no galaxy cluster: it has no "type" and list of "values"');
  const { type, values } = cluster.data;
  const sources = values.flatMap((one) => {
    const value = Value.safeParse(one);
    return value.success ? [sourceOf(type, value.data)] : [];
  });
  return { sources, skipped: values.length - sources.length };
}

function sourceOf(kind: string, { value, uuid, description = '', meta = {} }: z.infer<typeof Value>): ImportedSource {
  return {
    origin: 'misp-galaxy',
    ref: clean(uuid, 200),
    kind: clean(kind, 500),
    name: clean(value, 300),
    aliases: cleanList(listOf(meta.synonyms), 300, 200),
    description: clean(description, 5_000),
    references: cleanList(listOf(meta.refs), 2_000, 200),
    // Galaxies are published for everybody.
    tlp: 'clear',
    confidence: confidenceOf(meta['attribution-confidence']),
  };
}

function listOf(given: unknown): readonly unknown[] {
  return Array.isArray(given) ? given : [];
}

function confidenceOf(given: unknown): number {
  const number = typeof given === 'string' ? Number.parseInt(given, 10) : given;
  const known = typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= 100;
  return known ? number : DEFAULT_CONFIDENCE;
}
