// The range with real decoys on it, over real sockets.
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { CaptureDraft } from '../core/capture.ts';
import { SILENT } from '../core/clock.ts';
import type { Decoy } from '../core/decoy.ts';
import { DecoyConfig } from '../decoys/decoy-config.ts';
import { REAL_CLOCK } from '../decoys/testing/real-clock.ts';
import { ircDecoy } from '../networks/irc/decoy.ts';
import { msnpDecoy } from '../networks/msnp/decoy.ts';
import { oscarDecoy } from '../networks/oscar/decoy.ts';
import { sametimeDecoy } from '../networks/sametime/decoy.ts';
import { type LoopbackContext, loopbackContext, until } from '../networks/testing/loopback.ts';
import { xmppDecoy } from '../networks/xmpp/decoy.ts';
import { ymsgDecoy } from '../networks/ymsg/decoy.ts';
import { seededRandom } from './random.ts';
import { type Range, type RangeDecoy, type RangeOptions, startRange } from './range.ts';
import { RANGE_NETWORKS, type RangeNetwork, type Touch } from './touch.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function start(over: Partial<RangeOptions> = {}): Promise<{ range: Range; stopper: AbortController }> {
  const stopper = new AbortController();
  const range = await startRange({
    clock: REAL_CLOCK,
    random: seededRandom(1),
    log: SILENT,
    signal: stopper.signal,
    ...over,
  });
  undo.push(() => range.stop());
  return { range, stopper };
}

function makeDecoy(config: RangeDecoy): Decoy {
  switch (config.network) {
    case 'irc':
      return ircDecoy(config);
    case 'xmpp':
      return xmppDecoy(config);
    case 'oscar':
      return oscarDecoy(config);
    case 'msnp':
      return msnpDecoy(config);
    case 'ymsg':
      return ymsgDecoy(config);
    case 'sametime':
      return sametimeDecoy(config);
  }
}

/** Runs every decoy of the range until the test ends. */
function runDecoys(decoys: readonly RangeDecoy[]): ReadonlyMap<RangeDecoy, LoopbackContext> {
  const contexts = new Map<RangeDecoy, LoopbackContext>();
  for (const config of decoys) {
    const context = loopbackContext();
    const stopper = new AbortController();
    contexts.set(config, context);
    const decoy = makeDecoy(config);
    // The range may stop first; how a decoy ends is not what is tested here.
    const ended = decoy.run(context, stopper.signal).catch(() => undefined);
    undo.push(() => {
      stopper.abort();
      return ended;
    });
  }
  return contexts;
}

const capturesOn = (
  contexts: ReadonlyMap<RangeDecoy, LoopbackContext>,
  network: RangeNetwork,
): readonly CaptureDraft[] =>
  [...contexts].flatMap(([config, { captures }]) =>
    config.network === network ? captures.map(({ draft }) => draft) : [],
  );

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

describe('the range', () => {
  test('gives decoys in the form of the settings, with twelve XMPP addresses and six nicks', async () => {
    const { range } = await start({ play: false });
    for (const decoy of range.decoys) expect(DecoyConfig.parse(decoy)).toEqual(decoy);
    expect(new Set(range.decoys.map(({ name }) => name)).size).toBe(range.decoys.length);
    expect(range.decoys.filter(({ network }) => network === 'irc').length).toBe(6);
    const { notifier, subscriber } = range.accounts;
    for (const decoy of range.decoys) expect([notifier.address, subscriber.address]).not.toContain(decoy.address);
  });

  test('its decoys sign on and are touched within five seconds, on every network', async () => {
    const { range } = await start();
    const contexts = runDecoys(range.decoys);
    const untouched = (): readonly RangeNetwork[] =>
      RANGE_NETWORKS.filter((one) => capturesOn(contexts, one).length === 0);
    await until(() => untouched().length === 0, 'touches on every network', 5_000);
    for (const context of contexts.values()) expect(context.states).toContain('online');
  });

  test('every kind of touch that is sent becomes a capture', async () => {
    const { range } = await start({ speed: 60 });
    const contexts = runDecoys(range.decoys);
    const kinds = (): ReadonlySet<string> =>
      new Set([...contexts.values()].flatMap(({ captures }) => captures.map(({ draft }) => draft.kind)));
    const wanted = ['message', 'file-offer', 'contact-request', 'group-invite'];
    await until(() => wanted.every((kind) => kinds().has(kind)), 'all kinds', 15_000);
    const offers = [...contexts.values()]
      .flatMap(({ captures }) => captures)
      .filter(({ draft }) => draft.kind === 'file-offer');
    expect(offers[0]?.draft.file?.name).toMatch(/\./);
  });

  test('what peers send is captured once, word for word', async () => {
    const sent: Touch[] = [];
    const { range } = await start({ speed: 20, onTouch: (touch) => sent.push(touch) });
    const contexts = runDecoys(range.decoys);
    await until(() => [...contexts.values()].every(({ states }) => states.includes('online')), 'online');
    const from = sent.length;
    const texts = (touches: readonly Touch[]): readonly string[] =>
      touches.flatMap(({ act, network }) => (network === 'xmpp' && act.type === 'message' ? [act.text] : []));
    await until(() => texts(sent.slice(from)).length > 10, 'eleven messages', 20_000);
    const captured = (): readonly (string | undefined)[] =>
      [...contexts]
        .filter(([{ network }]) => network === 'xmpp')
        .flatMap(([, { captures }]) => captures.map(({ draft }) => draft.text));
    const count = (list: readonly (string | undefined)[], text: string): number =>
      list.filter((one) => one === text).length;
    const wanted = texts(sent.slice(from));
    for (const text of wanted) {
      await until(() => count(captured(), text) >= count(wanted, text), text);
      expect(count(captured(), text)).toBeLessThanOrEqual(count(texts(sent), text));
    }
  });

  test('stop leaves no listener, no connection and no timer', async () => {
    const before = process.getActiveResourcesInfo().filter((name) => name !== 'Immediate').length;
    const { range } = await start({ speed: 20 });
    const ports = Object.values(range.ports);
    expect(ports.length).toBe(8);
    for (const port of ports) expect(await isOpen(port)).toBe(true);
    await range.stop();
    await range.stop();
    for (const port of ports) expect(await isOpen(port)).toBe(false);
    await until(
      () => process.getActiveResourcesInfo().filter((name) => name !== 'Immediate').length <= before + 1,
      `resources gone: ${process.getActiveResourcesInfo()}`,
    );
  });

  test('the signal stops it', async () => {
    const { range, stopper } = await start();
    stopper.abort();
    await range.stop();
    expect(await isOpen(range.ports.irc)).toBe(false);
  });

  test('a second start with the same seed gives other message ids, so that nothing counts as redelivered', async () => {
    const natives: string[][] = [];
    for (let run = 0; run < 2; run += 1) {
      const { range } = await start({ speed: 60 });
      const contexts = runDecoys(range.decoys);
      const messages = (): readonly (string | undefined)[] =>
        [...contexts.values()].flatMap(({ captures }) =>
          captures.flatMap(({ draft }) => (draft.kind === 'message' ? [draft.native] : [])),
        );
      await until(() => messages().filter((native) => native !== undefined).length > 40, 'captures', 20_000);
      await range.stop();
      natives.push(messages().filter((native) => native !== undefined));
    }
    const [first = [], second = []] = natives;
    expect(first.length).toBeGreaterThan(40);
    expect(first.filter((native) => second.includes(native))).toEqual([]);
  });

  test('the same seed sends the same touches', async () => {
    const runs: string[][] = [];
    for (let run = 0; run < 2; run += 1) {
      const seen: string[] = [];
      const { range } = await start({
        speed: 500,
        onTouch: ({ from, to, act }) => seen.push(JSON.stringify([from, to, act])),
      });
      await until(() => seen.length >= 40, 'forty touches');
      await range.stop();
      runs.push(seen.slice(0, 40));
    }
    expect(runs[0]).toEqual(runs[1]);
  });
});
