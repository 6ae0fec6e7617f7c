// One and the same alert on every network: real range servers, the real gate of notifiers, the real outbox.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CaptureDraft } from '../../core/capture.ts';
import { SILENT } from '../../core/clock.ts';
import type { EngagementGate } from '../../decoys/engagement/gate.ts';
import { openDialer } from '../../decoys/engagement/link.ts';
import { MemoryJournal } from '../../decoys/testing/memory-journal.ts';
import { type TestDatabase, testDatabase } from '../../storage/testing/test-database.ts';
import { parseAddress } from '../address.ts';
import { type Channel, IM_KINDS, type ImKind } from '../channel.ts';
import { type Dispatcher, startDispatcher } from '../dispatcher.ts';
import { enqueueAlerts } from '../enqueue.ts';
import { listDeliveries } from '../outbox-report-store.ts';
import { findSubscriber } from '../subscriber-report-store.ts';
import { requestSubscription } from '../subscription.ts';
import { DEAF_QUEUE, REAL_CLOCK, until, warningChange } from '../testing/fakes.ts';
import { PASSWORD, RANGE, type RangeNetwork } from '../testing/im-range.ts';
import type { ImClient } from './im.ts';
import { openImAlerts } from './im-alerts.ts';
import { IM_OPENERS } from './im-clients.ts';

const PATIENCE_MS = 20_000;
const PUBLIC_URL = 'https://sundew.example';

/** A person on the network, whose client may write what it likes. */
interface Person {
  readonly client: ImClient;
  readonly texts: string[];
  say(text: string): Promise<void>;
}

let database: TestDatabase;
let dispatcher: Dispatcher;
const people = new Map<ImKind, Person>();
const stops: (() => Promise<void>)[] = [];

async function openPerson<N extends ImKind>(network: N, range: RangeNetwork<N>): Promise<Person> {
  const gate: EngagementGate = {
    role: 'decoy',
    network,
    level: () => 'observe',
    rule: () => ({ allowed: true, rule: 'test' }),
  };
  const texts: string[] = [];
  const { subscriber, alerts } = range;
  const dial = openDialer({ gate, journal: new MemoryJournal(), decoy: subscriber, clock: REAL_CLOCK, log: SILENT });
  const onArrival = async (draft: CaptureDraft): Promise<void> => {
    if (draft.kind === 'message' && draft.text !== undefined) texts.push(draft.text);
  };
  const account = { ...range.account(subscriber), password: PASSWORD };
  const parts = { dial, clock: REAL_CLOCK, srv: async () => [], ca: undefined, keepsake: undefined, onArrival };
  const client = await IM_OPENERS[network](account, parts, AbortSignal.timeout(300_000));
  const say = (text: string): Promise<void> => {
    const id = randomUUID();
    const intent = { act: 'notify', peer: alerts } as const;
    return client.sendMessage({ to: alerts, body: text, id, originId: id, intent });
  };
  return { client, texts, say };
}

async function openNetwork<N extends ImKind>(network: N): Promise<Channel> {
  const range = await RANGE[network]();
  stops.push(() => range.stop());
  const person = await openPerson(network, range);
  people.set(network, person);
  stops.push(async () => await person.client[Symbol.asyncDispose]());
  const channel = openImAlerts(network, range.account(range.alerts), {
    db: database.db,
    journal: new MemoryJournal(),
    publicUrl: PUBLIC_URL,
    clock: REAL_CLOCK,
    random: Math.random,
    log: SILENT,
    srv: async () => [],
  });
  await until(() => channel.state() === 'online', PATIENCE_MS);
  return channel;
}

const subscribe = async (network: ImKind, address: string): Promise<void> => {
  const isDecoyAddress = (): boolean => false;
  await requestSubscription(
    { db: database.db, queue: DEAF_QUEUE, clock: REAL_CLOCK, isDecoyAddress },
    { channel: network, address, networks: [], minSeverity: 'info', kinds: ['warnings'], via: 'admin' },
  );
};

const person = (network: ImKind): Person => {
  const found = people.get(network);
  if (found === undefined) throw new Error(`nobody is on ${network}`);
  return found;
};

const tell = (id: string): Promise<void> =>
  database.db
    .transaction()
    .execute((tx) => enqueueAlerts(tx, DEAF_QUEUE, [warningChange({ id })], { now: new Date() }));

/** What a person was sent that a pattern is found in. */
const heard = (network: ImKind, pattern: RegExp): string[] =>
  person(network).texts.filter((text) => pattern.test(text));

beforeAll(async () => {
  database = await testDatabase();
  const channels: Channel[] = [];
  for (const network of IM_KINDS) channels.push(await openNetwork(network));
  dispatcher = await startDispatcher({
    db: database.db,
    queue: DEAF_QUEUE,
    channels,
    clock: REAL_CLOCK,
    random: Math.random,
    log: SILENT,
    publicUrl: PUBLIC_URL,
    isDecoyAddress: () => false,
  });
}, 120_000);
afterAll(async () => {
  await dispatcher?.stop();
  for (const stop of stops.reverse()) await stop();
  await database?.close();
}, 60_000);
afterEach(() => {
  for (const { texts } of people.values()) texts.length = 0;
});

describe('alerts by IM on every network', () => {
  it.each(IM_KINDS)('a subscription on %s is confirmed by the code that comes there', async (network) => {
    const { say } = person(network);
    const address = SUBSCRIBERS[network];
    await subscribe(network, address);
    dispatcher.wake();
    await until(() => heard(network, /confirm \d{6}/).length > 0, PATIENCE_MS);
    const [, code = ''] = /confirm (\d{6})/.exec(person(network).texts.join('\n')) ?? [];
    await say(`confirm ${code}`);
    await until(() => heard(network, /^Confirmed/).length === 1, PATIENCE_MS);
    const { key } = parseAddress(network, address);
    expect(await findSubscriber(database.db, network, key)).toMatchObject({ state: 'confirmed' });
  });

  it('one alert reaches every subscriber, each once, in the same words', async () => {
    await tell('W-SAME');
    dispatcher.wake();
    await until(() => IM_KINDS.every((network) => heard(network, /W-SAME/).length > 0), 30_000);
    await until(async () => (await listDeliveries(database.db)).every(({ state }) => state === 'sent'), PATIENCE_MS);
    const words = IM_KINDS.map((network) => heard(network, /W-SAME/).map(plain));
    expect(words.map((texts) => texts.length)).toEqual(IM_KINDS.map(() => 1));
    expect(new Set(words.flat()).size).toBe(1);
  });

  it.each(IM_KINDS)('help, info and status are answered on %s', async (network) => {
    const { say } = person(network);
    await say('help');
    await until(() => heard(network, /^info \[id\]/).length === 1, PATIENCE_MS);
    await say('info W-SAME');
    await until(() => heard(network, /W-SAME/).length > 0, PATIENCE_MS);
    await say('status');
    await until(() => heard(network, /^You get warnings of severity info/).length === 1, PATIENCE_MS);
  });

  it.each(IM_KINDS)('ack on %s is kept with the delivery, and answered once', async (network) => {
    const { say } = person(network);
    await say('ack W-SAME.1');
    await until(() => heard(network, /^Noted: you have seen W-SAME/).length === 1, PATIENCE_MS);
    const acked = (await listDeliveries(database.db)).filter(({ channel, ackedAt }) => channel === network && ackedAt);
    expect(acked).toMatchObject([{ warning: 'W-SAME', state: 'sent' }]);
  });

  it.each(IM_KINDS)('stop on %s ends it there', async (network) => {
    await person(network).say('stop');
    await until(() => heard(network, /^Stopped/).length === 1, PATIENCE_MS);
    const { key } = parseAddress(network, SUBSCRIBERS[network]);
    expect(await findSubscriber(database.db, network, key)).toMatchObject({ state: 'stopped' });
  });

  it('nobody who has stopped is told of the next one', async () => {
    await tell('W-LATER');
    dispatcher.wake();
    const later = (await listDeliveries(database.db)).filter(({ warning }) => warning === 'W-LATER');
    expect(later).toEqual([]);
  });
});

/** As people may write them. */
const SUBSCRIBERS: Readonly<Record<ImKind, string>> = {
  xmpp: 'Bob@im.example/phone',
  oscar: 'Bob Lee',
  msnp: 'Bob@IM.example',
  ymsg: 'Bob_Lee@yahoo.com',
  sametime: 'CN=Bob Lee/O=Example',
};

/** AIM cuts long messages in pieces and writes markup: words are what counts. */
const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
