// The roster (RFC 6121 2): asked for once, as every client does, and followed, for what it tells: who has the decoy on the list.
import { parseJid } from '../wire/jid.ts';
import { NS } from '../wire/namespaces.ts';
import { childOf, childrenOf, type XmlElement, xml } from '../wire/xml-element.ts';

const ASKED = 'roster';

/** RFC 6121 2.1.3. No `to`: the own account's server answers for it. */
export function askRoster(): XmlElement {
  return xml(NS.client, 'iq', { type: 'get', id: ASKED }, xml(NS.roster, 'query'));
}

/** The answer to `askRoster`; from whom it is has been looked at. */
export function isRosterAnswer(iq: XmlElement): boolean {
  return iq.attrs.get('type') === 'result' && iq.attrs.get('id') === ASKED && rosterOf(iq) !== undefined;
}

/** The list that an answer or a push carries. */
export function rosterOf(iq: XmlElement): XmlElement | undefined {
  return childOf(iq, NS.roster, 'query');
}

/**
 * Bare addresses of those who see when the decoy is there, and so have it on their list (RFC 6121 2.1.2.5): subscription `from` or
 * `both`. Of the others the decoy has some on its own list, which says nothing.
 */
export function contactsIn(roster: XmlElement, own: string, most: number): readonly string[] {
  const contacts = new Set<string>();
  for (const item of childrenOf(roster, NS.roster, 'item')) {
    if (contacts.size >= most) break;
    if (!['from', 'both'].includes(item.attrs.get('subscription') ?? '')) continue;
    const jid = parseJid(item.attrs.get('jid') ?? '');
    if (jid !== undefined && jid.bare !== own) contacts.add(jid.bare);
  }
  return [...contacts];
}
