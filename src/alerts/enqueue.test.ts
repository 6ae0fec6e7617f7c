import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NETWORKS, type Network } from '../core/network.ts';
import { SEVERITIES, type Severity, severityRank } from '../core/severity.ts';
import { type TestDatabase, testDatabase } from '../storage/testing/test-database.ts';
import { enqueueAlerts } from './enqueue.ts';
import { listDeliveries } from './outbox-report-store.ts';
import { insertSubscribers, type TestSubscriber } from './testing/confirmed.ts';
import { DEAF_QUEUE, warningChange } from './testing/fakes.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());
const clear = async (): Promise<void> => {
  await database.db.deleteFrom('subscriber').execute();
  await database.db.deleteFrom('alert').execute();
};
beforeEach(clear);

const tell = (changes: Parameters<typeof enqueueAlerts>[2]): Promise<void> =>
  database.db.transaction().execute((tx) => enqueueAlerts(tx, DEAF_QUEUE, changes, { now: NOW }));

const told = async (revision: number): Promise<string[]> =>
  (await listDeliveries(database.db))
    .filter((delivery) => delivery.revision === revision)
    .map((delivery) => delivery.address)
    .toSorted();

const mark = (revision: number, address: string, state: 'sent' | 'failed'): Promise<unknown> =>
  sql`update delivery d set state = ${state} from subscriber s
      where s.id = d.subscriber and s.address = ${address} and d.revision = ${revision}`.execute(database.db);

describe('enqueueAlerts', () => {
  it('makes exactly one delivery for each matching confirmed subscription, however often it is repeated', async () => {
    const networks = fc.uniqueArray(fc.constantFrom<Network>(...NETWORKS), { maxLength: 3 });
    const severity = fc.constantFrom<Severity>(...SEVERITIES);
    const subscriber = fc.record(
      {
        networks,
        minSeverity: severity,
        state: fc.constantFrom('requested' as const, 'confirmed' as const, 'stopped' as const),
        confirmedAt: fc.constantFrom(new Date(NOW.getTime() - 1), NOW, new Date(NOW.getTime() + 1)),
      },
      { noNullPrototype: true },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(subscriber, { maxLength: 12 }),
        fc.record({ networks, severity }, { noNullPrototype: true }),
        async (drawn, alert) => {
          await clear();
          const subscribers: TestSubscriber[] = drawn.map((one, at) => ({ ...one, address: `r${at}@readers.example` }));
          await insertSubscribers(database.db, subscribers);
          await tell([warningChange(alert)]);
          await tell([warningChange(alert)]);
          const matching = subscribers.filter(
            (one) =>
              one.state === 'confirmed' &&
              (one.confirmedAt ?? NOW) <= NOW &&
              severityRank(one.minSeverity ?? 'info') <= severityRank(alert.severity) &&
              ((one.networks ?? []).length === 0 || alert.networks.some((network) => one.networks?.includes(network))),
          );
          expect(await told(1)).toEqual(matching.map((one) => one.address).toSorted());
        },
      ),
      { numRuns: 40 },
    );
  });

  it('tells nobody of what one decoy alone saw, unless the harm is beyond doubt', async () => {
    await insertSubscribers(database.db, [{ address: 'ann@readers.example' }]);
    await tell([warningChange({ id: 'W-ONE', decoys: 1 })]);
    expect(await told(1)).toEqual([]);
    await tell([warningChange({ id: 'W-TWO', decoys: 1, unambiguousHarm: true })]);
    expect(await told(1)).toEqual(['ann@readers.example']);
  });

  it('is silent about changes that nobody is to be told of', async () => {
    await insertSubscribers(database.db, [{ address: 'ann@readers.example' }]);
    await tell([warningChange({}, 'raised', false)]);
    expect(await listDeliveries(database.db)).toEqual([]);
  });

  it('lets a later revision take the place of one that has not gone out', async () => {
    await insertSubscribers(database.db, [{ address: 'ann@readers.example' }]);
    await tell([warningChange()]);
    await tell([warningChange({ revision: 2 }, 'updated')]);
    const states = (await listDeliveries(database.db)).map(({ revision, state }) => `${revision} ${state}`);
    expect(states.toSorted()).toEqual(['1 superseded', '2 pending']);
  });

  it('corrects exactly those who were told', async () => {
    await insertSubscribers(database.db, [
      { address: 'told@readers.example' },
      { address: 'failed@readers.example' },
      { address: 'other@readers.example', minSeverity: 'critical' },
    ]);
    await tell([warningChange()]);
    await mark(1, 'told@readers.example', 'sent');
    await mark(1, 'failed@readers.example', 'failed');
    await tell([warningChange({ revision: 2, severity: 'critical', decoys: 0 }, 'corrected')]);
    expect(await told(2)).toEqual(['told@readers.example']);
  });

  it('rolls back with the transaction that decided it', async () => {
    await insertSubscribers(database.db, [{ address: 'ann@readers.example' }]);
    const crash = database.db.transaction().execute(async (tx) => {
      await enqueueAlerts(tx, DEAF_QUEUE, [warningChange()], { now: NOW });
      throw new Error('crash');
    });
    await expect(crash).rejects.toThrow('crash');
    expect(await listDeliveries(database.db)).toEqual([]);
  });

  it('stores no live link, no exact count and nothing that the caller redacts', async () => {
    await insertSubscribers(database.db, [{ address: 'ann@readers.example' }]);
    await database.db.transaction().execute((tx) =>
      enqueueAlerts(tx, DEAF_QUEUE, [warningChange({ template: 'hi dora see http://x.example/a.scr' })], {
        now: NOW,
        redact: (text) => text.replaceAll('dora', '…'),
      }),
    );
    const alert = await database.db.selectFrom('alert').select('body').executeTakeFirstOrThrow();
    const body = JSON.stringify(alert.body);
    expect(body).not.toMatch(/https?:\/\/|dora|"42"/);
    expect(body).toContain('"captures": "30-99"'.replace(' ', ''));
  });
});
