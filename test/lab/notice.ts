// Vitest's global setup of the suite `unit`: says which suites this run leaves out, and how to run them.
import { readdirSync } from 'node:fs';
import { hasPeer, INSTALL_COMMAND, PEERS } from './peers.ts';

export function setup(): void {
  if (process.env.npm_lifecycle_event !== 'test') return; // only who typed `npm test` may take it for everything
  const suites = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.test.ts'));
  const missing = PEERS.filter((peer) => !hasPeer(peer));
  const how = missing.length === 0 ? '' : ` after ${INSTALL_COMMAND} (missing: ${missing.join(', ')})`;
  const names = suites.map((name) => name.replace('.test.ts', '')).join(', ');
  console.log(
    `Not in this run: ${suites.length} suites against real peers (${names}). Run them with npm run test:lab${how}.`,
  );
}
