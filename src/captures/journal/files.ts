// File operations of the journal that survive crashes and full disks.
import { type FileHandle, open } from 'node:fs/promises';
import { messageOf, SundewError } from '../../core/error.ts';

/** Writes all bytes at a position; a short write goes on until the rest is refused or taken. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/** Reads up to `target.length` bytes at a position; fewer only at the end of the file. */
export async function readFully(handle: FileHandle, target: Uint8Array, position: number): Promise<number> {
  let done = 0;
  while (done < target.length) {
    const { bytesRead } = await handle.read(target, done, target.length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}

/** Makes a created, renamed or removed name durable. */
export async function syncDirectory(dir: string): Promise<void> {
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The coded error of a failed file operation of the journal. */
export function storeError(error: unknown, what: string): SundewError {
  if (error instanceof SundewError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new SundewError('STORE_FULL', `no space left for ${what}; free some, nothing was acknowledged`, {
      cause: error,
    });
  }
  return new SundewError(
    'JOURNAL_UNWRITABLE',
    `cannot write ${what}: ${messageOf(error)}; see to the disk and its rights`,
    {
      cause: error,
    },
  );
}
