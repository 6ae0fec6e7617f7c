import { describe, expect, it } from 'vitest';
import type { Capture } from '../core/capture.ts';
import { SILENT } from '../core/clock.ts';
import type { Decoy, DecoyContext } from '../core/decoy.ts';
import { type ErrorCode, SundewError } from '../core/error.ts';
import type { DecoyConfig } from './decoy-config.ts';
import { createSupervisor, type Supervisor } from './supervisor.ts';
import { FakeClock } from './testing/fake-clock.ts';
import { MemoryJournal } from './testing/memory-journal.ts';

const MINUTE = 60_000;

type Behaviour = (context: DecoyContext, signal: AbortSignal) => Promise<void>;

const stayOnline: Behaviour = async (context, signal) => {
  context.state('online');
  await context.clock.sleep(Number.MAX_SAFE_INTEGER, signal).catch(() => undefined);
};
const failWith =
  (code: ErrorCode): Behaviour =>
  () =>
    Promise.reject(new SundewError(code, `failed with ${code}`));

function config(name: string, host = 'irc.example'): DecoyConfig {
  return { name, network: 'irc', address: name, host, tls: 'direct', channels: [], enabled: true };
}

interface Setup {
  readonly clock: FakeClock;
  readonly journal: MemoryJournal;
  readonly supervisor: Supervisor;
  /** When each decoy tried, in ms since the start. */
  readonly tries: Map<string, number[]>;
}

function setup(behaviour: (name: string) => Behaviour): Setup {
  const clock = new FakeClock();
  const begin = clock.now().getTime();
  const journal = new MemoryJournal();
  const tries = new Map<string, number[]>();
  const make = (of: DecoyConfig): Decoy => ({
    network: of.network,
    address: of.address,
    abilities: { kinds: [], manyAddresses: false, offlineMessages: false, startTls: false },
    run: async (context, signal) => {
      tries.set(of.name, [...(tries.get(of.name) ?? []), clock.now().getTime() - begin]);
      await behaviour(of.name)(context, signal);
    },
  });
  const supervisor = createSupervisor({
    clock,
    random: () => 0.5,
    log: SILENT,
    journal,
    engagement: { level: () => 'observe' },
    said: { saidToday: () => true, remember: () => undefined },
    encodeEntry: (capture: Capture) => Buffer.from(JSON.stringify(capture)),
    sensor: 'edge-1',
    simulated: true,
    makeDecoy: make,
  });
  return { clock, journal, supervisor, tries };
}

describe('the supervisor', () => {
  it('keeps a decoy online and reports it', async () => {
    const { clock, supervisor } = setup(() => stayOnline);
    supervisor.add(config('dora'));
    await clock.advance(0);
    expect(supervisor.status()).toMatchObject([
      {
        name: 'dora',
        network: 'irc',
        address: 'dora',
        enabled: true,
        state: 'online',
        captures: 0,
        level: 'observe',
        simulated: true,
      },
    ]);
    expect(supervisor.isDecoy('irc', 'DORA!u@h')).toBe(true);
    expect(() => supervisor.add(config('dora'))).toThrow(/runs already/);
    await supervisor.stop();
    expect(supervisor.status()).toMatchObject([{ state: 'disabled', enabled: false }]);
  });

  it('tries again with growing waits up to 15 minutes, and says why', async () => {
    const { clock, supervisor, tries } = setup(() => failWith('LINK_REFUSED'));
    supervisor.add(config('dora'));
    await clock.advance(120 * MINUTE);
    const times = tries.get('dora') ?? [];
    const waits = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(waits.slice(0, 4)).toEqual([1000, 2000, 4000, 8000]);
    expect(Math.max(...waits)).toBe(7.5 * MINUTE);
    expect(supervisor.status()).toMatchObject([{ state: 'offline', problem: 'failed with LINK_REFUSED' }]);
    await supervisor.stop();
  });

  it('says since when a decoy has been down, whatever it tries, and which decoy an address is', async () => {
    let broken = true;
    const { clock, supervisor } = setup(
      () => (context, signal) => (broken ? failWith('LINK_REFUSED') : stayOnline)(context, signal),
    );
    const down = clock.now().toISOString();
    supervisor.add(config('dora'));
    await clock.advance(120 * MINUTE);
    expect(supervisor.statusOf('irc', 'DORA!u@h')).toMatchObject({ name: 'dora', downSince: down });
    expect(supervisor.statusOf('irc', 'zoe')).toBeUndefined();
    broken = false;
    await clock.advance(15 * MINUTE);
    const online = supervisor.statusOf('irc', 'dora');
    expect(online).toMatchObject({ state: 'online' });
    expect(online).not.toHaveProperty('downSince');
    await supervisor.stop();
    expect(supervisor.statusOf('irc', 'dora')).not.toHaveProperty('downSince');
  });

  it('begins with short waits again once a decoy was signed on for ten minutes', async () => {
    let round = 0;
    const { clock, supervisor, tries } = setup(() => async (context, signal) => {
      round += 1;
      if (round !== 6) throw new SundewError('LINK_REFUSED', 'no');
      context.state('online');
      await context.clock.sleep(11 * MINUTE, signal);
    });
    supervisor.add(config('dora'));
    await clock.advance(20 * MINUTE);
    const times = tries.get('dora') ?? [];
    expect((times[6] ?? 0) - (times[5] ?? 0)).toBe(11 * MINUTE + 1000);
    await supervisor.stop();
  });

  it.each<ErrorCode>(['DECOY_LOGIN_REFUSED', 'DECOY_BANNED', 'LINK_UNVERIFIED', 'CONFIG_INVALID', 'DECOY_UNSUPPORTED'])(
    'stops a decoy for good after %s, until it is enabled again',
    async (code) => {
      const { clock, supervisor, tries } = setup(() => failWith(code));
      supervisor.add(config('dora'));
      await clock.advance(60 * MINUTE);
      expect(tries.get('dora')).toHaveLength(1);
      expect(supervisor.status()).toMatchObject([{ state: 'stopped', problem: `failed with ${code}` }]);
      await supervisor.setEnabled('dora', true);
      await clock.advance(0);
      expect(tries.get('dora')).toHaveLength(2);
      await supervisor.stop();
    },
  );

  it('waits long after a conflict and gives up after five', async () => {
    const { clock, supervisor, tries } = setup(() => failWith('DECOY_CONFLICT'));
    supervisor.add(config('dora'));
    await clock.advance(44_000);
    expect(tries.get('dora')).toHaveLength(1);
    await clock.advance(120 * MINUTE);
    expect(tries.get('dora')).toHaveLength(6);
    expect(supervisor.status()).toMatchObject([{ state: 'stopped' }]);
    await supervisor.stop();
  });

  it('lets one decoy a server sign on at a time, and other servers at once', async () => {
    const { clock, supervisor, tries } = setup(() => async (context, signal) => {
      await context.clock.sleep(5000, signal);
      await stayOnline(context, signal);
    });
    for (const name of ['a', 'b', 'c']) supervisor.add(config(name));
    supervisor.add(config('far', 'other.example'));
    await clock.advance(60_000);
    const near = ['a', 'b', 'c'].map((name) => tries.get(name)?.[0] ?? -1).sort((one, two) => one - two);
    expect((near[1] ?? 0) - (near[0] ?? 0)).toBeGreaterThanOrEqual(4900);
    expect((near[2] ?? 0) - (near[1] ?? 0)).toBeGreaterThanOrEqual(4900);
    expect(tries.get('far')?.[0]).toBeLessThan(1000);
    expect(supervisor.status().map(({ state }) => state)).toEqual(['online', 'online', 'online', 'online']);
    await supervisor.stop();
  });

  it('does not let a server that never answers keep the others waiting for ever', async () => {
    const hang: Behaviour = async (context, signal) => {
      await context.clock.sleep(Number.MAX_SAFE_INTEGER, signal).catch(() => undefined);
    };
    const { clock, supervisor, tries } = setup((name) => (name === 'a' ? hang : stayOnline));
    supervisor.add(config('a'));
    await clock.advance(0);
    supervisor.add(config('b'));
    await clock.advance(31_000);
    expect(tries.get('b')).toHaveLength(1);
    await supervisor.stop();
  });

  it('starts, stops, and removes while it runs', async () => {
    const { clock, supervisor, tries } = setup(() => stayOnline);
    supervisor.add({ ...config('dora'), enabled: false });
    await clock.advance(1000);
    expect(tries.size).toBe(0);
    await supervisor.setEnabled('dora', true);
    await clock.advance(0);
    expect(supervisor.status()).toMatchObject([{ state: 'online' }]);
    await supervisor.setEnabled('dora', false);
    expect(supervisor.status()).toMatchObject([{ state: 'disabled' }]);
    await supervisor.remove('dora');
    expect(supervisor.status()).toEqual([]);
    await expect(supervisor.remove('dora')).rejects.toMatchObject({ code: 'DECOY_UNKNOWN' });
  });

  it('carries two thousand decoys', async () => {
    const { clock, supervisor } = setup(() => stayOnline);
    for (let at = 0; at < 2000; at += 1) supervisor.add(config(`d${at}`, `s${at % 50}.example`));
    await clock.advance(60_000);
    expect(supervisor.status().filter(({ state }) => state === 'online')).toHaveLength(2000);
    await supervisor.stop();
  });
});

describe('a capture', () => {
  it('bears what the context knows, whatever the draft claims', async () => {
    const seen: string[] = [];
    const { clock, journal, supervisor } = setup(() => async (context, signal) => {
      const draft = {
        kind: 'message',
        peer: { id: 'bot' },
        text: 'hi',
        decoy: 'victim',
        network: 'xmpp',
        at: 'never',
      } as const;
      seen.push(await context.capture(draft, Buffer.from('raw')));
      seen.push(await context.capture(draft, Buffer.from('raw')));
      seen.push(await context.capture({ ...draft, native: '7' }, Buffer.from('raw')));
      seen.push(await context.capture({ ...draft, native: '7' }, Buffer.from('raw again')));
      await stayOnline(context, signal);
    });
    supervisor.add(config('dora'));
    await clock.advance(0);
    expect(journal.json('capture')[0]).toMatchObject({
      v: 1,
      at: '2026-01-01T00:00:00.000Z',
      network: 'irc',
      sensor: 'edge-1',
      decoy: 'dora',
      simulated: true,
      text: 'hi',
    });
    expect(new Set(seen).size).toBe(3);
    expect(seen[2]).toBe(seen[3]);
    expect(supervisor.status()).toMatchObject([{ captures: 4, lastCapture: '2026-01-01T00:00:00.000Z' }]);
    await supervisor.stop();
  });
});
