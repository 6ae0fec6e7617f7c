// For tests: what an MSN decoy said.
import type { Sent } from '../../testing/loopback.ts';

export function textOf({ bytes }: Sent): string {
  return Buffer.from(bytes).toString('latin1');
}
