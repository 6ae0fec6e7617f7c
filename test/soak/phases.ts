// The three trials. Each has a world of its own and a deadline for everything it waits for.
import { execFileSync } from 'node:child_process';
import { appendFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../support/sundew.ts';
import { checkWorld } from './checks.ts';
import { DECOY, NOTIFIER } from './far-side.ts';
import { postmasterOf } from './postmaster.ts';
import type { Report } from './report.ts';
import { openWorld, type World } from './world.ts';

/** One kill in so many falls anywhere into a start; the others into the work after it, in the midst of a burst of captures. */
const KILL_AT_START_EVERY = 3;
const START_MS = 3_000;
const WORK_MS = 2_000;
const BURST_MS = 400;
/** Before each fourth kill the XMPP connections are cut as well. */
const CUT_EVERY = 4;
const READY_MS = 120_000;
const DRAIN_MS = 300_000;
const SAY_EVERY = 10;
const DISK_MB = 320;
const FULL_MS = 8_000;
const REFILL_MS = 250;

/** Kills Sundew itself. */
export async function killSundew(kills: number, captures: number, report: Report): Promise<void> {
  await inWorld(captures, async (world) => {
    for (let kill = 1; kill <= kills; kill += 1) {
      const share = (captures * kill) / (kills + 1);
      if (kill % KILL_AT_START_EVERY === 0) {
        world.flow.allow(share);
        await sleep(Math.random() * START_MS);
      } else {
        await world.sundew.ready(READY_MS);
        await sleep(Math.random() * WORK_MS);
        if (kill % CUT_EVERY === 0) cutXmpp(world);
        world.flow.allow(share);
        await sleep(Math.random() * BURST_MS);
      }
      await world.sundew.kill();
      if (kill % SAY_EVERY === 0) report.say(`${kill} kills; ${progress(world)}`);
    }
    world.flow.allow(captures);
    await world.drained(DRAIN_MS);
    report.say(`drained; ${progress(world)}`);
    report.figure('kills of sundew', kills);
    report.figure('replay pieces sent again', world.flow.resent);
    report.figure('from start to ready', timesOf(world.sundew.startsMs));
    report.check('it never ended by itself', world.sundew.ownEnds === 0, endsOf(world));
    await checkWorld(world, report);
  });
}

/** Kills the embedded database under a Sundew that lives on. */
export async function killPostmaster(kills: number, captures: number, report: Report): Promise<void> {
  await inWorld(captures, async (world) => {
    const { pid } = world.sundew;
    const back: number[] = [];
    for (let kill = 1; kill <= kills; kill += 1) {
      world.flow.allow((captures * kill) / (kills + 1));
      await sleep(500 + Math.random() * 2_000);
      cutXmpp(world);
      const postmaster = await until(() => postmasterOf(world.dataDir), READY_MS);
      process.kill(postmaster, 'SIGKILL');
      const began = Date.now();
      await until(async () => {
        const now = await postmasterOf(world.dataDir);
        return now !== undefined && now !== postmaster ? now : undefined;
      }, READY_MS);
      await world.sundew.ready(READY_MS);
      back.push(Date.now() - began);
    }
    world.flow.allow(captures);
    await world.drained(DRAIN_MS);
    report.say(`drained; ${progress(world)}`);
    report.figure('kills of the database', kills);
    report.figure('from kill to ready', timesOf(back));
    report.check('sundew lived on', world.sundew.pid === pid && world.sundew.ownEnds === 0, endsOf(world));
    await checkWorld(world, report);
  });
}

/** Fills the disk under a Sundew at work, and frees it. */
export async function fillDisk(captures: number, report: Report): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'sundew-soak-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m,mode=0755`, 'tmpfs', dir], { stdio: 'ignore' });
  } catch {
    await rm(dir, { recursive: true });
    report.leftOut('a full disk', 'this user may not mount a tmpfs');
    return;
  }
  const unmount = (): void => {
    execFileSync('umount', ['-l', dir]);
    rmSync(dir, { recursive: true, force: true });
  };
  process.once('exit', unmount); // also when the soak is broken off
  try {
    await inWorld(captures, (world) => fillAndFree(world, dir, report), join(dir, 'data'));
  } finally {
    process.off('exit', unmount);
    unmount();
  }
}

async function fillAndFree(world: World, dir: string, report: Report): Promise<void> {
  const { flow } = world;
  flow.allow(flow.total / 4);
  await until(async () => flow.acknowledged >= flow.total / 8 || undefined, READY_MS);
  const ballast = join(dir, 'ballast');
  fill(ballast);
  const atFull = flow.acknowledged;
  report.say(`the disk is full; ${progress(world)}`);
  flow.allow(flow.total);
  await keepFull(ballast, FULL_MS);
  report.check('it lives on a full disk', world.sundew.ownEnds === 0, endsOf(world));
  await world.sundew.kill();
  await keepFull(ballast, FULL_MS);
  report.figure('acknowledged when the disk was full', `${atFull}, later ${flow.acknowledged} of ${flow.total}`);
  report.figure('replay pieces refused with a reason', flow.refused);
  report.check('a full disk stops acknowledgements', flow.acknowledged < flow.total, `${flow.acknowledged}`);
  rmSync(ballast);
  report.say(`the disk has room again; ${progress(world)}`);
  await world.drained(DRAIN_MS);
  report.figure('starts that failed on the full disk', world.sundew.ownEnds);
  await checkWorld(world, report);
}

/** Cuts Sundew's XMPP connections as a broken cable would: it resumes its streams, while it lives. */
function cutXmpp({ far }: World): void {
  for (const local of [DECOY, NOTIFIER]) far.xmpp.cut(local);
}

async function keepFull(file: string, forMs: number): Promise<void> {
  for (const end = Date.now() + forMs; Date.now() < end; await sleep(REFILL_MS)) fill(file);
}

/** Takes whatever room there is, also what was freed since. */
function fill(file: string): void {
  for (const size of [1024 * 1024, 4096]) {
    try {
      for (;;) appendFileSync(file, Buffer.alloc(size));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    }
  }
}

async function inWorld(captures: number, work: (world: World) => Promise<void>, place?: string): Promise<void> {
  const dataDir = place ?? (await mkdtemp(join(tmpdir(), 'sundew-soak-')));
  await using world = await openWorld(dataDir, captures);
  try {
    await work(world);
  } catch (error) {
    const said = world.sundew.output().split('\n').slice(-30).join('\n');
    throw new Error(`${error instanceof Error ? error.message : String(error)}; ${progress(world)}\n${said}`);
  }
}

const progress = ({ flow, far }: World): string =>
  `${flow.acknowledged} of ${flow.total} captures acknowledged, ${far.received.length} messages arrived`;

const endsOf = ({ sundew }: World): string =>
  sundew.ownEnds === 0 ? '' : `${sundew.ownEnds} times; the last words: ${sundew.output().slice(-500)}`;

/** Median and worst, in seconds. */
function timesOf(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const seconds = (ms: number | undefined): string => ((ms ?? 0) / 1000).toFixed(1);
  return `median ${seconds(sorted[sorted.length >> 1])} s, worst ${seconds(sorted.at(-1))} s (${sorted.length} times)`;
}
