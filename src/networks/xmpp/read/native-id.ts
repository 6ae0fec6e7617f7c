// The network's own id of a stanza, such that a redelivery has the same and nothing else has (ADR 0011).
import { createHash } from 'node:crypto';
import type { Jid } from '../wire/jid.ts';
import { NS } from '../wire/namespaces.ts';
import { childrenOf, childText, elementsOf, type XmlElement } from '../wire/xml-element.ts';
import { writeXml } from '../wire/xml-write.ts';
import { type Own, short } from './reading.ts';

/** Children that a server adds on the way and that differ between two deliveries. */
const TRANSIT = new Set<string>([NS.delay, NS.delayOld, NS.stanzaId]);

/** @returns undefined for what no server delivers twice (presence, IQ) */
export function nativeIdOf(stanza: XmlElement, sender: Jid | undefined, own: Own): string | undefined {
  const type = stanza.attrs.get('type') ?? '';
  const from = sender?.bare ?? '';
  if (stanza.name === 'presence' && type === 'subscribe') {
    // Comes again at each sign-on until it is answered (RFC 6121 3.1.3): its words are what makes it another.
    const words = [childText(stanza, stanza.ns, 'status') ?? '', childText(stanza, NS.nick, 'nick') ?? ''];
    return digest('subscribe', from, ...words);
  }
  if (stanza.name !== 'message') return undefined;
  const stamped = childrenOf(stanza, NS.stanzaId, 'stanza-id').find((id) => id.attrs.get('by') === own.address);
  const id = short(stamped?.attrs.get('id'));
  // Only the own server's stamp is proof; ids that the peer chose would let it hide one message behind another.
  if (own.mode === 'client' && id !== undefined) return `stanza-id:${id}`;
  if (own.mode === 'component' && stanza.attrs.get('id') === undefined) return undefined;
  const content = elementsOf(stanza).filter((child) => !TRANSIT.has(child.ns));
  return digest(
    'message',
    sender?.full ?? '',
    stanza.attrs.get('to') ?? '',
    type,
    stanza.attrs.get('id') ?? '',
    ...content.map((child) => writeXml(child, stanza.ns)),
  );
}

function digest(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return `sha256:${hash.digest('hex')}`;
}
