// A small file with secrets, replaced whole: after a crash there is the old one or the new one.
import { chmod, mkdir, open, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a file of mode 0600, and its directory when it is missing; resolves once it is on the disk. */
export async function writeDurably(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(`${path}.new`, content, { mode: 0o600, flush: true });
  await chmod(`${path}.new`, 0o600); // one that a crash left has the mode that it had
  await rename(`${path}.new`, path);
  await syncDirectory(dirname(path));
}

/** Makes what was done to a directory's entries last. */
export async function syncDirectory(dir: string): Promise<void> {
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
