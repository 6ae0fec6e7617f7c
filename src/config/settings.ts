// Reads the settings once: one YAML file, every key overridden by SUNDEW_…, secrets also from files.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { messageOf } from '../core/error.ts';
import { filePath, nearest, SECRET_PATHS, SETTING_KEYS, type SettingKey } from './keys.ts';
import { configError, describeIssue, type Sources } from './problem.ts';
import { type Settings, SettingsSchema } from './schema.ts';

export interface LoadOptions {
  /** As given by `--config`; must exist. Otherwise `SUNDEW_CONFIG`, or `sundew.yaml` in the data directory if there. */
  readonly file?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Wins over everything. */
  readonly dataDir?: string | undefined;
}

export interface LoadedSettings {
  readonly settings: Settings;
  /** Where the browser's changes are written; perhaps not there yet. */
  readonly file: string;
}

const MAX_FILE_BYTES = 1024 * 1024;
const MAX_SECRET_BYTES = 64 * 1024;
/** Variables of the test suite and the launcher, which are no settings. */
const NOT_SETTINGS = new Set(['SUNDEW_CONFIG', 'SUNDEW_PEERS', 'SUNDEW_TEST_DATABASE_URL']);

/** @throws SundewError CONFIG_INVALID naming file and line or the variable, and the nearest known key */
export function loadSettings(options: LoadOptions): LoadedSettings {
  const given = options.file ?? (options.env.SUNDEW_CONFIG || undefined);
  const early = options.dataDir ?? (options.env.SUNDEW_DATA_DIR || './data');
  const file = resolve(given ?? join(early, 'sundew.yaml'));
  if (given !== undefined && !existsSync(file)) throw configError([`${file}: there is no such file`]);
  const overrides = readEnv(options.env);
  if (options.dataDir !== undefined) overrides.set('data.dir', { value: options.dataDir, from: '--data' });
  const settings = parseSettings(existsSync(file) ? readText(file) : '', file, overrides);
  return { settings, file };
}

export interface Override {
  readonly value: string | number | boolean;
  /** The variable, for messages. */
  readonly from: string;
}

/** Parses the text of a settings file under overrides by dotted path. @throws SundewError CONFIG_INVALID */
export function parseSettings(text: string, file: string, overrides: ReadonlyMap<string, Override>): Settings {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const syntax = document.errors[0];
  if (syntax !== undefined)
    throw configError([`${file}:${lines.linePos(syntax.pos[0]).line}: ${syntax.message}`], syntax);
  const values = toTree(document, file);
  for (const [path, override] of overrides) applyOverride(values, path.split('.'), override.value);
  readSecretFiles(values, dirname(file));
  const env = new Map([...overrides].map(([path, override]) => [path, override.from]));
  const sources: Sources = { file, document, lines, env };
  const parsed = SettingsSchema.safeParse(values);
  if (parsed.success) return parsed.data;
  throw configError(parsed.error.issues.flatMap((issue) => describeIssue(issue, sources)));
}

type Tree = Record<string, unknown>;

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An empty file, and an empty section, are no mistakes. */
function toTree(document: Document, file: string): Tree {
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 20 });
  } catch (error) {
    throw configError([`${file}: ${messageOf(error)}`], error);
  }
  if (value === null || value === undefined) return {};
  if (!isTree(value)) throw configError([`${file}:1: must be a list of \`key: value\``]);
  return Object.fromEntries(Object.entries(value).filter(([, section]) => section !== null));
}

function readEnv(env: LoadOptions['env']): Map<string, Override> {
  const overrides = new Map<string, Override>();
  const known = new Map(SETTING_KEYS.map((key) => [key.env, key]));
  const problems: string[] = [];
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith('SUNDEW_') || NOT_SETTINGS.has(name) || value === undefined || value === '') continue;
    const key = known.get(name);
    if (key === undefined) {
      const guess = nearest(name, [...known.keys()]);
      problems.push(`${name}: unknown setting${guess === undefined ? '' : ` (did you mean ${guess}?)`}`);
    } else {
      overrides.set(key.path.join('.'), { value: coerce(key, value), from: name });
    }
  }
  if (problems.length > 0) throw configError(problems);
  return overrides;
}

/** A number or a yes/no where the setting is one; what is neither stays text, and the schema says what is wrong with it. */
function coerce(key: SettingKey, value: string): string | number | boolean {
  if (key.type === 'number' && /^\d{1,9}$/.test(value)) return Number(value);
  if (key.type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

function applyOverride(values: Tree, path: readonly string[], value: unknown): void {
  const parent = parentOf(values, path, true);
  const name = path.at(-1);
  if (parent === undefined || name === undefined) return; // a section that is no section: the schema says so
  for (const secret of SECRET_PATHS) {
    // A secret from the environment replaces the file's, in whichever of its two forms.
    const file = filePath(secret);
    if (file.join('.') === path.join('.')) delete parent[secret.at(-1) ?? ''];
    if (secret.join('.') === path.join('.')) delete parent[file.at(-1) ?? ''];
  }
  parent[name] = value;
}

function parentOf(values: Tree, path: readonly string[], make: boolean): Tree | undefined {
  let at = values;
  for (const name of path.slice(0, -1)) {
    if (make && (at[name] === undefined || at[name] === null)) at[name] = {};
    const next = at[name];
    if (!isTree(next)) return undefined;
    at = next;
  }
  return at;
}

function readSecretFiles(values: Tree, base: string): void {
  for (const secret of SECRET_PATHS) {
    const parent = parentOf(values, secret, false);
    const [name, fileKey] = [secret.at(-1) ?? '', filePath(secret).at(-1) ?? ''];
    const named = parent?.[fileKey];
    if (parent === undefined || typeof named !== 'string') continue;
    if (parent[name] !== undefined) {
      throw configError([`${secret.join('.')} and ${filePath(secret).join('.')} are both set: keep one`]);
    }
    parent[name] = readText(resolve(base, named), MAX_SECRET_BYTES).replace(/\r?\n$/, '');
  }
}

/** @throws SundewError CONFIG_INVALID when it cannot be read or is absurdly long */
export function readText(file: string, maxBytes = MAX_FILE_BYTES): string {
  try {
    if (statSync(file).size > maxBytes) throw configError([`${file}: is longer than ${maxBytes} bytes`]);
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw configError([`${file}: cannot be read (${messageOf(error)})`], error);
  }
}
