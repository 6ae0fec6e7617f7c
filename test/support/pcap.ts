// A capture file of one TCP conversation, and Wireshark's opinion of it: an oracle that shares no code with ours.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bytes that went one way. */
export interface Segment {
  readonly from: 'client' | 'server';
  readonly bytes: Uint8Array;
}

const LINK_RAW_IP = 101;
const CLIENT_PORT = 40_000;
const IP_HEADER = 20;
const TCP_HEADER = 20;
const MAX_PAYLOAD = 65_535 - IP_HEADER - TCP_HEADER;
/** 192.0.2.1 and 192.0.2.2 (RFC 5737). */
const ADDRESSES = { client: 0xc000_0201, server: 0xc000_0202 } as const;
const PSH_ACK = 0x18;

/** A pcap file (little-endian, raw IPv4) of segments to and from a server's port. Checksums are left 0. */
export function pcapOf(serverPort: number, segments: readonly Segment[]): Uint8Array {
  const file = Buffer.alloc(24);
  file.writeUInt32LE(0xa1b2_c3d4, 0);
  file.writeUInt16LE(2, 4);
  file.writeUInt16LE(4, 6);
  file.writeUInt32LE(0x4_0000, 16);
  file.writeUInt32LE(LINK_RAW_IP, 20);
  const sent = { client: 1, server: 1 };
  const parts: Buffer[] = [file];
  for (const [index, { from, bytes }] of segments.entries()) {
    if (bytes.length > MAX_PAYLOAD) throw new Error(`a segment of ${bytes.length} bytes does not fit an IP packet`);
    const to = from === 'client' ? 'server' : 'client';
    const packet = Buffer.alloc(IP_HEADER + TCP_HEADER + bytes.length);
    packet.writeUInt8(0x45, 0);
    packet.writeUInt16BE(packet.length, 2);
    packet.writeUInt8(64, 8);
    packet.writeUInt8(6, 9);
    packet.writeUInt32BE(ADDRESSES[from], 12);
    packet.writeUInt32BE(ADDRESSES[to], 16);
    packet.writeUInt16BE(from === 'client' ? CLIENT_PORT : serverPort, 20);
    packet.writeUInt16BE(from === 'client' ? serverPort : CLIENT_PORT, 22);
    packet.writeUInt32BE(sent[from], 24);
    packet.writeUInt32BE(sent[to], 28);
    packet.writeUInt8(0x50, 32);
    packet.writeUInt8(PSH_ACK, 33);
    packet.writeUInt16BE(0xffff, 34);
    packet.set(bytes, IP_HEADER + TCP_HEADER);
    sent[from] += bytes.length;
    const record = Buffer.alloc(16);
    record.writeUInt32LE(1_700_000_000 + index, 0);
    record.writeUInt32LE(packet.length, 8);
    record.writeUInt32LE(packet.length, 12);
    parts.push(record, packet);
  }
  return Buffer.concat(parts);
}

/** What `tshark -r FILE …` prints. @throws Error with its complaint when it fails */
export function tshark(pcap: Uint8Array, ...options: readonly string[]): string {
  const dir = mkdtempSync(join(tmpdir(), 'sundew-pcap-'));
  try {
    const path = join(dir, 'packets.pcap');
    writeFileSync(path, pcap);
    const result = spawnSync('tshark', ['-n', '-r', path, ...options], { maxBuffer: 64 * 1024 * 1024 });
    if (result.status !== 0) throw new Error(`tshark failed: ${String(result.stderr)}`);
    return result.stdout.toString();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
