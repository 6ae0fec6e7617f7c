// A decoy that nothing lets sign on, over real HTTP: told as a signal an hour later, though nobody ever touched it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { freePort } from '../../test/support/free-port.ts';
import { until } from '../../test/support/sundew.ts';
import { REAL_CLOCK } from '../alerts/testing/fakes.ts';
import type { DecoyList, SignalList } from './api/contract.ts';
import { openTestCenter, type TestCenter } from './testing/open-center.ts';

let ahead = 0;
const clock = { ...REAL_CLOCK, now: () => new Date(Date.now() + ahead) };
let whole: TestCenter;
beforeAll(async () => {
  whole = await openTestCenter({ clock });
});
afterAll(() => whole[Symbol.asyncDispose]());

const signals = async (query = ''): Promise<z.infer<typeof SignalList>['signals']> =>
  (await whole.control.call<z.infer<typeof SignalList>>('GET', `/api/v1/console/signals?realm=live${query}`)).signals;

test('a link that has been down for an hour is a signal of its realm', async () => {
  const port = await freePort();
  await whole.control.call('POST', '/api/v1/decoys', {
    ...{ name: 'dora', network: 'irc', address: 'dora', host: '127.0.0.1', port, tls: 'none', channels: [] },
    enabled: true,
  });
  const down = await until(async () => {
    const { decoys } = await whole.control.call<z.infer<typeof DecoyList>>('GET', '/api/v1/decoys');
    return decoys.find(({ name, problem }) => name === 'dora' && problem !== undefined)?.downSince;
  });
  expect(await signals()).toEqual([]);
  ahead = 3_600_000;
  const [one, ...others] = await signals();
  expect(others).toEqual([]);
  expect(one).toMatchObject({ rule: 'link-down', at: down, subject: 'decoy irc dora', network: 'irc', count: 0 });
  expect(one?.reason).toContain(
    `has been down since ${down?.slice(0, 16).replace('T', ' ')} UTC: nothing listens at 127[.]0[.]0[.]1`,
  );
  expect(await signals('&rule=silence')).toEqual([]);
  await whole.control.call('DELETE', '/api/v1/decoys/dora');
  expect(await signals()).toEqual([]);
});
