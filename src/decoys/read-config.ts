// A decoy's settings from outside (file, API, command) into a checked DecoyConfig; every refusal names the key.
import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { messageOf, SundewError } from '../core/error.ts';
import { DecoyConfig } from './decoy-config.ts';
import { lintProfile } from './profile-lint.ts';

const MAX_SECRET_BYTES = 64 * 1024;
const SECRETS = ['password', 'serverPassword', 'ca'];

type Json = Readonly<Record<string, unknown>>;

/**
 * Checks settings of a decoy. `where` is what the error calls them.
 * @throws SundewError CONFIG_INVALID
 */
export function parseDecoyConfig(value: unknown, where: string): DecoyConfig {
  if (!isJson(value)) throw new SundewError('CONFIG_INVALID', `${where}: must be settings with at least a network`);
  const parsed = DecoyConfig.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.join('.') ?? '';
    throw new SundewError('CONFIG_INVALID', `${where}: ${path === '' ? '' : `${path}: `}${issue?.message ?? 'wrong'}`);
  }
  const config = parsed.data;
  for (const text of profileOf(config)) {
    const problem = lintProfile(text);
    if (problem !== undefined) {
      throw new SundewError('CONFIG_INVALID', `${where}: "${text}" ${problem}, which a decoy must not; choose another`);
    }
  }
  return config;
}

/** All that a peer may read of a decoy. */
function profileOf(config: DecoyConfig): readonly string[] {
  const texts = [config.address.split('@')[0]];
  if ('realname' in config) texts.push(config.realname);
  if ('profile' in config) texts.push(config.profile);
  return texts.filter((text) => text !== undefined);
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Puts the content of `…_file` keys in the place of the key that they name. @throws SundewError CONFIG_INVALID */
export async function readSecretFiles(value: unknown, dir: string, where: string): Promise<unknown> {
  if (!isJson(value)) return value;
  const out: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    const plain = SECRETS.find((secret) => key === `${secret}_file`);
    if (plain === undefined) out[key] = await readSecretFiles(inner, dir, where);
    else if (plain in value) throw new SundewError('CONFIG_INVALID', `${where}: give ${plain} or ${key}, not both`);
    else out[plain] = await readSmall(inner, dir, `${where}: ${key}`);
  }
  return out;
}

/** The settings with `ca` as PEM instead of a path. @throws SundewError CONFIG_INVALID */
export async function resolveCa(config: DecoyConfig, dir: string): Promise<DecoyConfig> {
  if (!('ca' in config)) return config;
  const { ca } = config;
  if (ca === undefined || ca.includes('-----BEGIN')) return config;
  const pem = await readSmall(ca, dir, `decoy ${config.name}: ca`);
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
    throw new SundewError('CONFIG_INVALID', `decoy ${config.name}: ca: ${ca} holds no certificate in PEM form`);
  }
  return { ...config, ca: pem };
}

async function readSmall(path: unknown, dir: string, where: string): Promise<string> {
  if (typeof path !== 'string') throw new SundewError('CONFIG_INVALID', `${where} must be the path of a file`);
  try {
    const content = await readFile(isAbsolute(path) ? path : join(dir, path), 'utf8');
    if (content.length <= MAX_SECRET_BYTES) return content.trim();
  } catch (cause) {
    throw new SundewError('CONFIG_INVALID', `${where}: ${path} cannot be read: ${messageOf(cause)}`, { cause });
  }
  throw new SundewError('CONFIG_INVALID', `${where}: ${path} is larger than ${MAX_SECRET_BYTES} bytes`);
}
