// Connections to the addresses of peers: ruled before they are opened, and in the ledger (I-03, I-08).
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Capture, CaptureId } from '../../core/capture.ts';
import { SILENT } from '../../core/clock.ts';
import type { Act, Endpoint, Intent, Level } from '../../core/link.ts';
import type { Network } from '../../core/network.ts';
import { MemoryJournal } from '../testing/memory-journal.ts';
import { REAL_CLOCK } from '../testing/real-clock.ts';
import { Contacts } from './contacts.ts';
import { createGate, type EngagementGate } from './gate.ts';
import { openDialer } from './link.ts';

const CAUSE = 'offer' as CaptureId;
const FAR = { ownServerIsLoopback: false };
const SIGNAL = new AbortController().signal;

function gateAt(
  level: Level,
  address: string,
  of: { network?: Network; over?: Partial<Capture> } = {},
): EngagementGate {
  const contacts = new Contacts();
  contacts.remember({
    v: 1,
    id: CAUSE,
    at: '2026-01-01T00:00:00.000Z',
    network: 'oscar',
    sensor: 'edge-1',
    decoy: 'dora',
    peer: { id: 'wormy99', address },
    kind: 'file-offer',
    meta: {},
    simulated: false,
    ...of.over,
  });
  return createGate({
    role: 'decoy',
    network: of.network ?? 'oscar',
    address: 'dora',
    level: () => level,
    contacts,
    isDecoy: (peer) => peer === 'erik',
    said: { saidToday: () => false, remember: () => undefined },
    now: () => new Date(0),
  });
}

const intent = (over: Partial<Intent> = {}): Intent => ({ act: 'transfer', peer: 'wormy99', cause: CAUSE, ...over });
const at = (host: string, port = 5190): Endpoint => ({ host, port });

describe('a connection to a peer', () => {
  it('is allowed at accept, to the address that its capture tells', () => {
    const gate = gateAt('accept', '8.8.8.8:5190');
    expect(gate.ruleConnection?.(at('8.8.8.8'), intent(), FAR)).toEqual({ allowed: true, rule: 'accept.file' });
  });

  it.each<[string, string, Level, Endpoint, Partial<Intent>]>([
    ['at observe', 'default-deny', 'observe', at('8.8.8.8'), {}],
    ['to another host', 'never.elsewhere', 'accept', at('8.8.4.4'), {}],
    ['to another port', 'never.elsewhere', 'accept', at('8.8.8.8', 22), {}],
    ['without a cause', 'never.first', 'accept', at('8.8.8.8'), { cause: 'none' as CaptureId }],
    ['of another peer', 'never.first', 'accept', at('8.8.8.8'), { peer: 'ann' }],
    ['to a decoy of ours', 'never.own-decoy', 'accept', at('8.8.8.8'), { peer: 'erik' }],
    ['for a contact', 'default-deny', 'accept', at('8.8.8.8'), { act: 'accept-contact' }],
    ['to say something', 'default-deny', 'respond-minimal', at('8.8.8.8'), { act: 'say' as Act }],
  ])('is denied %s', (_, rule, level, endpoint, over) => {
    const gate = gateAt(level, '8.8.8.8:5190');
    expect(gate.ruleConnection?.(endpoint, intent(over), FAR)).toMatchObject({ allowed: false, rule });
  });

  it.each(['127.0.0.1', '10.0.0.5', '192.168.1.1', '169.254.169.254', 'evil.test', '::1'])(
    'is never made into the house: %s',
    (host) => {
      const gate = gateAt('accept', `${host}:5190`);
      expect(gate.ruleConnection?.(at(host), intent(), FAR)).toMatchObject({ allowed: false, rule: 'never.elsewhere' });
    },
  );

  it('is denied to a notifier', () => {
    const gate = createGate({
      role: 'notifier',
      network: 'oscar',
      address: 'a',
      mayNotify: () => true,
      mayAnswer: () => true,
    });
    expect(gate.ruleConnection?.(at('8.8.8.8'), intent({ act: 'notify' }), FAR)).toMatchObject({ allowed: false });
  });
});

describe('the dialer', () => {
  const cleanUps: (() => unknown)[] = [];
  afterEach(() => {
    for (const cleanUp of cleanUps.splice(0)) cleanUp();
  });

  async function listen(): Promise<{ readonly port: number; readonly count: () => number }> {
    let count = 0;
    const server = createServer((socket) => {
      count += 1;
      cleanUps.push(() => socket.destroy());
    });
    cleanUps.push(() => server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return { port: typeof address === 'object' && address !== null ? address.port : 0, count: () => count };
  }

  it('asks first, writes down what it was told, and knows whether the own server is on this machine', async () => {
    const peer = await listen();
    const own = await listen();
    const journal = new MemoryJournal();
    const gate = gateAt('accept', `127.0.0.1:${peer.port}`);
    const dial = openDialer({ gate, journal, decoy: 'dora', clock: REAL_CLOCK, log: SILENT });
    const toPeer = { ...at('127.0.0.1', peer.port), intent: intent() };
    await expect(dial(toPeer, SIGNAL)).rejects.toMatchObject({ code: 'GATE_DENIED' });
    expect(peer.count()).toBe(0);
    await using _server = await dial(at('127.0.0.1', own.port), SIGNAL);
    await using _peer = await dial(toPeer, SIGNAL);
    const connect = `127.0.0.1:${peer.port}`;
    expect(journal.json('outbound')).toMatchObject([
      { connect, act: 'transfer', rule: 'never.elsewhere', denied: expect.any(String) as string, length: 0 },
      { connect, act: 'transfer', rule: 'accept.file', peer: 'wormy99', cause: CAUSE, level: 'accept' },
    ]);
  });

  it('opens none for a gate that cannot rule on them', async () => {
    const peer = await listen();
    const gate = { ...gateAt('accept', `127.0.0.1:${peer.port}`) };
    delete gate.ruleConnection;
    const dial = openDialer({ gate, journal: new MemoryJournal(), decoy: 'dora', clock: REAL_CLOCK, log: SILENT });
    await expect(dial({ ...at('127.0.0.1', peer.port), intent: intent() }, SIGNAL)).rejects.toMatchObject({
      code: 'GATE_DENIED',
    });
    expect(peer.count()).toBe(0);
  });
});
