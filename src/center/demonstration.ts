// The simulated realm: the range and its decoys while no decoy is configured, and whatever simulated captures are
// replayed. It can be done away with at any time.

import { existsSync } from 'node:fs';
import { createEmailChannel } from '../alerts/channels/email.ts';
import { addSimulatedSubscriber } from '../alerts/subscriber-report-store.ts';
import { modelFileInUse } from '../analysis/classify/model-folder.ts';
import { DecoyConfig } from '../decoys/decoy-config.ts';
import { type Range, startRange } from '../range/range.ts';
import { countProjected } from './center-metrics.ts';
import type { LiveOptions, LiveParts } from './live-realm.ts';
import { decoyGuards } from './live-realm.ts';
import { openRealm, type RealmParts } from './realm.ts';
import { sizeOfService } from './settings-desk.ts';

export interface Demonstration {
  /** The simulated realm, while there is one. */
  realm(): RealmParts | undefined;
  /** Opens the realm (without the range) when it is not open. */
  open(): Promise<RealmParts>;
  /** Whether the board shows it. */
  shown(): boolean;
  mailbox(): Range['mailbox'] | undefined;
  /** Starts the range when it should run, stops it when not: a decoy was added or removed. */
  adjust(): Promise<void>;
  purge(): Promise<void>;
  close(): Promise<void>;
}

const DEMO_SUBSCRIBER = 'you@example.org';
const FROM = 'Sundew (simulated) <alerts@sundew.example>';

export async function openDemonstration(options: LiveOptions & { readonly live: LiveParts }): Promise<Demonstration> {
  const { live } = options;
  let realm: RealmParts | undefined;
  let range: Range | undefined;
  const ended = new AbortController();
  // One change at a time: requests to add, remove and purge may come together.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };
  const wanted = (): boolean =>
    options.run && options.loaded.settings.range.enabled === 'auto' && live.decoys.configured() === 0;

  const open = async (): Promise<RealmParts> => {
    realm ??= await openSimulated(options);
    return realm;
  };
  const start = async (): Promise<void> => {
    const parts = await open();
    const started = await startRange({ ...options, signal: ended.signal });
    range = started;
    const { host, port } = started.mailbox;
    await parts.setChannel('email', createEmailChannel({ host, port, security: 'none', from: FROM }));
    await addSimulatedSubscriber(
      parts.db,
      { channel: 'email', address: DEMO_SUBSCRIBER, networks: [], minSeverity: 'medium' },
      options.clock.now(),
    );
    live.decoys.startSimulated(
      parts.journal,
      started.decoys.map((config) => DecoyConfig.parse(config)),
    );
  };
  const stop = async (): Promise<void> => {
    await live.decoys.stopSimulated();
    await realm?.setChannel('email', undefined);
    await range?.stop();
    range = undefined;
  };

  if (wanted()) await start();
  else if (existsSync(options.paths.journal('simulated'))) await open();
  return {
    realm: () => realm,
    open: () => inTurn(open),
    shown: () => range !== undefined,
    mailbox: () => range?.mailbox,
    adjust: () =>
      inTurn(async () => {
        if (wanted() && range === undefined) await start();
        else if (!wanted() && range !== undefined) await stop();
      }),
    purge: () =>
      inTurn(async () => {
        const running = range !== undefined;
        await stop();
        await realm?.purge();
        realm = undefined;
        if (running) await start();
      }),
    close: () =>
      inTurn(async () => {
        await stop();
        await realm?.close();
        realm = undefined;
      }),
  };
}

function openSimulated(options: LiveOptions & { readonly live: LiveParts }): Promise<RealmParts> {
  const { settings } = options.loaded;
  return openRealm({
    ...options,
    ...decoyGuards('simulated', () => options.live.decoys),
    realm: 'simulated',
    databaseUrl: options.store.url,
    journalDir: options.paths.journal('simulated'),
    model: modelFileInUse(options.paths.models),
    sensor: 'range',
    budgetPerDay: settings.alerts.dailyBudget * 100,
    channels: [],
    dispatch: options.run,
    delayMs: 0,
    analysisWorkers: 0,
    sizeOf: (network) => sizeOfService(options.live.settings.current(), network),
    onProjected: (projected) => countProjected(options.metrics, true, projected),
  });
}
