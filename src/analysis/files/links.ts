// Links as they stand in content of any kind, in one byte a character or two. What they are is for extraction to say.
import { bytesAsText } from './facts/look.ts';

export const MAX_LINKS = 64;
const LINK =
  /(?:https?|ftp):\/\/[\x21\x23-\x3b\x3d\x3f-\x5b\x5d-\x7e]{4,1024}|\b(?:aim:(?:goim|addbuddy)|ymsgr:sendim|irc:\/\/|magnet:)\?*[\x21\x23-\x3b\x3d\x3f-\x7e]{4,1024}/gi;
/** Text of two bytes a character. */
const WIDE_LINK = /h\0t\0t\0p\0(?:s\0)?:\0\/\0\/\0(?:[\x21-\x7e]\0){4,1024}/gi;
/** Names of schemas and addresses of certificate authorities, which stand in honest files by the dozen. */
const EVERYWHERE =
  /^https?:\/\/(?:[\w.-]+\.)?(?:w3\.org|purl\.org|openxmlformats\.org|xmlsoap\.org|oasis-open\.org|openoffice\.org|ns\.adobe\.com|iptc\.org|(?:schemas|ns|crl|ocsp|www|pki)\.(?:microsoft|adobe|apple)\.com|verisign\.com|symc[bd]\.com|digicert\.com|thawte\.com|globalsign\.(?:com|net)|usertrust\.com|comodoca\.com|sectigo\.com|entrust\.net|godaddy\.com|startssl\.com|android\.com)(?:[/:]|$)/i;

export function linksIn(bytes: Uint8Array): readonly string[] {
  const text = bytesAsText(bytes);
  const links = new Set<string>();
  for (const [found] of text.matchAll(LINK)) keep(links, found);
  if (text.includes('h\0t\0t\0p\0'))
    for (const [found] of text.matchAll(WIDE_LINK)) keep(links, found.replaceAll('\0', ''));
  return [...links];
}

function keep(links: Set<string>, found: string): void {
  const link = found.replace(/[)\]}>'`,.;]+$/, '');
  if (links.size < MAX_LINKS && !EVERYWHERE.test(link)) links.add(link);
}
