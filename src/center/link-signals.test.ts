import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DecoyStatus } from '../decoys/decoy-runner.ts';
import { type TestDatabase, testDatabase } from '../storage/testing/test-database.ts';
import { withId } from '../warning/signals/engine.ts';
import { listSignals, saveMemory, saveSignals } from '../warning/signals/signal-store.ts';
import { LINK_DOWN_MS, linksDown, withLinks } from './link-signals.ts';

const NOW = new Date('2026-01-05T12:00:00.000Z');
const ago = (ms: number): string => new Date(NOW.getTime() - ms).toISOString();

function status(given: Partial<DecoyStatus> = {}): DecoyStatus {
  return {
    ...{ name: 'dora', network: 'xmpp', address: 'dora@d.example', enabled: true, state: 'online', captures: 3 },
    ...{ since: ago(60_000), level: 'observe', simulated: false },
    ...given,
  };
}

const down = (ms: number, given: Partial<DecoyStatus> = {}): DecoyStatus =>
  status({ state: 'connecting', downSince: ago(ms), ...given });

describe('links that are down', () => {
  test('are told after an hour, with the reason, also of a decoy that was never touched', () => {
    const [one, ...others] = linksDown(
      [
        down(LINK_DOWN_MS, { captures: 0, problem: 'nothing listens at 127.0.0.1:5222' }),
        down(LINK_DOWN_MS - 1, { address: 'zoe@d.example' }),
        status({ address: 'eve@d.example' }),
        status({ address: 'off@d.example', state: 'disabled', enabled: false }),
      ],
      {},
      NOW,
    );
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      ...{ rule: 'link-down', subject: 'decoy xmpp dora@d.example', network: 'xmpp', firm: true, count: 0 },
      reason: `the link of decoy xmpp dora@d.example has been down since 2026-01-05 11:00 UTC: nothing listens at 127.0.0.1:5222`,
    });
  });

  test('keep their id while they last, and are found by rule and network alone', () => {
    const statuses = [down(2 * LINK_DOWN_MS)];
    const [one] = linksDown(statuses, { rule: 'link-down', network: 'xmpp', since: NOW.toISOString() }, NOW);
    const [later] = linksDown(statuses, {}, new Date(NOW.getTime() + LINK_DOWN_MS));
    expect(later?.id).toBe(one?.id);
    expect(linksDown(statuses, { rule: 'silence' }, NOW)).toEqual([]);
    expect(linksDown(statuses, { network: 'irc' }, NOW)).toEqual([]);
    expect(linksDown(statuses, { campaign: '5d0c9bd6-5d0c-8bd6-8d0c-5d0c9bd65d0c' }, NOW)).toEqual([]);
  });

  test('of many on one network make one signal, since the first', () => {
    const many = Array.from({ length: 500 }, (_, at) => down(LINK_DOWN_MS + at, { address: `d${at}@d.example` }));
    const found = linksDown([...many, down(LINK_DOWN_MS, { network: 'irc', address: 'dora' })], {}, NOW);
    expect(found.map(({ subject }) => subject).sort()).toEqual(['decoy irc dora', 'decoys xmpp']);
    expect(found.find(({ subject }) => subject === 'decoys xmpp')).toMatchObject({
      at: ago(LINK_DOWN_MS + 499),
      reason: expect.stringContaining('500 decoys on xmpp'),
    });
  });
});

describe('a silence', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  test('that lasts says how the link of its decoy is; one that is over, or of a sensor, does not', async () => {
    const { db } = database;
    const silence = (subject: string, at: string) =>
      withId({ rule: 'silence', subject, at, count: 40, p: 1e-5, reason: `${subject} has been silent`, campaigns: [] });
    const dora = 'decoy xmpp dora@d.example';
    await saveSignals(db, [silence(dora, ago(9e6)), silence(dora, ago(1e6))], NOW, true);
    await saveSignals(
      db,
      ['decoy irc zoe', 'decoy irc off', 'decoy irc gone', 'sensor edge-1'].map((one) => silence(one, ago(2e6))),
      NOW,
      true,
    );
    await saveSignals(db, [silence('decoy irc unsure', ago(3e6))], NOW, false);
    const source = (name: string, told: boolean) => ({
      ...({ kind: 'source', name, lastMs: 0 } as const),
      state: { lastMs: 0, captures: 40, pauses: 20, mean: 1, square: 2, ...(told ? { told } : {}) },
    });
    await saveMemory(db, [
      ...[dora, 'decoy irc off', 'decoy irc gone', 'sensor edge-1'].map((name) => source(name, true)),
      source('decoy irc zoe', false),
    ]);
    const running = new Map([
      ['dora@d.example', down(5_000)],
      ['zoe', status({ network: 'irc' })],
      ['off', status({ network: 'irc', state: 'disabled', enabled: false })],
      ['unsure', status({ network: 'irc' })],
    ]);
    const desk = { runningOf: (_realm: string, _network: string, address: string) => running.get(address) };
    const told = await withLinks(db, await listSignals(db), desk, 'live');
    const linked = told.flatMap(({ subject, at, link }) => (link === undefined ? [] : [[subject, at, link] as const]));
    expect(linked).toEqual(
      [
        [dora, ago(1e6), { state: 'down', since: ago(5_000) }],
        ['decoy irc off', ago(2e6), { state: 'off', since: ago(60_000) }],
        ['decoy irc unsure', ago(3e6), { state: 'up', since: ago(60_000) }],
      ].sort((a, b) => Date.parse(b[1] as string) - Date.parse(a[1] as string)),
    );
    expect(told.find(({ link }) => link?.state === 'down')?.reason).toBe(
      `${dora} has been silent; its link has been down since 2026-01-05 11:59 UTC`,
    );
    expect((await listSignals(db)).every(({ reason }) => !reason.includes('link'))).toBe(true);
  });
});
