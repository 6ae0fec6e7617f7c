// PostgreSQL refuses to run as root. Started by root it runs as another user where the paths allow, else inside a user
// namespace in which root is somebody else (and owns the same files), else not at all, with a sentence.
import { spawnSync } from 'node:child_process';
import { chownSync, readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { SundewError } from '../../core/error.ts';

export type RunAs =
  | { readonly kind: 'self' }
  | { readonly kind: 'user'; readonly uid: number; readonly gid: number; readonly name: string }
  | { readonly kind: 'namespace'; readonly uid: number; readonly gid: number };

interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

export interface RunAsQuestion {
  /** Directory of the embedded server, already there. */
  readonly dir: string;
  /** The cluster inside it, perhaps not yet there. */
  readonly cluster: string;
  readonly postgres: string;
  /** For tests: the user asking, the accounts of the machine, what may be tried. */
  readonly uid?: number;
  readonly accounts?: readonly Account[];
  readonly namespaces?: boolean;
}

/** Accounts made for this purpose, in order of preference. */
const PREFERRED = ['sundew', 'postgres'];

/** Decides, and hands the directory to the chosen user. @throws SundewError STORE_UNAVAILABLE naming the ways out */
export function chooseRunAs(question: RunAsQuestion): RunAs {
  const uid = question.uid ?? process.getuid?.();
  const accounts = question.accounts ?? readAccounts();
  if (uid === undefined) return { kind: 'self' };
  if (uid !== 0) {
    // initdb looks its user up by name; containers may run under a number that has none.
    if (accounts.some((account) => account.uid === uid) || hasName(uid)) return { kind: 'self' };
    return namespaceOf(question, accounts) ?? refuse(`user ${uid} has no name on this machine`);
  }
  const owner = ownerOf(question.cluster);
  if (owner === 0) return namespaceOf(question, accounts) ?? refuse('its files belong to root');
  if (owner !== undefined) {
    const account = accounts.find((one) => one.uid === owner);
    if (account !== undefined && reaches(account, question)) return userOf(account);
    return refuse(`its files in ${question.cluster} belong to user ${owner}, who is unknown here or cannot reach them`);
  }
  return chooseForNew(question, accounts);
}

/** How a program is started that way. */
export function commandFor(runAs: RunAs, program: string, args: readonly string[]): readonly [string, string[]] {
  if (runAs.kind !== 'namespace') return [program, [...args]];
  const map = ['--user', `--map-user=${runAs.uid}`, `--map-group=${runAs.gid}`, '--'];
  return ['unshare', [...map, program, ...args]];
}

/** The owner of what PostgreSQL must own, for `spawn` and `chown`. */
export function credentialsFor(runAs: RunAs): { readonly uid?: number; readonly gid?: number } {
  return runAs.kind === 'user' ? { uid: runAs.uid, gid: runAs.gid } : {};
}

function chooseForNew(question: RunAsQuestion, accounts: readonly Account[]): RunAs {
  const dirOwner = ownerOf(question.dir);
  const candidates = [
    ...accounts.filter((account) => account.uid === dirOwner && account.uid !== 0),
    ...PREFERRED.flatMap((name) => accounts.filter((account) => account.name === name && account.uid !== 0)),
  ];
  const user = candidates.find((account) => reaches(account, question));
  if (user !== undefined) return handOver(question.dir, user);
  const namespace = namespaceOf(question, accounts);
  if (namespace !== undefined) return namespace;
  const nobody = accounts.find((account) => account.name === 'nobody' && reaches(account, question));
  if (nobody !== undefined) return handOver(question.dir, nobody);
  return refuse(`no other user can reach ${question.dir}`);
}

function handOver(dir: string, account: Account): RunAs {
  chownSync(dir, account.uid, account.gid);
  return userOf(account);
}

function userOf(account: Account): RunAs {
  return { kind: 'user', uid: account.uid, gid: account.gid, name: account.name };
}

/** Whether a user can run the program and walk to the directory: asked of the kernel, not guessed from modes. */
function reaches(account: Account, question: RunAsQuestion): boolean {
  const script = 'test -x "$1" && test -x "$2"';
  const args = ['-c', script, 'sh', question.postgres, dirname(question.dir)];
  return spawnSync('/bin/sh', args, { uid: account.uid, gid: account.gid, cwd: '/', stdio: 'ignore' }).status === 0;
}

function namespaceOf(question: RunAsQuestion, accounts: readonly Account[]): RunAs | undefined {
  const inner = accounts.find((account) => account.name === 'nobody') ?? accounts.find((account) => account.uid !== 0);
  if (question.namespaces === false || inner === undefined) return undefined;
  const runAs: RunAs = { kind: 'namespace', uid: inner.uid, gid: inner.gid };
  const [program, args] = commandFor(runAs, question.postgres, ['--version']);
  return spawnSync(program, args, { cwd: '/', stdio: 'ignore' }).status === 0 ? runAs : undefined;
}

function refuse(why: string): never {
  throw new SundewError(
    'STORE_UNAVAILABLE',
    `the embedded PostgreSQL cannot run here: it refuses to run as root, and ${why}: start Sundew as an ordinary user, ` +
      'or give SUNDEW_DATABASE_URL of a PostgreSQL server',
  );
}

/** Accounts also come from directories (macOS, LDAP), which only the C library can ask. */
function hasName(uid: number): boolean {
  try {
    return userInfo().uid === uid;
  } catch {
    return false; // the very question: no account of this number
  }
}

function ownerOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.uid;
}

function readAccounts(): readonly Account[] {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    if (name === undefined || uid === undefined || gid === undefined) return [];
    return [{ name, uid: Number(uid), gid: Number(gid) }];
  });
}
