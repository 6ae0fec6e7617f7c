// Stanzas on a bound stream: what is the own server's business is handled here, all else is emitted as an arrival.
import { parseJid } from '../wire/jid.ts';
import { NS } from '../wire/namespaces.ts';
import { childOf, type XmlElement, xml } from '../wire/xml-element.ts';
import type { ClientState } from './client-state.ts';
import { isStanzaName, toServer } from './effects.ts';
import { contactsIn, isRosterAnswer, rosterOf } from './roster.ts';
import type { Step } from './sign-on.ts';
import { countReceived } from './stream-management.ts';
import type { SessionEffect } from './types.ts';

/** One element on a bound stream. */
export function onStanza(state: ClientState, element: XmlElement, raw: Uint8Array): Step {
  if (element.ns !== NS.client || !isStanzaName(element.name)) {
    return [state, [{ kind: 'emit', arrival: { kind: 'stanza', seq: 0, stanza: element, raw } }]];
  }
  if (element.name === 'iq' && state.options.roster) {
    const told = onRoster(state, element, raw);
    if (told !== undefined) return told;
  }
  const own = ownBusiness(state, element);
  const sm = state.sm === undefined ? undefined : countReceived(state.sm, own === undefined);
  const next = { ...state, sm };
  if (own !== undefined) return [next, own];
  return [next, [{ kind: 'emit', arrival: { kind: 'stanza', seq: sm?.received ?? 0, stanza: element, raw } }]];
}

/** Effects for a stanza that concerns the stream alone; `undefined` when it is to be captured. */
function ownBusiness(state: ClientState, stanza: XmlElement): SessionEffect[] | undefined {
  const from = stanza.attrs.get('from');
  const sender = from === undefined ? undefined : parseJid(from);
  const ownServer = isOwnServer(state, stanza);
  const ownAccount = sender?.bare === state.options.address;
  if (stanza.name === 'presence') return ownAccount && !isSubscription(stanza) ? [] : undefined;
  if (stanza.name !== 'iq') return undefined;
  const type = stanza.attrs.get('type');
  if (type === 'result' || type === 'error') return ownServer || ownAccount ? [] : undefined;
  if (!ownServer) return undefined;
  if (type === 'get' && childOf(stanza, NS.ping, 'ping') !== undefined) return [pong(stanza)];
  // Roster pushes of the own server to who never asked for the roster (RFC 6121 2.1.6): nothing is to be said.
  return childOf(stanza, NS.roster, 'query') === undefined ? undefined : [];
}

/** RFC 6120 8.1.2.1: the own account's server speaks without a name, or in the account's or its own. */
function isOwnServer({ options }: ClientState, stanza: XmlElement): boolean {
  const from = stanza.attrs.get('from');
  return from === undefined || from === options.domain || from === options.address;
}

/** The roster and changes to it, of the own server only: anybody else's push is an attack (RFC 6121 2.1.6). */
function onRoster(state: ClientState, iq: XmlElement, raw: Uint8Array): Step | undefined {
  const roster = rosterOf(iq);
  if (roster === undefined || !isOwnServer(state, iq)) return undefined;
  const pushed = iq.attrs.get('type') === 'set';
  if (!pushed && (state.rosterRead || !isRosterAnswer(iq))) return undefined;
  const contacts = contactsIn(roster, state.options.address, state.contactsLeft);
  const sm = state.sm === undefined ? undefined : countReceived(state.sm, contacts.length > 0);
  const next = {
    ...state,
    sm,
    rosterRead: state.rosterRead || !pushed,
    contactsLeft: state.contactsLeft - contacts.length,
  };
  const answer = pushed ? [toServer(NS.client, 'acknowledge', result(iq))] : [];
  if (contacts.length === 0) return [next, answer];
  const seq = sm?.received ?? 0;
  return [next, [{ kind: 'emit', arrival: { kind: 'contacts', seq, contacts, pushed, raw } }, ...answer]];
}

function isSubscription(presence: XmlElement): boolean {
  return ['subscribe', 'subscribed', 'unsubscribe', 'unsubscribed'].includes(presence.attrs.get('type') ?? '');
}

function pong(ping: XmlElement): SessionEffect {
  return toServer(NS.client, 'keep-alive', result(ping));
}

function result(iq: XmlElement): XmlElement {
  return xml(NS.client, 'iq', { type: 'result', id: iq.attrs.get('id'), to: iq.attrs.get('from') });
}
