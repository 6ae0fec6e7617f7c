// Facts of XMPP frames (RFC 6120 4 and 8). A frame is whole elements: half a tag could be completed by the next one.
import type { FrameCheck, OwnAddresses } from './frame-facts.ts';

/** Top-level elements other than stanzas that a client or component sends: stream set-up, SASL, XEP-0198, XEP-0352. */
const STREAM_ELEMENTS = new Set([
  'stream',
  'starttls',
  'auth',
  'authenticate',
  'response',
  'abort',
  'handshake',
  'enable',
  'resume',
  'r',
  'a',
  'active',
  'inactive',
]);
const MAX_TAGS = 1000;
const ROSTER = 'jabber:iq:roster';

interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly kind: 'open' | 'close' | 'empty';
  /** Text between the tag before and this one. */
  readonly before: string;
}

/** Facts of the elements of a frame. */
export function xmppFacts(frame: Uint8Array, own: OwnAddresses): FrameCheck {
  const text = Buffer.from(frame).toString('utf8');
  if (text.trim() === '') return { facts: { peers: [], channels: [], words: [], harmless: true } };
  const tags = takeTags(text);
  if (typeof tags === 'string') return { problem: tags };
  const peers: string[] = [];
  const words: string[] = [];
  let harmless = true;
  let sets = false;
  let depth = 0;
  for (const tag of tags) {
    if (tag.kind === 'close' && depth > 0 && tag.before.trim() !== '') words.push(decode(tag.before));
    if (tag.name === 'stream') {
      if (depth > 0) return { problem: 'a stream inside an element' };
      continue;
    }
    const isStanza = ['message', 'presence', 'iq'].includes(tag.name);
    if (depth === 0 && tag.kind !== 'close' && !isStanza && !STREAM_ELEMENTS.has(tag.name)) {
      return { problem: `the element <${tag.name.slice(0, 40)}> is not known to the gate` };
    }
    if (tag.kind !== 'close' && isStanza) {
      const to = tag.attributes.get('to');
      if (to !== undefined && !isOwn(to, own)) peers.push(to);
      if (tag.name === 'message' || subscribes(tag)) harmless = false;
      sets = tag.attributes.get('type') === 'set';
    }
    // Asking for the contact list is what every client does; changing it is not (RFC 6121 2.3).
    if (sets && [...tag.attributes.values()].includes(ROSTER)) harmless = false;
    depth += tag.kind === 'open' ? 1 : tag.kind === 'close' ? -1 : 0;
    if (depth < 0) return { problem: 'a closing tag without its element' };
  }
  if (depth > 0) return { problem: 'an element that the frame does not close' };
  const said = harmless && peers.length === 0 ? [] : words;
  return { facts: { peers, channels: [], words: said, harmless: harmless && peers.length === 0 } };
}

function subscribes(tag: Tag): boolean {
  return tag.name === 'presence' && /subscribe/.test(tag.attributes.get('type') ?? '');
}

/** The own account, its server, and the server of a component's domain. */
function isOwn(to: string, own: OwnAddresses): boolean {
  const bare = (to.split('/')[0] ?? '').toLowerCase();
  const address = own.address.toLowerCase();
  const domain = address.slice(address.indexOf('@') + 1);
  return (
    bare === address || bare === domain || (!address.includes('@') && bare === domain.slice(domain.indexOf('.') + 1))
  );
}

/** All tags of a frame in order; a sentence when it is not made of whole tags. Linear in its length. */
function takeTags(text: string): readonly Tag[] | string {
  const tags: Tag[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('<', at);
    if (open < 0) return text.slice(at).trim() === '' ? tags : 'text outside of elements';
    const before = text.slice(at, open);
    const end = endOfTag(text, open + 1);
    if (end < 0) return 'a tag that the frame does not end';
    const inner = text.slice(open + 1, end);
    at = end + 1;
    if (inner.startsWith('?xml') && tags.length === 0) continue;
    if (/^[!?]/.test(inner)) return 'a comment, CDATA or processing instruction';
    const tag = parseTag(inner, before);
    if (tag === undefined) return 'a tag that cannot be read';
    tags.push(tag);
    if (tags.length > MAX_TAGS) return `more than ${MAX_TAGS} tags in one frame`;
  }
  return tags;
}

function endOfTag(text: string, from: number): number {
  let quote = '';
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote === '') {
      if (character === '>') return at;
      if (character === '<') return -1;
      if (character === '"' || character === "'") quote = character;
    } else if (character === quote) quote = '';
  }
  return -1;
}

function parseTag(inner: string, before: string): Tag | undefined {
  const close = inner.startsWith('/');
  const empty = !close && inner.endsWith('/');
  const body = inner.slice(close ? 1 : 0, empty ? -1 : undefined);
  const qualified = /^[^\s"'=]+/.exec(body)?.[0];
  if (qualified === undefined) return undefined;
  const attributes = new Map<string, string>();
  for (const [, key = '', double, single] of body
    .slice(qualified.length)
    .matchAll(/([^\s"'=]+)\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')/g)) {
    attributes.set(key, decode(double ?? single ?? ''));
  }
  const name = qualified.slice(qualified.indexOf(':') + 1);
  return { name, attributes, kind: close ? 'close' : empty ? 'empty' : 'open', before };
}

function decode(text: string): string {
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[String(name)] ?? whole;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
