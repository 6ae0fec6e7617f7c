// The catalogue of settings, read off the schema: their paths, environment names, types, defaults and meanings.
import { z } from 'zod';
import { SettingsSchema } from './schema.ts';

export interface SettingKey {
  readonly path: readonly string[];
  /** `SUNDEW_HTTP_PORT` for `http.port`, `SUNDEW_HTTP_PUBLIC_URL` for `http.publicUrl`. */
  readonly env: string;
  readonly type: 'string' | 'number' | 'boolean';
  readonly choices: readonly string[];
  readonly default: string | undefined;
  readonly description: string;
}

interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly description?: string;
}

const FILE_SUFFIX = '_file';

export const SETTING_KEYS: readonly SettingKey[] = leaves(
  z.toJSONSchema(SettingsSchema, { io: 'input', unrepresentable: 'any' }) as JsonSchema,
  [],
);

/** Paths of the secrets that may also be given as the name of a file. */
export const SECRET_PATHS: readonly (readonly string[])[] = SETTING_KEYS.filter((key) =>
  key.path.at(-1)?.endsWith(FILE_SUFFIX),
).map((key) => [...key.path.slice(0, -1), (key.path.at(-1) ?? '').slice(0, -FILE_SUFFIX.length)]);

/** The sibling that names the file of a secret. */
export function filePath(secret: readonly string[]): readonly string[] {
  return [...secret.slice(0, -1), `${secret.at(-1)}${FILE_SUFFIX}`];
}

export function envName(path: readonly string[]): string {
  const words = path.map((part) => part.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase());
  return `SUNDEW_${words.join('_')}`;
}

function leaves(schema: JsonSchema, path: readonly string[]): readonly SettingKey[] {
  if (schema.properties !== undefined) {
    return Object.entries(schema.properties).flatMap(([name, child]) => leaves(child, [...path, name]));
  }
  const type = schema.type === 'integer' || schema.type === 'number' ? 'number' : schema.type;
  return [
    {
      path,
      env: envName(path),
      type: type === 'number' || type === 'boolean' ? type : 'string',
      choices: schema.enum ?? [],
      default: schema.default === undefined ? undefined : String(schema.default),
      description: schema.description ?? '',
    },
  ];
}

const MAX_DISTANCE = 3;
/** Longer names are nobody's typing mistake. */
const MAX_NAME = 80;

/** The known name that a mistyped one probably meant. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (name.length > MAX_NAME) return undefined;
  const scored = known.map((candidate) => ({
    candidate,
    distance: editDistance(name.toLowerCase(), candidate.toLowerCase()),
  }));
  scored.sort((a, b) => a.distance - b.distance);
  const best = scored[0];
  return best !== undefined && best.distance <= MAX_DISTANCE ? best.candidate : undefined;
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const replaced = (row[j] ?? 0) + (letter === b[j] ? 0 : 1);
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
