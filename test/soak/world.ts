// One Sundew on a data directory of its own, with everybody who writes to it and everybody it tells.
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../support/free-port.ts';
import { until } from '../support/sundew.ts';
import { DECOY, DOMAIN, type FarSide, openFarSide, passwordOf } from './far-side.ts';
import { type Flow, startFlow } from './flow.ts';
import { type Keeper, keepSundew } from './keeper.ts';
import { postmasterOf } from './postmaster.ts';

const READY_MS = 120_000;
const CONFIRM_MS = 60_000;
const STOP_FLOW_MS = 5_000;
/** Twice the clockwork of warnings: what it still has to say comes within. */
const QUIET_MS = 10_000;

export interface World extends AsyncDisposable {
  readonly dataDir: string;
  readonly far: FarSide;
  readonly sundew: Keeper;
  readonly flow: Flow;
  /** Resolves when every capture is in the store and every alert has gone out. @throws Error after `timeoutMs` */
  drained(timeoutMs: number): Promise<void>;
}

interface Status {
  readonly pipelines: readonly {
    readonly realm: string;
    readonly journal: number;
    readonly projected: number;
    readonly outbox: number;
  }[];
}

/** Worlds that stand, for a soak that is broken off. */
const open = new Set<() => Promise<void>>();

/** Ends all that was started and removes what was written. */
export async function closeWorlds(): Promise<void> {
  await Promise.all([...open].map((close) => close()));
}

/** Starts everything; all subscribers are confirmed when it resolves, and no capture is under way. */
export async function openWorld(dataDir: string, captures: number): Promise<World> {
  const far = await openFarSide();
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeDecoy(dataDir, far.xmpp.port);
  const sundew = keepSundew(dataDir, { ...far.env, SUNDEW_HTTP_PORT: String(await freePort()) });
  let flow: Flow | undefined;
  const close = async (): Promise<void> => {
    if (!open.delete(close)) return;
    await Promise.race([flow?.stop(), sleep(STOP_FLOW_MS)]);
    await sundew.stop();
    await endPostmaster(dataDir);
    await far[Symbol.asyncDispose]();
    await rm(dataDir, { recursive: true, force: true });
  };
  open.add(close);
  try {
    await sundew.ready(READY_MS);
    await subscribeAll(far, sundew);
  } catch (error) {
    await close();
    throw error;
  }
  const running = startFlow(captures, far.xmpp, sundew.control);
  flow = running;
  return {
    dataDir,
    far,
    sundew,
    flow: running,
    drained: (timeoutMs) => drained(sundew, running, timeoutMs),
    [Symbol.asyncDispose]: close,
  };
}

async function writeDecoy(dataDir: string, port: number): Promise<void> {
  const dir = join(dataDir, 'decoys');
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const file = join(dir, `${DECOY}.yaml`);
  const lines = [
    `name: ${DECOY}`,
    'network: xmpp',
    'mode: client',
    `address: ${DECOY}@${DOMAIN}`,
    `password: ${passwordOf(DECOY)}`,
    'host: 127.0.0.1',
    `port: ${port}`,
    'tls: none',
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  await chmod(file, 0o600);
}

/** Double opt-in, as people do it: the link of the mail, the code of the instant message. */
async function subscribeAll(far: FarSide, sundew: Keeper): Promise<void> {
  for (const { channel, address } of far.subscribers) {
    const body = { channel, address, networks: [], minSeverity: 'info' };
    await sundew.control.call('POST', '/api/v1/subscribers', body);
    const asked = await until(
      async () => far.received.find(({ to, text }) => to === address && /\/confirm\//.test(text)),
      CONFIRM_MS,
    );
    if (channel === 'email') {
      const token = /\/confirm\/([\w-]+)/.exec(asked.text)?.[1];
      await sundew.control.call('POST', '/api/v1/subscribers/confirm', { token });
    } else {
      await far.answer(/confirm \d{6}/.exec(asked.text)?.[0] ?? '');
    }
  }
  await until(async () => {
    const { subscribers } = await sundew.control.call<{ subscribers: readonly { state: string }[] }>(
      'GET',
      '/api/v1/subscribers',
    );
    return subscribers.filter(({ state }) => state === 'confirmed').length === far.subscribers.length || undefined;
  }, CONFIRM_MS);
}

async function drained(sundew: Keeper, flow: Flow, timeoutMs: number): Promise<void> {
  const end = Date.now() + timeoutMs;
  const left = (): number => Math.max(1, end - Date.now());
  await until(async () => flow.done() || undefined, left());
  await sundew.ready(left());
  const { journal } = await pipeline(sundew);
  const quiet = async (): Promise<true | undefined> => {
    const now = await pipeline(sundew).catch(() => undefined);
    return (now !== undefined && now.projected >= journal && now.outbox === 0) || undefined;
  };
  await until(quiet, left());
  await sleep(QUIET_MS);
  await until(quiet, left());
}

async function pipeline(sundew: Keeper): Promise<Status['pipelines'][number]> {
  const { pipelines } = await sundew.control.call<Status>('GET', '/api/v1/status');
  const live = pipelines.find(({ realm }) => realm === 'live');
  if (live === undefined) throw new Error('the status names no live realm');
  return live;
}

/** Only when Sundew could not do it itself. */
async function endPostmaster(dataDir: string): Promise<void> {
  const pid = await postmasterOf(dataDir).catch(() => undefined);
  if (pid === undefined) return;
  process.kill(pid, 'SIGQUIT');
  await until(
    async () => (await readFile(`/proc/${pid}/stat`).catch(() => undefined)) === undefined || undefined,
  ).catch(
    () => undefined, // it is told again by the directory that cannot be removed
  );
}
