// rspamd (Debian `rspamd` and `redis-server`): its rules and Bayes, one worker, every module that asks the network off.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../test/support/free-port.ts';
import { envelope, type Rival, type RivalScore, type TrainedRival, versionOf } from './rival.ts';

const OFF =
  'rbl surbl spf dkim dkim_signing dmarc arc asn fuzzy_check mx_check neural phishing url_redirector reputation greylist ratelimit replies hfilter once_received antivirus history_redis rspamd_update bimi dcc elastic clickhouse p0f';
const UNDER_WAY = 8;
const START_MS = 120_000;
/** From which rspamd marks a mail with its default actions. */
const ADD_HEADER = 6;
const TICKS_A_SECOND = 100;

interface Ports {
  readonly normal: number;
  readonly controller: number;
  readonly redis: number;
}

export const rspamd: Rival = {
  name: 'rspamd with Bayes',
  version: async () => {
    const redis = await versionOf('redis-server', ['--version'], /v=([\d.]+)/);
    return redis === undefined ? undefined : await versionOf('rspamd', ['--version'], /version ([\d.]+)/);
  },
  train: async (bad, good) => {
    const server = await start();
    try {
      await inParts(bad, (text, at) => learn(server, '/learnspam', envelope(text, at)));
      await inParts(good, (text, at) => learn(server, '/learnham', envelope(text, at)));
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
    return server;
  },
};

/** It refuses a text with too few words by a 204 with a body, which is no HTTP; then nothing is learnt. */
async function learn(server: Server, path: string, mail: string): Promise<void> {
  await server.post(server.ports.controller, path, mail).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('HPE_'))) throw error;
  });
}

interface Server extends TrainedRival {
  readonly ports: Ports;
  post(port: number, path: string, body: string): Promise<string>;
}

async function start(): Promise<Server> {
  const dir = await mkdtemp(join(tmpdir(), 'rspamd-'));
  const ports = { normal: await freePort(), controller: await freePort(), redis: await freePort() };
  await configure(dir, ports);
  const redis = spawn(
    'redis-server',
    ['--port', String(ports.redis), '--bind', '127.0.0.1', '--save', '', '--dir', dir],
    {
      stdio: 'ignore',
    },
  );
  const paths = ['LOCAL_CONFDIR', 'DBDIR', 'RUNDIR', 'LOGDIR'].map((name) => `--var=${name}=${dir}`);
  const daemon = spawn('rspamd', ['-f', '-i', '-c', '/etc/rspamd/rspamd.conf', ...paths], { stdio: 'ignore' });
  const agent = new Agent({ keepAlive: true, maxSockets: UNDER_WAY });
  const post = (port: number, path: string, body: string): Promise<string> => ask(agent, port, path, body);
  const stop = async (): Promise<void> => {
    agent.destroy();
    await Promise.all([end(daemon), end(redis)]);
    await rm(dir, { recursive: true, force: true });
  };
  try {
    await ready(post, ports.normal, daemon);
    await ready(post, ports.controller, daemon);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ports,
    post,
    scan: async (texts) => {
      const scores: RivalScore[] = [];
      await inParts(texts, async (text, at) => {
        const answer = JSON.parse(await post(ports.normal, '/checkv2', envelope(text, at))) as {
          readonly score: number;
        };
        scores[at] = { score: answer.score, bad: answer.score >= ADD_HEADER };
      });
      return scores;
    },
    cpuSeconds: async () => await workerSeconds(daemon),
    [Symbol.asyncDispose]: stop,
  };
}

async function configure(dir: string, ports: Ports): Promise<void> {
  const local = join(dir, 'override.d');
  await mkdir(local);
  const settings: Readonly<Record<string, string>> = {
    'worker-normal.inc': `bind_socket = "127.0.0.1:${ports.normal}"; count = 1;`,
    'worker-controller.inc': `bind_socket = "127.0.0.1:${ports.controller}"; secure_ip = "127.0.0.1"; count = 1;`,
    'worker-proxy.inc': 'enabled = false; count = 0;',
    'redis.conf': `servers = "127.0.0.1:${ports.redis}";`,
    'classifier-bayes.conf': `backend = "redis"; servers = "127.0.0.1:${ports.redis}"; min_learns = 50; min_tokens = 2; autolearn = false;`,
    ...Object.fromEntries(OFF.split(' ').map((name) => [`${name}.conf`, 'enabled = false;'])),
  };
  for (const [name, text] of Object.entries(settings)) await writeFile(join(local, name), `${text}\n`);
}

async function ready(post: Server['post'], port: number, daemon: ChildProcess): Promise<void> {
  const until = Date.now() + START_MS; // it compiles its expressions at the first start
  while (Date.now() < until && daemon.exitCode === null) {
    if (
      await post(port, '/ping', '').then(
        () => true,
        () => false,
      )
    )
      return;
    await sleep(200);
  }
  throw new Error('rspamd did not come up');
}

function ask(agent: Agent, port: number, path: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request({ agent, host: '127.0.0.1', port, path, method: 'POST' }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.once('end', () => resolve(text)).once('error', reject);
    });
    call.on('error', reject).end(body);
  });
}

/** Some at a time, as its own client does. */
async function inParts(texts: readonly string[], each: (text: string, at: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < texts.length; at = next++) await each(texts[at] ?? '', at);
  };
  await Promise.all(Array.from({ length: UNDER_WAY }, lane));
}

/** User and system time of the daemon's processes (proc(5), stat fields 14 and 15). */
async function workerSeconds(daemon: ChildProcess): Promise<number> {
  const children = await readFile(`/proc/${daemon.pid}/task/${daemon.pid}/children`, 'utf8');
  let ticks = 0;
  for (const pid of children.trim().split(/\s+/)) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks / TICKS_A_SECOND;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await Promise.race([ended, sleep(10_000)]);
  child.kill('SIGKILL');
}
