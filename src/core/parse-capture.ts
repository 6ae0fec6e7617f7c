// Reads the interchange form of a capture, from a file or the wire of another program: hostile until parsed.
import { CAPTURE_KINDS, type Capture, type CapturedFile, type CaptureId, type Peer, VERIFIED_BY } from './capture.ts';
import { captureIdOf } from './capture-id.ts';
import { SundewError } from './error.ts';
import { isNetwork } from './network.ts';

/** Characters; longer texts are cut and `meta.cut` names the field. */
export const MAX_TEXT = 1 << 20;
const MAX_NAME = 4096;
const MAX_META_BYTES = 256 * 1024;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/i;
const SHA256 = /^[0-9a-f]{64}$/i;
const KEYS = new Set([
  'v',
  'id',
  'native',
  'at',
  'sentAt',
  'network',
  'sensor',
  'decoy',
  'peer',
  'kind',
  'conversation',
  'text',
  'html',
  'encrypted',
  'file',
  'meta',
  'simulated',
]);

type Json = Readonly<Record<string, unknown>>;

/** Lone surrogates and NUL cannot be stored or sent as UTF-8; they become U+FFFD. */
export function cleanText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\ufffd');
}

/**
 * Parses one capture of the interchange form, version 1. Unknown keys move to `meta`; an id is made when none is given.
 * @throws SundewError CAPTURE_INVALID naming the key and what it must be
 */
export function parseCapture(value: unknown, defaults: { sensor: string }): Capture {
  const json = record(value, 'capture');
  if (json.v !== 1) throw invalid('v', 'must be 1');
  if (!isNetwork(json.network)) throw invalid('network', 'must be one of the network slugs, such as "xmpp"');
  const kind = CAPTURE_KINDS.find((known) => known === json.kind);
  if (kind === undefined) throw invalid('kind', `must be one of ${CAPTURE_KINDS.join(', ')}`);
  const decoy = required(json.decoy, 'decoy', MAX_NAME);
  const native = optional(json.native, 'native', MAX_NAME);
  const cut: string[] = [];
  const text = long(json.text, 'text', cut);
  const html = long(json.html, 'html', cut);
  const sentAt = json.sentAt === undefined || json.sentAt === null ? undefined : time(json.sentAt, 'sentAt');
  const conversation = optional(json.conversation, 'conversation', MAX_NAME);
  const file = json.file === undefined || json.file === null ? undefined : parseFile(json.file);
  const rest = {
    at: time(json.at, 'at'),
    network: json.network,
    sensor: optional(json.sensor, 'sensor', MAX_NAME) ?? defaults.sensor,
    decoy,
    peer: parsePeer(json.peer),
    kind,
    ...(native === undefined ? {} : { native }),
    ...(sentAt === undefined ? {} : { sentAt }),
    ...(conversation === undefined ? {} : { conversation }),
    ...(text === undefined ? {} : { text }),
    ...(html === undefined ? {} : { html }),
    ...(json.encrypted === undefined ? {} : { encrypted: bool(json.encrypted, 'encrypted') }),
    ...(file === undefined ? {} : { file }),
    meta: parseMeta(json, cut),
    simulated: json.simulated === undefined ? false : bool(json.simulated, 'simulated'),
  };
  return { v: 1, id: parseId(json.id) ?? captureIdOf(rest, () => JSON.stringify(rest)), ...rest };
}

function parseId(value: unknown): CaptureId | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || !UUID.test(value)) throw invalid('id', 'must be a lower-case UUID');
  return value as CaptureId;
}

function parsePeer(value: unknown): Peer {
  const json = record(value, 'peer');
  const name = optional(json.name, 'peer.name', MAX_NAME);
  const address = optional(json.address, 'peer.address', MAX_NAME);
  const client = optional(json.client, 'peer.client', MAX_NAME);
  const verifiedBy = VERIFIED_BY.find((known) => known === json.verifiedBy);
  if (json.verifiedBy !== undefined && verifiedBy === undefined) {
    throw invalid('peer.verifiedBy', `must be one of ${VERIFIED_BY.join(', ')}`);
  }
  return {
    id: required(json.id, 'peer.id', MAX_NAME),
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address }),
    ...(client === undefined ? {} : { client }),
    ...(verifiedBy === undefined ? {} : { verifiedBy }),
  };
}

function parseFile(value: unknown): CapturedFile {
  const json = record(value, 'file');
  const name = optional(json.name, 'file.name', MAX_NAME);
  const type = optional(json.type, 'file.type', MAX_NAME);
  const { size, sha256 } = json;
  if (size !== undefined && size !== null && !(typeof size === 'number' && Number.isSafeInteger(size) && size >= 0)) {
    throw invalid('file.size', 'must be a whole number of bytes');
  }
  if (sha256 !== undefined && sha256 !== null && !(typeof sha256 === 'string' && SHA256.test(sha256))) {
    throw invalid('file.sha256', 'must be 64 hexadecimal digits');
  }
  return {
    ...(name === undefined ? {} : { name }),
    ...(typeof size === 'number' ? { size } : {}),
    ...(type === undefined ? {} : { type }),
    ...(typeof sha256 === 'string' ? { sha256: sha256.toLowerCase() } : {}),
  };
}

function parseMeta(json: Json, cut: readonly string[]): Json {
  const meta: Record<string, unknown> =
    json.meta === undefined || json.meta === null ? {} : { ...record(json.meta, 'meta') };
  for (const [key, value] of Object.entries(json)) if (!KEYS.has(key)) meta[key] = value;
  if (cut.length > 0) meta.cut = cut;
  if (Object.keys(meta).length === 0) return meta;
  const text = JSON.stringify(meta);
  if (text.length > MAX_META_BYTES) throw invalid('meta', `must be at most ${MAX_META_BYTES} bytes as JSON`);
  return cleanJson(meta) as Json;
}

/** The same of every key and text within a JSON value. */
function cleanJson(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleanText(key), cleanJson(inner)]));
}

function long(value: unknown, key: string, cut: string[]): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalid(key, 'must be text');
  if (value.length <= MAX_TEXT) return cleanText(value);
  cut.push(key);
  return cleanText(value.slice(0, MAX_TEXT));
}

function optional(value: unknown, key: string, max: number): string | undefined {
  return value === undefined || value === null ? undefined : required(value, key, max);
}

function required(value: unknown, key: string, max: number): string {
  if (typeof value !== 'string' || value === '') throw invalid(key, 'must be text and not empty');
  if (value.length > max) throw invalid(key, `must be at most ${max} characters`);
  return cleanText(value);
}

function bool(value: unknown, key: string): boolean {
  if (typeof value !== 'boolean') throw invalid(key, 'must be true or false');
  return value;
}

function time(value: unknown, key: string): string {
  if (typeof value !== 'string' || !RFC3339.test(value))
    throw invalid(key, 'must be an RFC 3339 time, such as 2026-01-31T12:00:00Z');
  const ms = Date.parse(value);
  if (Number.isNaN(ms)) throw invalid(key, 'is not a time of the calendar');
  return new Date(ms).toISOString();
}

function record(value: unknown, key: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(key, 'must be a JSON object');
  return value as Json;
}

function invalid(key: string, rule: string): SundewError {
  return new SundewError('CAPTURE_INVALID', `capture: ${key} ${rule}`);
}
