// Addresses that peers disclose: in the link to their own web server, and as base64 in peer-to-peer probes.

const MAX_BASE64 = 64;
const DOTTED = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** `host:port` of a link; a link without a port has that of its scheme. */
export function addressOfUrl(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  const match =
    /^(https?):\/\/(?:[^/@]{0,200}@)?(\[[0-9a-f:.]{2,45}\]|[^/:?#@[\]]{1,255})(?::(\d{1,5}))?(?:[/?#]|$)/i.exec(url);
  if (match === null) return undefined;
  const [, scheme = '', host = '', port] = match;
  const number = port === undefined ? (scheme.toLowerCase() === 'https' ? 443 : 80) : Number(port);
  return number > 0xffff ? undefined : `${host}:${number}`;
}

/** Key 12: base64 of a dotted address, or of a signed decimal whose bytes are reversed. */
export function addressOfBase64(text: string | undefined): string | undefined {
  if (text === undefined || text.length > MAX_BASE64 || !/^[A-Za-z0-9+/=._-]+$/.test(text)) return undefined;
  const plain = text.replaceAll('.', '+').replaceAll('_', '/').replaceAll('-', '=');
  const decoded = Buffer.from(plain, 'base64').toString('latin1').trim();
  if (DOTTED.test(decoded)) return decoded.split('.').every((part) => Number(part) <= 255) ? decoded : undefined;
  if (!/^-?\d{1,10}$/.test(decoded)) return undefined;
  const number = Number(decoded);
  if (number < -0x8000_0000 || number > 0xffff_ffff) return undefined;
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(number > 0x7fff_ffff ? number - 0x1_0000_0000 : number);
  return bytes.join('.');
}
