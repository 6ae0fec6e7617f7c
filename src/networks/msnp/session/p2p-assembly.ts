// Puts the chunks of P2P signalling together, per sender and message. What a switchboard relays comes in order.
import { concatBytes } from '../../../core/bytes.ts';
import { SundewError } from '../../../core/error.ts';
import type { P2pChunk } from '../wire/p2p.ts';
import { MAX_SLP_BYTES } from '../wire/slp.ts';

/** Messages that are being put together on one switchboard. */
const MAX_OPEN = 4;
const MAX_PARTS = 512;
/** Of the commands that one message came in. */
const MAX_RAW_BYTES = 256 * 1024;

interface Part {
  readonly chunk: Uint8Array;
  /** The command that it came in. */
  readonly raw: Uint8Array;
}

/** By sender and identifier. */
export type P2pAssembly = ReadonlyMap<string, readonly Part[]>;

export const EMPTY_ASSEMBLY: P2pAssembly = new Map();

export interface Assembled {
  readonly open: P2pAssembly;
  /** The whole message, with its last chunk, and all commands that it came in. */
  readonly whole?: { readonly message: Uint8Array; readonly raw: Uint8Array };
}

/**
 * Adds one chunk of signalling.
 * @throws SundewError WIRE_MALFORMED for overlaps and gaps, WIRE_TOO_LARGE
 */
export function addChunk(open: P2pAssembly, sender: string, chunk: P2pChunk, raw: Uint8Array): Assembled {
  if (chunk.total > BigInt(MAX_SLP_BYTES)) {
    throw new SundewError('WIRE_TOO_LARGE', `P2P: signalling of ${chunk.total} bytes`);
  }
  const key = `${chunk.identifier} ${sender.toLowerCase()}`;
  const parts = chunk.offset === 0n ? [] : (open.get(key) ?? []);
  const have = parts.reduce((sum, part) => sum + part.chunk.length, 0);
  if (BigInt(have) !== chunk.offset) throw new SundewError('WIRE_MALFORMED', 'P2P: chunks that overlap or leave a gap');
  if (parts.length >= MAX_PARTS)
    throw new SundewError('WIRE_TOO_LARGE', `P2P: over ${MAX_PARTS} chunks of one message`);
  if (parts.reduce((sum, part) => sum + part.raw.length, raw.length) > MAX_RAW_BYTES) {
    throw new SundewError('WIRE_TOO_LARGE', `P2P: one message in commands of over ${MAX_RAW_BYTES} bytes`);
  }
  const next = new Map(open);
  next.delete(key);
  const all = [...parts, { chunk: Uint8Array.from(chunk.chunk), raw: Uint8Array.from(raw) }];
  if (BigInt(have + chunk.chunk.length) === chunk.total) {
    const [message, commands] = [all.map((part) => part.chunk), all.map((part) => part.raw)].map(concatBytes);
    return { open: next, whole: { message: message ?? raw, raw: commands ?? raw } };
  }
  if (chunk.chunk.length === 0) return { open: next };
  const [oldest] = next.keys();
  if (next.size >= MAX_OPEN && oldest !== undefined) next.delete(oldest);
  next.set(key, all);
  return { open: next };
}
