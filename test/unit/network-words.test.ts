import { expect, test } from 'vitest';
import { NETWORK_NAMES } from '../../src/core/network.ts';
import { NETWORK_WORDS } from '../../src/web/api/words.ts';

// The web knows the HTTP API and nothing else (docs/architecture.md), so that the names stand twice.
test('the pages call every network as alerts, commands and errors do', () => {
  expect(NETWORK_WORDS).toEqual(NETWORK_NAMES);
});
