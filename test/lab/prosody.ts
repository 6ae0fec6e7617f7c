// Starts Debian's Prosody unprivileged on free loopback ports, with a certificate of its own, and stops it again.
// Never ask it for its version: `prosody --version` of 0.12.3 starts a server.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { XmppClientSettings } from '../../src/networks/xmpp/config.ts';
import { freePort } from '../support/free-port.ts';

const run = promisify(execFile);
const READY_MS = 20_000;

export interface ProsodyOptions {
  readonly domain?: string;
  readonly accounts: readonly { readonly local: string; readonly password: string }[];
  /** Below the domain, such as `decoy`. */
  readonly component?: { readonly name: string; readonly secret: string };
}

export interface Prosody {
  readonly domain: string;
  /** A host without TLS, for the downgrade test; its accounts are the same. */
  readonly plainDomain: string;
  readonly rooms: string;
  readonly port: number;
  readonly componentPort: number;
  readonly componentDomain: string;
  /** PEM of the self-signed certificate. */
  readonly ca: string;
  readonly dir: string;
  log(): Promise<string>;
  /** Ends it and starts it again with the same accounts, ports and certificate. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it and waits until it takes connections. */
export async function startProsody(options: ProsodyOptions): Promise<Prosody> {
  const domain = options.domain ?? 'im.test';
  const dir = await mkdtemp(join(tmpdir(), 'sundew-prosody-'));
  const ids = process.getuid?.() === 0 ? await prosodyIds() : undefined;
  const [port, componentPort] = [await freePort(), await freePort()];
  const component = options.component ?? { name: 'decoy', secret: 'decoy-secret' };
  const componentDomain = `${component.name}.${domain}`;
  await certificate(dir, [domain, componentDomain]);
  const config = join(dir, 'prosody.cfg.lua');
  await writeFile(
    config,
    configuration({ dir, domain, port, componentPort, componentDomain, secret: component.secret }),
  );
  if (ids !== undefined) await giveAway(dir, ids);
  const as = ids === undefined ? {} : ids;
  for (const account of options.accounts) {
    for (const host of [domain, `plain.${domain}`]) {
      await run('prosodyctl', ['--config', config, 'register', account.local, host, account.password], {
        ...as,
        cwd: dir,
      });
    }
  }
  const launch = async (): Promise<ChildProcess> => {
    const started = spawn('prosody', ['-F', '--config', config], { ...as, cwd: dir, stdio: 'ignore' });
    await ready(port, started);
    await ready(componentPort, started);
    return started;
  };
  let child = await launch();
  return {
    domain,
    plainDomain: `plain.${domain}`,
    rooms: `rooms.${domain}`,
    port,
    componentPort,
    componentDomain,
    ca: await readFile(join(dir, 'server.crt'), 'utf8'),
    dir,
    log: () => readFile(join(dir, 'prosody.log'), 'utf8'),
    restart: async () => {
      await ended(child);
      child = await launch();
    },
    stop: async () => {
      await ended(child);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function configuration(of: {
  readonly dir: string;
  readonly domain: string;
  readonly port: number;
  readonly componentPort: number;
  readonly componentDomain: string;
  readonly secret: string;
}): string {
  return `pidfile = "${of.dir}/prosody.pid"
data_path = "${of.dir}/data"
interfaces = { "127.0.0.1" }
c2s_ports = { ${of.port} }
component_ports = { ${of.componentPort} }
component_interfaces = { "127.0.0.1" }
http_ports = { }
https_ports = { }
modules_enabled = { "disco"; "roster"; "saslauth"; "tls"; "blocklist"; "carbons"; "pep"; "ping";
  "smacks"; "offline"; "posix"; "presence"; "message"; "iq"; "mam"; "private" }
modules_disabled = { "s2s" }
smacks_hibernation_time = 20
allow_registration = false
authentication = "internal_hashed"
storage = "internal"
c2s_require_encryption = false
allow_unencrypted_plain_auth = false
log = { { levels = { min = "info" }, to = "file", filename = "${of.dir}/prosody.log" } }
ssl = { key = "${of.dir}/server.key"; certificate = "${of.dir}/server.crt" }
VirtualHost "${of.domain}"
VirtualHost "plain.${of.domain}"
  modules_disabled = { "tls" }
Component "rooms.${of.domain}" "muc"
  muc_room_default_public = true
Component "${of.componentDomain}"
  component_secret = "${of.secret}"
`;
}

async function certificate(dir: string, names: readonly string[]): Promise<void> {
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30'],
    ...['-subj', `/CN=${names[0]}`, '-addext', `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`],
    ...['-keyout', join(dir, 'server.key'), '-out', join(dir, 'server.crt')],
  ]);
}

async function prosodyIds(): Promise<{ readonly uid: number; readonly gid: number }> {
  const uid = await run('id', ['-u', 'prosody']);
  const gid = await run('id', ['-g', 'prosody']);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

async function giveAway(dir: string, ids: { readonly uid: number; readonly gid: number }): Promise<void> {
  for (const name of ['', 'server.key', 'server.crt', 'prosody.cfg.lua'])
    await chown(join(dir, name), ids.uid, ids.gid);
  await chmod(join(dir, 'server.key'), 0o600);
}

async function ready(port: number, child: ChildProcess): Promise<void> {
  const end = Date.now() + READY_MS;
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`prosody ended with ${child.exitCode} before it was ready`);
    if (Date.now() > end) throw new Error(`prosody does not answer on port ${port}`);
    await sleep(100);
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const hard = setTimeout(() => child.kill('SIGKILL'), 5_000);
    child.once('exit', () => {
      clearTimeout(hard);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/** Of a decoy that signs on there; the password is the name and `-pw`. */
export function prosodySettings(
  { domain, port, ca }: Prosody,
  local: string,
  more: Partial<XmppClientSettings> = {},
): XmppClientSettings {
  return {
    mode: 'client',
    address: `${local}@${domain}`,
    password: `${local}-pw`,
    host: '127.0.0.1',
    port,
    tls: 'starttls',
    ca,
    ...more,
  };
}
