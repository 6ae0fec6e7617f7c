// Which real servers and clients this machine has. A suite that needs one that is missing is skipped, said aloud with
// the command that installs it; with SUNDEW_PEERS=required (as in CI) a missing one fails the run.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export const PEERS = [
  'prosody',
  'ngircd',
  'slixmpp',
  'sendxmpp',
  'irssi',
  'chromium',
  'tshark',
  'libmeanwhile',
  'postgresql15',
  'tlsh',
  'pefile',
  'yara',
  '7z',
  'zip',
  'xz',
  'bzip2',
  'genisoimage',
  'stix2_validator',
] as const;
export type Peer = (typeof PEERS)[number];

export const INSTALL_COMMAND = 'sudo scripts/install-peers.sh';
/** Where Debian puts what is on no ordinary user's PATH, and scripts/install-peers.sh what Debian has not. */
const EXTRA_PATH = ['/usr/sbin', '/sbin', '/opt/sundew-peers/bin'];
export const POSTGRES15_BIN = '/usr/lib/postgresql/15/bin';
const SYSTEM_PYTHON = '/usr/bin/python3';

/** The full path of a program, or `undefined`. */
export function findProgram(name: string): string | undefined {
  const places = [...(process.env.PATH ?? '').split(delimiter), ...EXTRA_PATH];
  return places.map((place) => join(place, name)).find(isExecutable);
}

const known = new Map<Peer, boolean>();

/** Whether the peer is there; asked once a process. */
export function hasPeer(peer: Peer): boolean {
  const there = known.get(peer) ?? look(peer);
  known.set(peer, there);
  return there;
}

/** For `describe.skipIf(needs('prosody', 'sendxmpp'))`: true when the suite must be skipped. */
export function needs(...peers: readonly Peer[]): boolean {
  return !peers.every(hasPeer);
}

/** Vitest's global setup of the suite `lab`. */
export function setup(): void {
  const missing = PEERS.filter((peer) => !hasPeer(peer));
  if (missing.length === 0) return;
  const sentence = `peers missing: ${missing.join(', ')}; install them with: ${INSTALL_COMMAND}`;
  if (process.env.SUNDEW_PEERS === 'required') throw new Error(`SUNDEW_PEERS=required, and ${sentence}`);
  console.warn(`lab: the suites that need them are skipped: ${sentence}`);
}

function look(peer: Peer): boolean {
  switch (peer) {
    case 'slixmpp':
    case 'tlsh':
    case 'pefile':
      return spawnSync(SYSTEM_PYTHON, ['-c', `import ${peer}`], { stdio: 'ignore' }).status === 0;
    case 'libmeanwhile':
      return isExecutable('/usr/bin/cc') && spawnSync('pkg-config', ['--exists', 'meanwhile']).status === 0;
    case 'postgresql15':
      return isExecutable(join(POSTGRES15_BIN, 'postgres'));
    default:
      return findProgram(peer) !== undefined;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // the very question
  }
}
