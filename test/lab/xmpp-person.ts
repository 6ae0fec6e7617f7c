// A person on XMPP who shares no code with us: slixmpp, signed on until told to leave.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { until } from '../support/sundew.ts';

const SENDER = fileURLToPath(new URL('xmpp-sender.py', import.meta.url));
const PYTHON = '/usr/bin/python3';

export interface Heard {
  readonly at: number;
  readonly stanza: string;
}

export interface XmppPerson extends AsyncDisposable {
  /** Sends one stanza, written on one line. */
  say(...stanzas: readonly string[]): void;
  /** Every stanza that came in, with the time at which it was read here. */
  readonly heard: readonly Heard[];
}

/** Signs on and stays. */
export async function xmppPerson(of: { jid: string; password: string; port: number }): Promise<XmppPerson> {
  const child = spawn(PYTHON, [SENDER, of.jid, of.password, String(of.port)], { stdio: ['pipe', 'pipe', 'pipe'] });
  const heard: Heard[] = [];
  let rest = '';
  let complaint = '';
  let ready = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  child.stdin.on('error', () => undefined); // it has ended; whoever waits for an answer will say so
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('GOT ')) heard.push({ at: Date.now(), stanza: line.slice(4) });
      if (line === 'READY') ready = true;
    }
  });
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`${of.jid} could not sign on:\n${complaint}`);
    return ready || undefined;
  });
  return {
    say: (...stanzas) => void child.stdin.write(stanzas.map((stanza) => `${stanza}\n`).join('')),
    heard,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
