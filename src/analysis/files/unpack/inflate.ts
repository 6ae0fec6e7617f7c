// Unpacking with a cap: what would come out larger is not unpacked at all.
import { constants, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';

/** `over`: more than the cap would come out. `broken`: not what it claims to be. */
export type Inflated = Uint8Array | 'over' | 'broken';

const CHUNK = 64 * 1024;

function bounded(unpack: (options: { maxOutputLength: number; chunkSize: number }) => Buffer, room: number): Inflated {
  if (room < 1) return 'over';
  try {
    return unpack({ maxOutputLength: room, chunkSize: CHUNK });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'over' : 'broken';
  }
}

// A stream that is cut short gives what it has.
const lenient = { finishFlush: constants.Z_SYNC_FLUSH };

export function inflateRaw(packed: Uint8Array, room: number): Inflated {
  return bounded((options) => inflateRawSync(packed, { ...options, ...lenient }), room);
}

/** All members of a gzip file, one behind the other; what is no member at its end is left. */
export function gunzip(packed: Uint8Array, room: number): Inflated {
  return bounded((options) => gunzipSync(packed, { ...options, ...lenient }), room);
}

export function unzstd(packed: Uint8Array, room: number): Inflated {
  return bounded((options) => zstdDecompressSync(packed, options), room);
}

export function inflateZlib(packed: Uint8Array, room: number): Inflated {
  return bounded((options) => inflateSync(packed, { ...options, ...lenient }), room);
}
