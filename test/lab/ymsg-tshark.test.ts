// Wireshark's YMSG dissector reads what we write, and says the same of it as our own decoder.
import { describe, expect, test } from 'vitest';
import { grantAdd } from '../../src/networks/ymsg/outgoing.ts';
import { startYmsg, stepYmsg } from '../../src/networks/ymsg/session/session.ts';
import { VECTORS } from '../../src/networks/ymsg/testing/vectors.ts';
import { hashPassword } from '../../src/networks/ymsg/wire/challenge.ts';
import { encodePacket, takePacket } from '../../src/networks/ymsg/wire/packet.ts';
import { decodePairs, pair } from '../../src/networks/ymsg/wire/pairs.ts';
import { SERVICE } from '../../src/networks/ymsg/wire/services.ts';
import { pcapOf, type Segment, tshark } from '../support/pcap.ts';
import { needs } from './peers.ts';

const PORT = 5050;
const FIELDS = ['version', 'service', 'status', 'content-line.key', 'content-line.value'];

interface Dissected {
  readonly version: number;
  readonly service: number;
  readonly status: number;
  readonly keys: readonly string[];
  readonly values: readonly string[];
}

function dissect(segments: readonly Segment[]): readonly Dissected[] {
  const pcap = pcapOf(PORT, segments);
  expect(tshark(pcap, '-V')).not.toMatch(/malformed/i);
  const fields = FIELDS.flatMap((field) => ['-e', `ymsg.${field}`]);
  const lines = tshark(pcap, '-Y', 'ymsg', '-T', 'fields', '-E', 'aggregator=\u0001', ...fields)
    .trimEnd()
    .split('\n');
  return lines.map((line) => {
    const [version = '', service = '', status = '', keys = '', values = ''] = line.split('\t');
    const list = (text: string): string[] => (text === '' ? [] : text.split('\u0001'));
    return {
      version: Number(version),
      service: Number(service),
      status: Number(status),
      keys: list(keys),
      values: list(values),
    };
  });
}

/** What our own decoder says of a segment. */
function ours({ bytes }: Segment): Dissected {
  const packet = takePacket(bytes);
  if (packet === undefined) throw new Error('not a whole packet');
  const { pairs } = decodePairs(packet.body);
  return {
    version: packet.version,
    service: packet.service,
    status: packet.status,
    keys: pairs.map(({ key }) => String(key)),
    values: pairs.map(({ value }) => Buffer.from(value).toString('utf8')),
  };
}

/** Packets of one ASCII value for each service that we name, both ways. */
const EVERY_SERVICE: readonly Segment[] = Object.values(SERVICE).flatMap((service) => {
  const bytes = encodePacket({
    version: 10,
    service,
    status: 1,
    session: 7,
    pairs: [pair(4, 'worm'), pair(14, 'x y')],
  });
  return [
    { from: 'client', bytes },
    { from: 'server', bytes },
  ] satisfies Segment[];
});

function signOn(version: 10 | 16): readonly Segment[] {
  let state = startYmsg({
    user: 'decoy1',
    hashes: hashPassword('123456'),
    version,
    cookies: { y: 'v=1', t: 'z=2' },
  });
  const segments: Segment[] = [];
  const server = [
    { service: SERVICE.HANDSHAKE, status: 1 },
    { service: SERVICE.AUTH, status: 1, pairs: [pair(1, 'decoy1'), pair(94, '_KPIIRejSOuW3HTqC.407w--')] },
    { service: SERVICE.LIST },
  ];
  const now = new Date(0);
  const step = (input: Parameters<typeof stepYmsg>[1]): undefined => {
    const [next, effects] = stepYmsg(state, input, now);
    state = next;
    for (const effect of effects) {
      const wanted = effect.type === 'emit' && effect.event.type === 'token-wanted';
      if (wanted) step({ type: 'token', login: { crumb: 'c.r_-', y: 'v=1&n=a; path=/', t: 'z=b; path=/' } });
      if (effect.type === 'send') segments.push({ from: 'client', bytes: encodePacket(effect.packet) });
    }
  };
  step({ type: 'connected' });
  for (const outbound of server) {
    const bytes = encodePacket(outbound);
    segments.push({ from: 'server', bytes });
    const packet = takePacket(bytes);
    if (packet !== undefined) step({ type: 'frame', packet });
  }
  step({ type: 'timer', timer: 'keep-alive' });
  return segments;
}

describe.skipIf(needs('tshark'))('Wireshark reads', () => {
  test('the worked packets as we do', () => {
    const segments = VECTORS.map(({ hex }): Segment => ({ from: 'server', bytes: Buffer.from(hex, 'hex') }));
    // It shows UTF-8 values as replacement characters, so those are compared by length of the list only.
    const ascii = ({ values, ...rest }: Dissected): unknown => ({
      ...rest,
      values: values.map((value) => (/^[\x20-\x7e]*$/.test(value) ? value : 'not ASCII')),
    });
    expect(dissect(segments).map(ascii)).toEqual(segments.map(ours).map(ascii));
  });

  test('a packet of every service that we name', () => {
    expect(dissect(EVERY_SERVICE)).toEqual(EVERY_SERVICE.map(ours));
  });

  test.each([
    [10, 4],
    [16, 3],
  ] as const)('our own sign-on of version %i and keep-alive', (version, packets) => {
    const segments = signOn(version);
    expect(segments.filter(({ from }) => from === 'client').length).toBe(packets);
    expect(dissect(segments)).toEqual(segments.map(ours));
  });

  test('the grant of an add request', () => {
    const bytes = encodePacket({ version: 16, session: 7, ...grantAdd('decoy1', 'worm', 2) });
    const segments: readonly Segment[] = [{ from: 'client', bytes }];
    expect(dissect(segments)).toEqual(segments.map(ours));
    expect(dissect(segments)).toMatchObject([{ service: 0xd6, keys: ['1', '5', '241', '13', '334'] }]);
  });

  test('a packet cut at the end as unfinished: the oracle can say no', () => {
    const bytes = encodePacket({ service: SERVICE.MESSAGE, pairs: [pair(14, 'hi')] });
    const text = tshark(
      pcapOf(PORT, [{ from: 'client', bytes: bytes.subarray(0, -3) }]),
      '-Y',
      'ymsg.content-line.key',
    );
    expect(text).toBe('');
  });
});
