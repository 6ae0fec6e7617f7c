// Everything real: the range's servers of all networks, a Sundew of its own with decoys on each, a reader by mail and one
// by XMPP, who have subscribed and confirmed as readers do.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SILENT } from '../../src/core/clock.ts';
import type { Journal } from '../../src/core/journal.ts';
import type { Intent } from '../../src/core/link.ts';
import type { EngagementGate } from '../../src/decoys/engagement/gate.ts';
import { openDialer } from '../../src/decoys/engagement/link.ts';
import { REAL_CLOCK } from '../../src/decoys/testing/real-clock.ts';
import { openXmppClient, type XmppClient } from '../../src/networks/xmpp/client.ts';
import { seededRandom } from '../../src/range/random.ts';
import { type Range, type RangeAccount, startRange } from '../../src/range/range.ts';
import { type RunningSundew, startSundew, until } from '../../test/support/sundew.ts';

const READER = 'reader@example.org';
const PATIENCE_MS = 60_000;

export interface Heard {
  readonly atMs: number;
  readonly text: string;
}

export interface Site extends AsyncDisposable {
  readonly sundew: RunningSundew;
  readonly range: Range;
  /** What the reader by XMPP was sent. */
  readonly heard: readonly Heard[];
}

export async function openSite(): Promise<Site> {
  await using undo = new AsyncDisposableStack();
  const stopper = new AbortController();
  const parts = { clock: REAL_CLOCK, random: seededRandom(1), log: SILENT, signal: stopper.signal, play: false };
  const range = undo.use(await startRange(parts));
  const dataDir = await mkdtemp(join(tmpdir(), 'sundew-history-'));
  undo.defer(() => rm(dataDir, { recursive: true, force: true }));
  const sundew = undo.use(await startSundew({ dataDir, env: settings(range) }));
  for (const decoy of range.decoys) await sundew.control.call('POST', '/api/v1/decoys', decoy);
  await until(async () => ((await allOnline(sundew, range.decoys.length)) ? true : undefined), PATIENCE_MS);
  const heard: Heard[] = [];
  const reader = undo.use(await listen(range.accounts.subscriber, heard, stopper.signal));
  await subscribeByMail(sundew, range);
  await subscribeByXmpp(sundew, range, reader, heard);
  const all = undo.move();
  return { sundew, range, heard, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

const settings = ({ accounts: { notifier }, ports }: Range): Record<string, string> => ({
  SUNDEW_RANGE_ENABLED: 'off',
  SUNDEW_MAIL_HOST: '127.0.0.1',
  SUNDEW_MAIL_PORT: String(ports.smtp),
  SUNDEW_MAIL_SECURITY: 'none',
  SUNDEW_MAIL_FROM: 'alerts@sundew.example',
  SUNDEW_ALERTS_DAILY_BUDGET: '1000',
  SUNDEW_ALERTS_ACCOUNTS_XMPP_ADDRESS: notifier.address,
  SUNDEW_ALERTS_ACCOUNTS_XMPP_PASSWORD: notifier.password,
  SUNDEW_ALERTS_ACCOUNTS_XMPP_HOST: notifier.host,
  SUNDEW_ALERTS_ACCOUNTS_XMPP_PORT: String(notifier.port),
  SUNDEW_ALERTS_ACCOUNTS_XMPP_TLS: notifier.tls,
});

async function allOnline({ control }: RunningSundew, count: number): Promise<boolean> {
  const { decoys } = await control.call<{ decoys: readonly { state: string }[] }>('GET', '/api/v1/decoys');
  return decoys.length === count && decoys.every(({ state }) => state === 'online');
}

/** Keeps nothing: this is a reader, not a decoy. */
const NO_JOURNAL: Journal = {
  append: async () => 1,
  read: async () => [],
  last: 0,
  waitBeyond: async () => undefined,
  erase: async () => undefined,
};
const ANYTHING: EngagementGate = {
  role: 'decoy',
  network: 'xmpp',
  level: () => 'observe',
  rule: () => ({ allowed: true, rule: 'reader' }),
};

/** Signs the reader on. */
function listen(account: RangeAccount, heard: Heard[], signal: AbortSignal): Promise<XmppClient> {
  const dial = openDialer({
    gate: ANYTHING,
    journal: NO_JOURNAL,
    decoy: account.address,
    clock: REAL_CLOCK,
    log: SILENT,
  });
  const onArrival = async ({ text }: { readonly text?: string }): Promise<void> => {
    if (text !== undefined) heard.push({ atMs: Date.now(), text });
  };
  return openXmppClient({ settings: { mode: 'client', ...account }, dial, clock: REAL_CLOCK, onArrival }, signal);
}

async function subscribeByMail({ control }: RunningSundew, { mailbox }: Range): Promise<void> {
  const wish = { channel: 'email', address: READER, networks: [], minSeverity: 'info' };
  await control.call('POST', '/api/v1/subscribers', wish);
  const token = await until(async () => /\/confirm\/([\w-]+)/.exec(mailbox.mails()[0]?.text ?? '')?.[1]);
  await control.call('POST', '/api/v1/subscribers/confirm', { token });
}

async function subscribeByXmpp(
  { control }: RunningSundew,
  { accounts: { notifier, subscriber } }: Range,
  reader: XmppClient,
  heard: readonly Heard[],
): Promise<void> {
  const wish = { channel: 'xmpp', address: subscriber.address, networks: [], minSeverity: 'info' };
  await until(async () => {
    const { accounts } = await control.call<{ accounts: readonly { network: string; state: string }[] }>(
      'GET',
      '/api/v1/settings/im',
    );
    return accounts.some(({ network, state }) => network === 'xmpp' && state === 'online') || undefined;
  }, PATIENCE_MS);
  await control.call('POST', '/api/v1/subscribers', wish);
  const code = await until(async () => /confirm (\d{6})/.exec(heard.at(-1)?.text ?? '')?.[1]);
  const id = 'confirm-1';
  const intent: Intent = { act: 'notify', peer: notifier.address };
  await reader.sendMessage({ to: notifier.address, body: `confirm ${code}`, id, originId: id, intent });
  await until(async () => heard.some(({ text }) => text.startsWith('Confirmed')) || undefined);
}
