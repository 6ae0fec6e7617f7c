// Addresses and numbers of DCC offers. Written by strangers: over-range numbers are refused, never wrapped.

const MAX_UINT32 = 0xffff_ffff;
const INTEGER = /^-?\d{1,20}$/;
const DOTTED = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const IPV6 = /^(?=[^:]*:[^:]*:)[0-9a-f:.]{2,45}$/i;

/** Whether a word could be meant as an address at all. */
export function looksLikeAddress(word: string): boolean {
  return INTEGER.test(word) || DOTTED.test(word) || IPV6.test(word);
}

/**
 * Reads an address: an unsigned decimal in network order, its signed overflow, a dotted quad or IPv6 in colons.
 * @returns the usual text form, or undefined when it is out of range
 */
export function parseDccAddress(word: string): string | undefined {
  if (INTEGER.test(word)) return fromInteger(Number(word));
  const quad = DOTTED.exec(word);
  if (quad !== null) {
    const octets = quad.slice(1).map(Number);
    return octets.every((octet) => octet <= 255) ? octets.join('.') : undefined;
  }
  if (!IPV6.test(word) || !URL.canParse(`http://[${word}]`)) return undefined;
  return new URL(`http://[${word}]`).hostname.slice(1, -1);
}

function fromInteger(given: number): string | undefined {
  const value = given < 0 ? given + MAX_UINT32 + 1 : given;
  if (value < 0 || value > MAX_UINT32 || given < -0x8000_0000) return undefined;
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

/** 0.0.0.0/8: where a small number was read as an address. */
export function isZeroNet(address: string): boolean {
  return address.startsWith('0.');
}

/** A port, 0 for passive offers. */
export function parsePort(word: string): number | undefined {
  const port = parseCount(word);
  return port !== undefined && port <= 65535 ? port : undefined;
}

/** A size or position in bytes. */
export function parseCount(word: string): number | undefined {
  if (!/^\d{1,16}$/.test(word)) return undefined;
  const count = Number(word);
  return Number.isSafeInteger(count) ? count : undefined;
}

/** `host:port`, IPv6 in brackets. */
export function addressText(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
