// Stanzas on a bound stream: what is the own server's business is handled here, all else is emitted as an arrival.
import { parseJid } from '../wire/jid.ts';
import { NS } from '../wire/namespaces.ts';
import { childOf, type XmlElement, xml } from '../wire/xml-element.ts';
import type { ClientState } from './client-state.ts';
import { isStanzaName, toServer } from './effects.ts';
import type { Step } from './sign-on.ts';
import { countReceived } from './stream-management.ts';
import type { SessionEffect } from './types.ts';

/** One element on a bound stream. */
export function onStanza(state: ClientState, element: XmlElement, raw: Uint8Array): Step {
  if (element.ns !== NS.client || !isStanzaName(element.name)) {
    return [state, [{ kind: 'emit', arrival: { kind: 'stanza', seq: 0, stanza: element, raw } }]];
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
  const ownServer = from === undefined || from === state.options.domain || from === state.options.address;
  const ownAccount = sender?.bare === state.options.address;
  if (stanza.name === 'presence') return ownAccount && !isSubscription(stanza) ? [] : undefined;
  if (stanza.name !== 'iq') return undefined;
  const type = stanza.attrs.get('type');
  if (type === 'result' || type === 'error') return ownServer || ownAccount ? [] : undefined;
  if (!ownServer) return undefined;
  if (type === 'get' && childOf(stanza, NS.ping, 'ping') !== undefined) return [pong(stanza)];
  // Roster pushes of the own server (RFC 6121 2.1.6): the roster was never asked for, so nothing is to be said.
  return childOf(stanza, NS.roster, 'query') === undefined ? undefined : [];
}

function isSubscription(presence: XmlElement): boolean {
  return ['subscribe', 'subscribed', 'unsubscribe', 'unsubscribed'].includes(presence.attrs.get('type') ?? '');
}

function pong(ping: XmlElement): SessionEffect {
  const iq = xml(NS.client, 'iq', { type: 'result', id: ping.attrs.get('id'), to: ping.attrs.get('from') });
  return toServer(NS.client, 'keep-alive', iq);
}
