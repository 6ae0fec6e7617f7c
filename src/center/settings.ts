// The settings of this process and the paths that follow from them.
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type LoadedSettings, loadSettings } from '../config/settings.ts';

/** @throws SundewError CONFIG_INVALID */
export function readSettings({ config }: { config: string | undefined }): LoadedSettings {
  return loadSettings({ file: config, env: process.env });
}

export interface DataPaths {
  readonly dir: string;
  readonly control: string;
  readonly decoys: string;
  /** Models that were made on this installation. */
  readonly models: string;
  /** The user's YARA rules. */
  readonly rules: string;
  /** What networks gave accounts to show at their next sign-on. */
  readonly keepsakes: string;
  readonly store: string;
  /** Cookies are signed with it. */
  readonly authSecret: string;
  journal(realm: 'live' | 'simulated'): string;
}

/** Where everything is kept, below `data.dir`. */
export function dataPaths({ settings }: LoadedSettings): DataPaths {
  const dir = resolve(settings.data.dir);
  return {
    dir,
    control: controlPathOf(dir),
    decoys: join(dir, 'decoys'),
    models: join(dir, 'models'),
    rules: join(dir, 'rules'),
    keepsakes: join(dir, 'keepsakes'),
    store: join(dir, 'postgres'),
    authSecret: join(dir, 'auth.secret'),
    journal: (realm) => (realm === 'live' ? join(dir, 'journal') : join(dir, 'simulated', 'journal')),
  };
}

/** `sun_path` holds 108 bytes with its NUL, on macOS 104. */
const MAX_SOCKET_PATH_BYTES = 103;

/** In the data directory; where that path is too long for a socket, in a private directory that is named after it. */
export function controlPathOf(dir: string): string {
  const near = join(dir, 'control.sock');
  if (Buffer.byteLength(near) <= MAX_SOCKET_PATH_BYTES) return near;
  const name = createHash('sha256').update(dir).digest('hex').slice(0, 16);
  return join(tmpdir(), `sundew-control-${name}`, 'control.sock');
}

/** Address of the board, as alerts link to it. */
export function publicUrlOf({ settings }: LoadedSettings): string {
  const { publicUrl, host, port } = settings.http;
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '');
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}
