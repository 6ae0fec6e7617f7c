// Addresses (RFC 7622), the part of it that a receiver needs: bounded, folded, never trusted for more than comparison.

/** RFC 7622 3.1: each part at most 1023 octets. */
export const MAX_JID_PART_BYTES = 1023;

export interface Jid {
  readonly local: string | undefined;
  readonly domain: string;
  readonly resource: string | undefined;
  /** `local@domain` or `domain`, folded. */
  readonly bare: string;
  readonly full: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this excludes (RFC 7622 3.3.1).
const NOT_LOCAL = /[\s"&'/:<>@\u0000-\u001f\u007f]/;
const DOMAIN = /^(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._-]*[\p{L}\p{M}\p{N}])?|\[[0-9a-f:.]+\])$/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this excludes (RFC 7622 3.4).
const NOT_RESOURCE = /[\u0000-\u001f\u007f]/;

/** Reads an address. @returns undefined when it is none */
export function parseJid(text: string): Jid | undefined {
  if (text.length > 3 * MAX_JID_PART_BYTES + 2) return undefined;
  const slash = text.indexOf('/');
  const bareText = slash === -1 ? text : text.slice(0, slash);
  const at = bareText.indexOf('@');
  const local = at === -1 ? undefined : fold(bareText.slice(0, at));
  const domain = fold(at === -1 ? bareText : bareText.slice(at + 1)).replace(/\.$/, '');
  const resource = slash === -1 ? undefined : text.slice(slash + 1).normalize('NFC');
  if (!fits(domain) || domain.includes('..') || !DOMAIN.test(domain)) return undefined;
  if (local !== undefined && (!fits(local) || NOT_LOCAL.test(local))) return undefined;
  if (resource !== undefined && (!fits(resource) || NOT_RESOURCE.test(resource))) return undefined;
  const bare = local === undefined ? domain : `${local}@${domain}`;
  return { local, domain, resource, bare, full: resource === undefined ? bare : `${bare}/${resource}` };
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFC');
}

function fits(part: string): boolean {
  return part !== '' && Buffer.byteLength(part) <= MAX_JID_PART_BYTES;
}
