// Models made on this installation: one file a version in a folder, and a note which of them is used. Old ones stay.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, SundewError } from '../../core/error.ts';
import { shippedModel } from './model.ts';
import { MAX_MODEL_BYTES, type ModelHeader, unpackModel } from './model-file.ts';

/** The model that comes with Sundew, as `useModel` calls it. */
export const SHIPPED = 'shipped';
const ENDING = '.model';
const NOTE = 'in-use';
/** The folder's name in a data directory. */
const IN_DATA = 'models';
const VERSION = /^[0-9a-f]{12}(?:-with-\d{1,9}-corrections)?$/;

export interface ListedModel {
  readonly name: string;
  readonly inUse: boolean;
  readonly header: ModelHeader;
}

/** Keeps a model; it is not used before `useModel`. @returns its version */
export function keepModel(folder: string, packed: Uint8Array): string {
  const { version } = unpackModel(packed).header;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeWhole(fileOf(folder, version), packed);
  return version;
}

/** The shipped model, then those of the folder by name. */
export function listModels(folder: string): readonly ListedModel[] {
  const used = nameInUse(folder);
  const names = namesIn(folder).filter((name) => name.endsWith(ENDING));
  const own = names.sort().map((file): ListedModel => {
    const name = file.slice(0, -ENDING.length);
    return { name, inUse: name === used, header: unpackModel(bytesOf(join(folder, file))).header };
  });
  return [{ name: SHIPPED, inUse: used === SHIPPED, header: shippedModel().header }, ...own];
}

/** From the next start on, this model is asked. @throws SundewError NOT_FOUND, INPUT_INVALID */
export function useModel(folder: string, name: string): void {
  if (name === SHIPPED) {
    rmSync(join(folder, NOTE), { force: true });
    return;
  }
  if (!VERSION.test(name) || !namesIn(folder).includes(`${name}${ENDING}`))
    throw new SundewError('NOT_FOUND', `there is no model ${name}; sundew model list shows those there are`);
  unpackModel(bytesOf(fileOf(folder, name)));
  writeWhole(join(folder, NOTE), `${name}\n`);
}

/** File of the model in use; `undefined` for the shipped one. */
export function modelFileInUse(folder: string): string | undefined {
  const name = nameInUse(folder);
  return name === SHIPPED ? undefined : fileOf(folder, name);
}

/**
 * The model that a path stands for: a file, or the one in use of a folder of models or of a data directory.
 * @returns its file; `undefined` for the shipped one
 * @throws SundewError INPUT_INVALID, NOT_FOUND when no model was ever made there
 */
export function modelFileAt(path: string): string | undefined {
  const file = isFolder(path) ? fileInUseBelow(path) : path;
  if (file !== undefined) unpackModel(bytesOf(file));
  return file;
}

function fileInUseBelow(path: string): string | undefined {
  const folder = namesIn(path).includes(IN_DATA) ? join(path, IN_DATA) : path;
  if (!namesIn(folder).some((name) => name.endsWith(ENDING)))
    throw new SundewError('NOT_FOUND', `there is no model in ${path}`);
  return modelFileInUse(folder);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (cause) {
    throw new SundewError('INPUT_INVALID', `${path} cannot be read: ${messageOf(cause)}`, { cause });
  }
}

/** Reads a model's file. @throws SundewError INPUT_INVALID when it is no model */
export function bytesOf(file: string): Uint8Array {
  const bytes = readFileSync(file);
  if (bytes.length > MAX_MODEL_BYTES) throw new SundewError('INPUT_INVALID', `${file} is too large for a model`);
  return bytes;
}

function nameInUse(folder: string): string {
  if (!namesIn(folder).includes(NOTE)) return SHIPPED;
  const name = readFileSync(join(folder, NOTE), 'utf8').trim();
  if (!VERSION.test(name)) throw new SundewError('INPUT_INVALID', `${join(folder, NOTE)} names no model`);
  return name;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // no model was made here yet
  }
}

function fileOf(folder: string, version: string): string {
  return join(folder, `${version}${ENDING}`);
}

// Whole or not at all, also when the power goes.
function writeWhole(file: string, content: Uint8Array | string): void {
  writeFileSync(`${file}.part`, content, { mode: 0o600, flush: true });
  renameSync(`${file}.part`, file);
}
