// Resolve: names to user ids.
import { ByteReader } from '../../../core/bytes.ts';
import { boundedCount, FieldWriter, readString } from './fields.ts';

export const SEND_RESOLVE = 2;
const MAX_QUERIES = 256;
const TYPE_USER = 1;
const CODE_FOUND = 0;
/** Some of the names, or none, were found. */
const CODE_PARTIAL = 0x00010000;

export interface ResolveQuery {
  readonly request: number;
  readonly names: readonly string[];
}

/** @throws SundewError WIRE_MALFORMED, WIRE_TOO_LARGE */
export function decodeResolveQuery(data: Uint8Array): ResolveQuery {
  const reader = new ByteReader(data);
  reader.u32();
  const request = reader.u32();
  const count = boundedCount(reader.u32(), MAX_QUERIES, 'names to resolve');
  return { request, names: Array.from({ length: count }, () => readString(reader)) };
}

export interface Resolved {
  readonly query: string;
  readonly matches: readonly { readonly id: string; readonly name: string }[];
}

export function encodeResolveReply(request: number, results: readonly Resolved[]): Uint8Array {
  const all = results.every(({ matches }) => matches.length > 0);
  const writer = new FieldWriter()
    .u32(0)
    .u32(request)
    .u32(all ? CODE_FOUND : CODE_PARTIAL)
    .u32(results.length);
  for (const { query, matches } of results) {
    writer
      .u32(0)
      .u32(matches.length > 0 ? CODE_FOUND : CODE_PARTIAL)
      .string(query)
      .u32(matches.length);
    for (const { id, name } of matches) writer.string(id).string(name).string('').u32(TYPE_USER);
  }
  return writer.done();
}
