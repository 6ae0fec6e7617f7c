// Capture ids: the same thing redelivered, or replayed from a file, must count once.
import { createHash } from 'node:crypto';
import type { CaptureId } from './capture.ts';

/** A UUID (version 8, RFC 9562 5.8) made of the first 16 bytes of a SHA-256 over the parts, each with its length. */
export function uuidOf(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  const bytes = hash.digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Id of a capture that brings none: of (network, decoy, native) or, without `native`, of its content. */
export function captureIdOf(
  of: { network: string; decoy: string; native?: string | undefined },
  content: string,
): CaptureId {
  const uuid =
    of.native === undefined
      ? uuidOf('content', of.network, of.decoy, content)
      : uuidOf('native', of.network, of.decoy, of.native);
  return uuid as CaptureId;
}
