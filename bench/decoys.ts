// Decoys by the thousand (docs/benchmarks.md): `node --expose-gc bench/decoys.ts [--decoys=N] [--networks=a,b] [--seconds=N]`.
// All in this process, with the real supervisor, gates, links and journal (fsync); the servers are in another one.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { encodeCaptureEntry } from '../src/captures/entry.ts';
import { type EvidenceJournal, openJournal } from '../src/captures/journal/journal.ts';
import type { Capture } from '../src/core/capture.ts';
import { SILENT } from '../src/core/clock.ts';
import type { Journal } from '../src/core/journal.ts';
import { openEngagement } from '../src/decoys/engagement/engagement.ts';
import { openSaidBook } from '../src/decoys/engagement/said.ts';
import { createSupervisor, type Supervisor } from '../src/decoys/supervisor.ts';
import { REAL_CLOCK } from '../src/decoys/testing/real-clock.ts';
import { RANGE_NETWORKS, type RangeNetwork } from '../src/range/touch.ts';
import { costOf, footprint } from './decoys/memory.ts';
import { configOf, type Ports, type Resident, residents } from './decoys/population.ts';
import { print, whole } from './pipeline/print.ts';

interface CaptureCount {
  /** Of each network since the start. */
  captured(): Readonly<Partial<Record<RangeNetwork, number>>>;
  encodeEntry(capture: Capture, raw: Uint8Array): Uint8Array;
  readonly journal: Journal;
}

const WARM_UP = 200;
const GIVE_UP_MS = 600_000;
const { values } = parseArgs({
  options: {
    decoys: { type: 'string', default: '2000' },
    networks: { type: 'string', default: RANGE_NETWORKS.join() },
    seconds: { type: 'string', default: '30' },
  },
});
const networks = RANGE_NETWORKS.filter((network) => values.networks.split(',').includes(network));
const all = residents(Number(values.decoys), networks);
const seconds = Number(values.seconds);

sayWhereAndWhen();
const range = fork(join(import.meta.dirname, 'decoys/range-process.ts'), [values.decoys, networks.join()]);
const [ports] = (await once(range, 'message')) as [Ports];
const bare = await costOfBareSocket(ports);
const dir = await mkdtemp(join(tmpdir(), 'sundew-bench-'));
const journal = await openJournal(join(dir, 'journal'), { clock: REAL_CLOCK, log: SILENT, sensor: 'bench' });
const counted = countCaptures(journal);
const supervisor = createSupervisor({
  ...{ clock: REAL_CLOCK, log: SILENT, sensor: 'bench', simulated: true },
  ...{ journal: counted.journal, encodeEntry: counted.encodeEntry },
  random: () => Math.random() / 1000, // all at once: what is asked is how fast it can be, not how spread out
  engagement: openEngagement({ dir, ceiling: 'observe', clock: REAL_CLOCK, log: SILENT, journal }),
  said: openSaidBook(join(dir, 'said')),
});
await signOn(supervisor, all.slice(0, WARM_UP));
const before = await footprint();
const took = await signOn(supervisor, all.slice(WARM_UP));
const cost = costOf(before, await footprint(), all.length - WARM_UP);
print(`${all.length} decoys of ${networks.join(', ')}; those after the first ${WARM_UP}:`);
const added = all.length - WARM_UP;
print(`  sign-on: ${(added / Math.max(...took.values())).toFixed(1)} a second, until the last was online`);
const rates = [...took].map(([network, s]) => `${network} ${(added / networks.length / s).toFixed(1)}`);
print(`  sign-ons a second of each: ${rates.join(', ')}`);
print(`  KiB each, heap and external: ${cost.held.toFixed(1)} (a bare socket: ${bare.held.toFixed(1)})`);
print(`  KiB each, resident: ${cost.rss.toFixed(1)} (a bare socket: ${bare.rss.toFixed(1)})`);
await idle();
await saturate(range);
sayWhereAndWhen();
range.disconnect();
await supervisor.stop();
await journal.close();
await rm(dir, { recursive: true });
process.exit(0);

/** @returns after how many seconds the last decoy of each network was online */
async function signOn(to: Supervisor, of: readonly Resident[]): Promise<ReadonlyMap<string, number>> {
  const begin = performance.now();
  const done = new Map<string, number>();
  for (const one of of) to.add(configOf(one, ports));
  for (;;) {
    const waiting = to.status().filter(({ state }) => state !== 'online');
    for (const network of networks) {
      if (done.has(network) || waiting.some((one) => one.network === network)) continue;
      done.set(network, (performance.now() - begin) / 1000);
    }
    if (waiting.length === 0) return done;
    if (performance.now() - begin > GIVE_UP_MS) {
      const [first] = waiting;
      throw new Error(
        `${waiting.length} decoys are not online; ${first?.name} on ${first?.network}: ${first?.problem}`,
      );
    }
    await sleep(50);
  }
}

async function costOfBareSocket({ bare: port }: Ports): Promise<ReturnType<typeof costOf>> {
  const args = [port, WARM_UP, all.length].map(String);
  const child = fork(join(import.meta.dirname, 'decoys/bare-process.ts'), args, { execArgv: ['--expose-gc'] });
  const [found] = (await once(child, 'message')) as [ReturnType<typeof costOf>];
  return found;
}

async function idle(): Promise<void> {
  const begin = performance.now();
  const used = process.cpuUsage();
  await sleep(seconds * 1000);
  print(
    `  idle for ${seconds} s: ${((100 * cpuSeconds(used) * 1000) / (performance.now() - begin)).toFixed(2)} % of a core`,
  );
}

/** Processor time of this process. */
function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

/** Counts what is durable: asking every decoy many times a second would cost more than the captures do. */
function countCaptures(to: EvidenceJournal): CaptureCount {
  const sums = new Map<RangeNetwork, number>(networks.map((network) => [network, 0]));
  const networkOf = new WeakMap<Uint8Array, RangeNetwork>();
  return {
    captured: () => Object.fromEntries(sums),
    encodeEntry: (capture, raw) => {
      const entry = encodeCaptureEntry(capture, raw);
      const network = networks.find((one) => one === capture.network);
      if (network !== undefined) networkOf.set(entry, network);
      return entry;
    },
    journal: {
      ...{ read: to.read.bind(to), waitBeyond: to.waitBeyond.bind(to), erase: to.erase.bind(to), last: 0 },
      append: async (type, content) => {
        const seq = await to.append(type, content);
        const network = networkOf.get(content);
        if (network !== undefined) sums.set(network, (sums.get(network) ?? 0) + 1);
        return seq;
      },
    },
  };
}

async function saturate(child: ChildProcess): Promise<void> {
  const tellFor = async (ms: number): Promise<void> => {
    const end = performance.now() + ms;
    while (performance.now() < end) {
      child.send(counted.captured());
      await sleep(25);
    }
  };
  await tellFor(4_000); // the senders sign on
  const from = { of: counted.captured(), at: performance.now(), used: process.cpuUsage() };
  await tellFor(seconds * 1000);
  const now = counted.captured();
  const gained = networks.map((one) => (now[one] ?? 0) - (from.of[one] ?? 0));
  const count = gained.reduce((sum, one) => sum + one, 0);
  const each = (1e6 * cpuSeconds(from.used)) / count;
  print(
    `  at saturation: ${whole(count / ((performance.now() - from.at) / 1000))} captures/s, durable in the journal;`,
  );
  print(`  ${whole(each)} µs of processor a capture, ${whole(1e6 / each)} captures a core second`);
  const shares = networks.map((one, at) => `${one} ${whole((gained[at] ?? 0) / seconds)}`);
  print(`  captures/s of each: ${shares.join(', ')}`);
}

/** A machine that is busy with other things makes every figure worse: it is said beside them. */
function sayWhereAndWhen(): void {
  const [load = 0] = loadavg();
  const machine = `${availableParallelism()} cores, load ${load.toFixed(1)}`;
  print(`-- ${new Date().toISOString()}, Node ${process.version}, ${machine}`);
}
