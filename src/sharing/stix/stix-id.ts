// Identifiers of STIX objects: the same thing has the same id at every export.
import { createHash } from 'node:crypto';

/** Our own; the one of the specification is for cyber-observables alone (STIX 2.1 section 2.9). */
const NAMESPACE = Buffer.from('5d3f0a4e9c7b4f6e8a1d2b7c4e90f613', 'hex');

/** `type--UUID`, the UUID of version 5 (RFC 9562 5.5) over the parts. */
export function stixId(type: string, ...parts: readonly string[]): string {
  const name = parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('');
  const bytes = createHash('sha1').update(NAMESPACE).update(`${type} ${name}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return `${type}--${bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;
}
