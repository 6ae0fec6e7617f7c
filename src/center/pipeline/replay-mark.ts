// How a capture that was replayed says so. Set by the intake, never taken from a file.
import type { Capture } from '../../core/capture.ts';

const KEY = 'replay';

/** Marks a capture as replayed, `quiet` (no alerts) or `alert`. */
export function markReplayed(capture: Capture, mode: 'quiet' | 'alert'): Capture {
  return { ...capture, meta: { ...capture.meta, [KEY]: mode } };
}

/** Whether what follows from this capture must not be told to subscribers. */
export function isQuiet(capture: Capture): boolean {
  return capture.meta[KEY] === 'quiet';
}
