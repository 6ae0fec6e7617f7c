// Addresses of machines in a text. Private ones say nothing to anybody else and are left out.

/** Whether an IPv4 address is one of the public internet or of documentation (RFC 5737, used in examples). */
export function isPublicIpv4(address: string): boolean {
  const [a = 256, b = 256, c = 256, d = 256] = address.split('.').map(Number);
  if (a > 255 || b > 255 || c > 255 || d > 255 || a === 0 || a === 10 || a === 127 || a >= 224) return false;
  if ((a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || (a === 169 && b === 254)) return false;
  return !(a === 100 && b >= 64 && b <= 127);
}

/** Whether it is a full IPv6 address that others can reach: four groups at least, neither loopback nor link-local. */
export function isPublicIpv6(address: string): boolean {
  const lower = address.toLowerCase();
  if (lower.split(':').filter((group) => group !== '').length < 4 && !/^2[0-9a-f]{3}:/.test(lower)) return false;
  return !/^(?:fe[89ab]|f[cd]|ff|::1$|0{1,4}:)/.test(lower) && URL.canParse(`http://[${lower}]/`);
}
