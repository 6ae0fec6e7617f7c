// Captures for the tests and benches of the analysis.
import type { Capture } from '../../core/capture.ts';
import { parseCapture } from '../../core/parse-capture.ts';

let count = 0;

/** A message to a decoy, with whatever else is given. */
export function captureOf(text: string | undefined, more: Readonly<Record<string, unknown>> = {}): Capture {
  return parseCapture(
    {
      v: 1,
      at: '2026-01-01T00:00:00Z',
      network: 'xmpp',
      decoy: 'dora@decoys.example',
      peer: { id: 'bot7@spam.example' },
      kind: 'message',
      native: `n${count++}`,
      ...(text === undefined ? {} : { text }),
      ...more,
    },
    { sensor: 'test' },
  );
}
