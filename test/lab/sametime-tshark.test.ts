// Wireshark's Sametime dissector reads what we write. Where it is wrong of real clients' bytes too (empty strings, older
// layouts of HANDSHAKE and LOGIN_ACK), only the fields in front are compared: docs/networks/sametime.md.
import { describe, expect, test } from 'vitest';
import { FRAMES, type FrameName, frame } from '../../src/networks/sametime/testing/vectors.ts';
import { decodeSametime, encodeSametime } from '../../src/networks/sametime/wire/message.ts';
import { pcapOf, tshark } from '../support/pcap.ts';
import { needs } from './peers.ts';

const PORT = 1533;
const NAMES = Object.keys(FRAMES) as FrameName[];
/** "Malformed" of recorded libpurple frames as well: these layouts the dissector does not know. */
const BEYOND_IT: readonly FrameName[] = ['handshake', 'libpurpleHandshake', 'loginAck', 'fileAck'];
const SERVERS: readonly string[] = ['handshake-ack', 'login-ack', 'redirect', 'announce'];

/** What we write of a frame: encoded anew from what was decoded. */
const written = (name: FrameName): Uint8Array => encodeSametime(decodeSametime(frame(name)));

function dissect(name: FrameName, ...options: readonly string[]): string {
  const { kind } = decodeSametime(frame(name));
  const from = SERVERS.includes(kind) ? 'server' : 'client';
  return tshark(pcapOf(PORT, [{ from, bytes: written(name) }]), ...options);
}

describe.skipIf(needs('tshark'))('Wireshark on Sametime', () => {
  test('sees the type, the channel and the encryption that we wrote, of every frame', () => {
    const pcap = pcapOf(
      PORT,
      NAMES.map((name) => ({ from: 'client', bytes: written(name) })),
    );
    const fields = ['message_type', 'message_channel', 'message_options.encrypted'];
    const lines = tshark(pcap, '-Y', 'sametime', '-T', 'fields', ...fields.flatMap((one) => ['-e', `sametime.${one}`]))
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(NAMES.length);
    for (const [at, name] of NAMES.entries()) {
      const [type, channel, encrypted] = (lines[at] ?? '')
        .split('\t')
        .map((field) => Number(field === 'True' ? 1 : field));
      const view = new DataView(written(name).buffer, written(name).byteOffset);
      expect([name, type, channel]).toEqual([name, view.getUint16(4), view.getUint32(8)]);
      expect([name, encrypted === 1]).toEqual([name, (view.getUint16(6) & 0x4000) !== 0]);
    }
  });

  for (const name of NAMES.filter((one) => !BEYOND_IT.includes(one))) {
    test(`dissects ${name} without complaint`, () => {
      expect(dissect(name, '-V')).not.toMatch(/malformed/i);
    });
  }

  test('reads names and words where we wrote them', () => {
    const texts = (name: FrameName) => dissect(name, '-T', 'fields', '-e', 'sametime.field_text').trim();
    expect(texts('loginDh')).toContain('alice');
    expect(texts('imCreate')).toContain('decoy');
    expect(texts('status')).toContain('lunch');
  });
});
