// A process of its own, for tests of what a kill leaves behind.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Starts a script of ours and waits for its first output: it is at work then. */
export async function startChild(script: string, args: readonly string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.stdout !== null) await once(child.stdout, 'data');
  return child;
}

/** kill -9; waits until it is gone. */
export async function killChild(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
