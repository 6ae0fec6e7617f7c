// Signed heads: now and then the number and chain hash of the last entry, signed with the sensor's Ed25519 key, so that
// a journal cut short or made anew is noticed. The public key belongs somewhere else too (docs/captures.md).
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { appendFile, open, readFile, rename, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { syncDirectory } from './files.ts';

const KEY_FILE = 'signing-key.pem';
const PUBLIC_FILE = 'signing-key.pub.pem';
const HEADS_FILE = 'heads.ndjson';
const DOMAIN = 'sundew/journal/head/v1';

export interface Head {
  readonly seq: number;
  readonly at: string;
  /** Chain hash of entry `seq`, hexadecimal. */
  readonly hash: string;
  readonly signature: string;
}

function message(head: Omit<Head, 'signature'>): Buffer {
  return Buffer.from(`${DOMAIN}\0${head.seq}\0${head.at}\0${head.hash}`, 'utf8');
}

/** The directory's signing key; made at the first start, mode 0600. */
export async function openSigningKey(dir: string): Promise<KeyObject> {
  const path = join(dir, KEY_FILE);
  await mendHeads(join(dir, HEADS_FILE));
  const pem = await readFile(path, 'utf8').catch(() => undefined);
  if (pem !== undefined && pem !== '') return createPrivateKey(pem);
  const pair = generateKeyPairSync('ed25519');
  const publicPem = pair.publicKey.export({ type: 'spki', format: 'pem' });
  await writeFile(join(dir, PUBLIC_FILE), publicPem);
  await writeFile(`${path}.new`, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }), {
    mode: 0o600,
    flush: true,
  });
  await rename(`${path}.new`, path);
  await syncDirectory(dir);
  return pair.privateKey;
}

/** A crash may have cut the last line short. */
async function mendHeads(path: string): Promise<void> {
  const bytes = await readFile(path).catch(() => Buffer.alloc(0));
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) await truncate(path, whole);
}

/** Signs a head and appends it durably. */
export async function appendHead(dir: string, key: KeyObject, head: Omit<Head, 'signature'>): Promise<void> {
  const line = JSON.stringify({ ...head, signature: sign(null, message(head), key).toString('base64') });
  await appendFile(join(dir, HEADS_FILE), `${line}\n`, { mode: 0o600 });
  const file = await open(join(dir, HEADS_FILE), 'r+');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** The heads of a journal whose signature holds, and how many lines do not hold. The last line may be torn. */
export async function readHeads(dir: string): Promise<{ readonly heads: readonly Head[]; readonly forged: number }> {
  const text = await readFile(join(dir, HEADS_FILE), 'utf8').catch(() => '');
  const pem = await readFile(join(dir, PUBLIC_FILE), 'utf8').catch(() => undefined);
  const lines = text.split('\n');
  lines.pop();
  const key = pem === undefined ? undefined : createPublicKey(pem);
  const heads: Head[] = [];
  for (const line of lines) {
    const head = parseHead(line);
    if (head === undefined || key === undefined) continue;
    if (verify(null, message(head), key, Buffer.from(head.signature, 'base64'))) heads.push(head);
  }
  return { heads, forged: lines.length - heads.length };
}

function parseHead(line: string): Head | undefined {
  let json: Partial<Record<keyof Head, unknown>>;
  try {
    json = JSON.parse(line) as Partial<Record<keyof Head, unknown>>;
  } catch {
    // A line that is no JSON is counted as forged by the caller.
    return undefined;
  }
  const { seq, at, hash, signature } = json ?? {};
  if (typeof seq !== 'number' || typeof at !== 'string' || typeof hash !== 'string') return undefined;
  return typeof signature === 'string' ? { seq, at, hash, signature } : undefined;
}
