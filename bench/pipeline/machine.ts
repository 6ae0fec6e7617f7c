// What processes take of the machine, read off /proc (proc_pid_stat(5), smaps_rollup).
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100; // USER_HZ is 100 wherever Node runs
const FIELDS = { parent: 1, user: 11, system: 12, userOfEnded: 13, systemOfEnded: 14 } as const;

interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  /** Its own and that of the children it has waited for, s. */
  readonly cpuSeconds: number;
}

/** A process and all that came of it. */
export function processTree(root: number): readonly number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(Number(name)) ?? []);
  const tree = [root];
  for (const pid of tree) tree.push(...all.filter(({ parent }) => parent === pid).map((one) => one.pid));
  return tree;
}

/** Processor time of a process and all that came of it, s. */
export function cpuSecondsOf(root: number): number {
  return processTree(root).reduce((sum, pid) => sum + (readStat(pid)?.cpuSeconds ?? 0), 0);
}

/** Proportional set size: shared pages count once over all that share them. MB. */
export function memoryOf(pid: number): number {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0; // ended since it was listed
  }
}

function readStat(pid: number): ProcessStat | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = [FIELDS.user, FIELDS.system, FIELDS.userOfEnded, FIELDS.systemOfEnded];
    const used = ticks.reduce((sum, field) => sum + Number(fields[field]), 0);
    return { pid, parent: Number(fields[FIELDS.parent]), cpuSeconds: used / TICKS_PER_SECOND };
  } catch {
    return undefined; // ended since it was listed
  }
}
