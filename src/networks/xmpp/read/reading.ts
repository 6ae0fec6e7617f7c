// What every reader of a stanza shares: who we are, who sent it, and a draft that is bounded whatever the peer wrote.
import type { CaptureDraft, CaptureKind, Peer } from '../../../core/capture.ts';
import { type Jid, parseJid } from '../wire/jid.ts';
import { NS } from '../wire/namespaces.ts';
import { childOf, childText, elementsOf, textOf, type XmlElement } from '../wire/xml-element.ts';

/** The decoy that the stanza reached. */
export interface Own {
  readonly mode: 'client' | 'component';
  /** Bare JID, or the component's domain. */
  readonly address: string;
  /** The domain whose server stamps `from`. */
  readonly domain: string;
}

export type Meta = Record<string, unknown>;
export type Draft = Omit<CaptureDraft, 'peer' | 'decoy' | 'meta'> & { readonly meta?: Meta };

const MAX_NAME = 1024;
const MAX_LIST = 32;

/** Cuts what goes into a name or a meta value. */
export function short(text: string | undefined, max = MAX_NAME): string | undefined {
  return text === undefined || text === '' ? undefined : text.slice(0, max);
}

/** At most 32 of a list. */
export function some<T>(list: readonly T[]): readonly T[] {
  return list.slice(0, MAX_LIST);
}

/** Leaves out what is undefined, so that drafts satisfy exact optional properties. */
export function defined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

export function draft(kind: CaptureKind, fields: { readonly [K in keyof Draft]?: Draft[K] | undefined } = {}): Draft {
  return { ...defined(fields), kind } as Draft;
}

/** The address in `from`; the own server where there is none (RFC 6120 8.1.2.1). */
export function senderOf(stanza: XmlElement, own: Own): Jid | undefined {
  const from = stanza.attrs.get('from');
  return parseJid(from ?? own.domain);
}

/** The peer as the network shows it. Who vouches: the own server for its own accounts, else the sender's server. */
export function peerOf(stanza: XmlElement, sender: Jid | undefined, own: Own): Peer {
  const name = short(childText(stanza, NS.nick, 'nick'));
  if (sender === undefined) {
    return { id: short(stanza.attrs.get('from')) ?? 'unreadable', verifiedBy: 'self-asserted', ...defined({ name }) };
  }
  const client = short(childOf(stanza, NS.caps, 'c')?.attrs.get('node')) ?? short(sender.resource);
  const verifiedBy = isOwnServer(sender.domain, own) ? 'own-server' : 'federated';
  return { id: sender.bare, verifiedBy, ...defined({ name, client }) };
}

/** A component sits below its server's domain; a client's server is its domain. */
function isOwnServer(domain: string, own: Own): boolean {
  if (domain === own.domain || domain === own.address) return true;
  const dot = own.address.indexOf('.');
  return own.mode === 'component' && dot !== -1 && domain === own.address.slice(dot + 1) && domain.includes('.');
}

/** RFC 3339 time of the server's delay stamp (XEP-0203, XEP-0091); a peer's own claim goes to meta. */
export function delayOf(stanza: XmlElement, own: Own): { readonly sentAt?: string; readonly claimedSentAt?: string } {
  const delay = childOf(stanza, NS.delay, 'delay') ?? childOf(stanza, NS.delayOld, 'x');
  const at = readTime(delay?.attrs.get('stamp'));
  if (delay === undefined || at === undefined) return {};
  const from = parseJid(delay.attrs.get('from') ?? own.domain);
  return from !== undefined && isOwnServer(from.domain, own) ? { sentAt: at } : { claimedSentAt: at };
}

const XEP_0082 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;
const OLD_STAMP = /^(\d{4})(\d\d)(\d\d)T(\d\d:\d\d:\d\d)$/;

function readTime(stamp: string | undefined): string | undefined {
  if (stamp === undefined || stamp.length > 40) return undefined;
  const text = stamp.replace(OLD_STAMP, '$1-$2-$3T$4Z');
  const ms = XEP_0082.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** Everything about a stanza that has no field of its own. */
export function commonMeta(stanza: XmlElement, sender: Jid | undefined): Meta {
  return defined({
    stanza: stanza.name,
    type: short(stanza.attrs.get('type'), 64),
    id: short(stanza.attrs.get('id')),
    resource: short(sender?.resource),
    lang: short(stanza.attrs.get('xml:lang'), 64),
    capsVer: short(childOf(stanza, NS.caps, 'c')?.attrs.get('ver'), 128),
    originId: short(childOf(stanza, NS.stanzaId, 'origin-id')?.attrs.get('id')),
    elements: some(elementsOf(stanza).map((child) => `{${child.ns.slice(0, 256)}}${child.name.slice(0, 128)}`)),
  });
}

/** A whole number of bytes as a peer writes it; `undefined` for anything else. */
export function readSize(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,15}$/.test(text.trim())) return undefined;
  return Number(text);
}

/** Text of an element, cut. */
export function shortText(element: XmlElement | undefined, max = MAX_NAME): string | undefined {
  return element === undefined ? undefined : short(textOf(element).trim(), max);
}
