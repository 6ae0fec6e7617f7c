// Which addresses that a peer names for a transfer may be dialled. Peers are hostile: they would have a decoy knock at
// doors of its own house, or at those of a third party whose name they control.
import { isLoopbackHost } from './loopback.ts';

export interface PeerAddressOptions {
  /** Whether the decoy's own server is on this machine: then peers on it are, too (the range, a lab). */
  readonly ownServerIsLoopback: boolean;
}

/** IPv4 blocks that are no host on the open internet (IANA's special-purpose registry, multicast and above), as [first, prefix]. */
const SPECIAL: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/**
 * Dotted IPv4 addresses of the open internet only; names (whoever controls one chooses where it leads), IPv6 and other
 * writings of a number never. Beside an own server on this machine also this machine, and nothing else of the house.
 */
export function mayDialPeer(address: string, { ownServerIsLoopback }: PeerAddressOptions): boolean {
  const number = numberOf(address);
  if (number === undefined) return false;
  if (ownServerIsLoopback && isLoopbackHost(address)) return true;
  return !SPECIAL.some(([first, prefix]) => inBlock(number, numberOf(first) ?? 0, prefix));
}

/** Four decimal numbers without leading zeros: `010.1.1.1` is octal to some readers. */
function numberOf(address: string): number | undefined {
  const parts = address.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) {
    return undefined;
  }
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

function inBlock(number: number, first: number, prefix: number): boolean {
  const size = 2 ** (32 - prefix);
  return Math.floor(number / size) === Math.floor(first / size);
}
