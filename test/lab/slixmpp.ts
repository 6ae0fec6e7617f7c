// A sender of XMPP stanzas that shares no code with us: slixmpp, by xmpp-sender.py.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Prosody } from './prosody.ts';

const SENDER = fileURLToPath(new URL('xmpp-sender.py', import.meta.url));
const PYTHON = '/usr/bin/python3';

/** Runs the slixmpp sender; resolves with everything it was sent by anyone. */
export async function sendBySlixmpp(
  { domain, port }: Prosody,
  local: string,
  stanzas: readonly string[],
): Promise<readonly string[]> {
  const child: ChildProcess = spawn(PYTHON, [SENDER, `${local}@${domain}`, `${local}-pw`, `${port}`], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let out = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    if (out.includes('READY') && child.stdin?.writable === true) child.stdin.end(`${stanzas.join('\n')}\n\n`);
  });
  await new Promise((resolve) => child.once('exit', resolve));
  if (!out.includes('DONE')) throw new Error(`the sender of slixmpp said: ${out}`);
  return out.split('\n').filter((line) => line.startsWith('GOT'));
}
