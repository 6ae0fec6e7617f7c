// Debian's ngircd on loopback, plain and TLS, in a directory of its own.
import { execFile, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../support/free-port.ts';
import { findProgram } from './peers.ts';

const run = promisify(execFile);

export interface Ngircd {
  readonly port: number;
  readonly tlsPort: number;
  /** PEM of its self-signed certificate, good for 127.0.0.1 and localhost. */
  readonly ca: string;
  stop(): Promise<void>;
}

export interface NgircdOptions {
  readonly channels?: readonly string[];
  readonly password?: string;
  /** Who may ban others. */
  readonly operator?: { readonly name: string; readonly password: string };
}

/** A port that was free a moment ago may be taken by any connection since, so there is more than one try. */
const TRIES = 3;

/** Starts ngircd and waits until it takes connections. Channels exist from the start. */
export async function startNgircd(options: NgircdOptions = {}): Promise<Ngircd> {
  for (let left = TRIES - 1; ; left -= 1) {
    try {
      return await startOnce(options);
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}

async function startOnce(options: NgircdOptions): Promise<Ngircd> {
  const dir = await mkdtemp(join(tmpdir(), 'ngircd-'));
  await chmod(dir, 0o755);
  await mkdir(join(dir, 'empty.d'));
  const [port, tlsPort] = [await freePort(), await freePort()];
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', '/CN=irc.test'],
    ...['-addext', 'subjectAltName=DNS:irc.test,DNS:localhost,IP:127.0.0.1'],
    ...['-keyout', join(dir, 'key.pem'), '-out', join(dir, 'cert.pem')],
  ]);
  await chmod(join(dir, 'key.pem'), 0o644);
  await writeFile(join(dir, 'ngircd.conf'), settings(dir, port, tlsPort, options));
  // Started by root it goes on as ServerUID; started by anyone else it stays who it is.
  const daemon = spawn(findProgram('ngircd') ?? 'ngircd', ['-n', '-f', join(dir, 'ngircd.conf')], { stdio: 'ignore' });
  const gone = new Promise<void>((resolve) => daemon.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    daemon.kill('SIGTERM');
    await gone;
    await rm(dir, { recursive: true, force: true });
  };
  try {
    await Promise.all([waitForPort(port), waitForPort(tlsPort)]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, tlsPort, ca: await readFile(join(dir, 'cert.pem'), 'utf8'), stop };
}

function settings(dir: string, port: number, tlsPort: number, options: NgircdOptions): string {
  const channels = (options.channels ?? ['#lobby']).map((name) => `[Channel]\nName = ${name}\nModes = nt\n`);
  const user = process.getuid?.() === 0 ? 'ServerUID = irc\nServerGID = irc\n' : '';
  const password = options.password === undefined ? '' : `Password = ${options.password}\n`;
  const { operator: one } = options;
  const operator = one === undefined ? '' : `[Operator]\nName = ${one.name}\nPassword = ${one.password}\n`;
  return `[Global]
Name = irc.test
Info = loopback test server
AdminInfo1 = lab
Listen = 127.0.0.1
Ports = ${port}
MotdPhrase = lab
PidFile = ${join(dir, 'ngircd.pid')}
${user}${password}
[Limits]
MaxConnections = 500
MaxConnectionsIP = 0
MaxJoins = 50
MaxNickLength = 30
PingTimeout = 60
PongTimeout = 20
MaxPenaltyTime = 0
[Options]
IncludeDir = ${join(dir, 'empty.d')}
DNS = no
Ident = no
PAM = no
ScrubCTCP = no
[SSL]
CertFile = ${join(dir, 'cert.pem')}
KeyFile = ${join(dir, 'key.pem')}
Ports = ${tlsPort}
${operator}${channels.join('')}`;
}

async function waitForPort(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('close', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    await sleep(50);
  }
  throw new Error(`ngircd did not open port ${port}; try "ngircd -t" with its settings`);
}
