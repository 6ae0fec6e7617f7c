// Extraction: every indicator that a capture holds, in canonical form, with how it was seen and why that is strange.
import type { Capture } from '../../core/capture.ts';
import type { Indicator, IndicatorType } from '../../core/verdict.ts';
import type { MappedText } from '../normalize/mapped-text.ts';
import type { PlainText } from '../normalize/markup.ts';
import { fileEnding } from '../triage/file-name.ts';
import { linkedAccount } from './accounts.ts';
import { bareHosts, type Candidate, MAX_ADDRESS, schemedLinks, trimTail } from './candidates.ts';
import { inviteOf, xmppRooms } from './invite.ts';
import { isPublicIpv4, isPublicIpv6 } from './ip.ts';
import { labelledLinks } from './labels.ts';
import { marksOf } from './marks.ts';
import { plainIndicators } from './plain.ts';
import { refang } from './refang/refang.ts';
import { type CanonicalLink, canonicalLink } from './url.ts';

/** Indicators of one capture; more are not kept. */
export const MAX_INDICATORS = 64;
const MAX_SEEN = 512;

/** What extraction found: indicators, the hosts that links lead to, and what is odd about them. */
export interface Extracted {
  readonly indicators: readonly Indicator[];
  /** Hosts of links, in order; names and machine addresses. */
  readonly hosts: readonly string[];
  /** The refanged text, for what comes after. */
  readonly refanged: string;
  readonly reasons: readonly string[];
}

interface Found {
  readonly byKey: Map<string, Indicator>;
  /** Hosts that links only pretend to lead to: no indicators. */
  readonly pretended: Set<string>;
  readonly hosts: Set<string>;
  readonly reasons: Set<string>;
}

/** Extracts from plain text, rich links and the file of a capture. */
export function extract(capture: Capture, { mapped: plain, links }: PlainText): Extracted {
  const found: Found = { byKey: new Map(), pretended: new Set(), hosts: new Set(), reasons: new Set() };
  const mapped = refang(plain);
  for (const { href, label } of [...links, ...labelledLinks(mapped.text)]) fromRichLink(found, href, label);
  fromText(found, mapped);
  if (capture.file?.sha256 !== undefined) add(found, 'sha256', capture.file.sha256, capture.file.sha256);
  if (capture.file?.name !== undefined) add(found, 'file-name', capture.file.name.toLowerCase(), capture.file.name);
  return {
    indicators: [...found.byKey.values()],
    hosts: [...found.hosts],
    refanged: mapped.text,
    reasons: [...found.reasons],
  };
}

function fromText(found: Found, mapped: MappedText): void {
  const { text } = mapped;
  const rooms = xmppRooms(text);
  for (const { value, from, to } of rooms) add(found, 'invite', value, mapped.seen(from, to));
  const schemed = schemedLinks(text);
  const plain = plainIndicators(text, MAX_INDICATORS);
  const taken: Candidate[] = [...schemed, ...plain, ...rooms];
  for (const { from, to, value } of schemed) {
    const link = canonicalLink(value);
    if (link !== undefined) addLink(found, link, mapped.seen(from, to));
  }
  for (const { from, to, value } of bareHosts(mapped, taken)) {
    const link = canonicalLink(value);
    if (link !== undefined) addLink(found, link, mapped.seen(from, to), !/[/?#]/.test(value));
  }
  for (const { type, value, from, to } of plain) {
    if (type === 'ipv4') addAddress(found, mapped, { from, to, value });
    const inLink = schemed.some((link) => link.from <= from && to <= link.to);
    if (!inLink || type === 'infohash' || type === 'ed2k') add(found, type, value, mapped.seen(from, to));
  }
}

function fromRichLink(found: Found, href: string, label: string): void {
  if (/^(?:aim|ymsgr|xmpp|skype|mailto):/i.test(href)) fromText(found, refang(href.replace(/^mailto:/i, '')));
  const link = /^[a-z]+:(?!\/\/)/i.test(href) ? undefined : canonicalLink(refang(href).text);
  if (link === undefined) return;
  addLink(found, link, href);
  const shown = label.length > 0 && label.length < 512 ? labelHost(label) : undefined;
  if (shown !== undefined && shown !== link.host && !`.${link.host}`.endsWith(`.${shown}`)) {
    found.pretended.add(shown);
    found.reasons.add(`the link says ${shown} and leads to ${link.host}`);
  }
}

function labelHost(label: string): string | undefined {
  const mapped = refang(label);
  const candidate = schemedLinks(mapped.text)[0] ?? bareHosts(mapped, [])[0];
  return candidate === undefined ? undefined : canonicalLink(candidate.value)?.host.replace(/^www\./, '');
}

// A machine's address that a port or a path follows is a link without its scheme; `/24` is a network.
function addAddress(found: Found, mapped: MappedText, { from, to, value }: Candidate): void {
  const tail =
    /^(?::\d{1,5})?(?:\/(?!\d{1,2}(?![\w/.]))[^\s<>"`^|]{0,2048})?/.exec(
      mapped.text.slice(to, to + MAX_ADDRESS),
    )?.[0] ?? '';
  const link =
    tail === '' || mapped.text.startsWith('://', from - 3) ? undefined : canonicalLink(trimTail(`${value}${tail}`));
  if (link !== undefined) addLink(found, link, mapped.seen(from, to + tail.length));
}

function addLink(found: Found, link: CanonicalLink, seen: string, hostOnly = false): void {
  if (found.pretended.has(link.host.replace(/^www\./, ''))) return;
  if (link.kind === 'ipv4' || link.kind === 'ipv6') {
    if (link.kind === 'ipv4' ? isPublicIpv4(link.host) : isPublicIpv6(link.host))
      add(found, link.kind, link.host, seen);
  } else if (link.kind === 'onion') add(found, 'onion', link.host, seen);
  else add(found, 'domain', link.host, seen);
  if (!hostOnly) add(found, 'url', link.url, seen);
  const invite = inviteOf(link.host, link.url);
  if (invite !== undefined) add(found, 'invite', invite, seen);
  const account = linkedAccount(link.host, link.url);
  if (account !== undefined) add(found, 'im-account', account, seen);
  found.hosts.add(link.host);
  if (link.userinfo) found.reasons.add(`the link shows another name before the @, it leads to ${link.host}`);
  if (link.fileName !== undefined && fileEnding(link.fileName).kind !== 'plain') {
    add(found, 'file-name', link.fileName.toLowerCase(), seen);
  }
}

function add(found: Found, type: IndicatorType, value: string, seen: string): void {
  const key = `${type}\n${value}`;
  if (found.byKey.size >= MAX_INDICATORS || found.byKey.has(key) || value.length > 4096) return;
  const marks = marksOf({ type, value });
  found.byKey.set(key, {
    type,
    value,
    ...(seen === '' || seen === value ? {} : { seen: seen.slice(0, MAX_SEEN) }),
    ...(marks.length === 0 ? {} : { marks }),
  });
}
