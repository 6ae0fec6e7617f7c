// For tests: a decoy that runs until it is told to stop.
import type { Decoy } from '../../core/decoy.ts';
import type { LoopbackContext } from './loopback.ts';

export interface RunningDecoy {
  readonly context: LoopbackContext;
  /** `signed off`, or what ended it. Never rejects. */
  readonly ended: Promise<unknown>;
  stop(): void;
}

export function runDecoy(decoy: Decoy, context: LoopbackContext): RunningDecoy {
  const stopper = new AbortController();
  const ended = decoy.run(context, stopper.signal).then(
    () => 'signed off',
    (error: unknown) => error,
  );
  return { context, ended, stop: () => stopper.abort() };
}
