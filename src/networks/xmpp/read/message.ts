// Messages (RFC 6121 5) and all that travels in them. The order of the rules decides what a stanza is.
import { parseJid } from '../wire/jid.ts';
import { NS } from '../wire/namespaces.ts';
import { childOf, childrenOf, childText, elementsOf, type XmlElement } from '../wire/xml-element.ts';
import { readSharedFile } from './file-offer.ts';
import { readInvite } from './invite.ts';
import { readJingleMessage } from './jingle.ts';
import { readHtml, readOob } from './links.ts';
import { type Draft, defined, draft, type Meta, type Own, short, some } from './reading.ts';
import { readRosterExchange } from './roster-exchange.ts';

/** What a message is. `text` is the body in the message's own language, or the first. */
export function readMessage(message: XmlElement, own: Own): Draft {
  const text = bodyOf(message);
  const { html, links } = readHtml(message);
  const meta: Meta = {
    ...defined({
      subject: short(childText(message, message.ns, 'subject'), 8192),
      thread: short(childText(message, message.ns, 'thread')),
      links: links === undefined || links.length === 0 ? undefined : links,
      otherBodies: otherBodies(message),
    }),
    ...readOob(message, text),
    ...extras(message),
  };
  const read = kindOf(message, text, html, own);
  return {
    ...draft(read.kind, { text, html }),
    ...read,
    meta: { ...meta, ...read.meta },
  };
}

function kindOf(message: XmlElement, text: string | undefined, html: string | undefined, own: Own): Draft {
  if (message.attrs.get('type') === 'error') return draft('backscatter', { meta: errorOf(message) });
  const from = parseJid(message.attrs.get('from') ?? own.domain);
  if (from?.full === own.domain) return draft('service-notice');
  const rosterx = childOf(message, NS.rosterx, 'x');
  const special =
    readInvite(message) ??
    (rosterx === undefined ? undefined : readRosterExchange(rosterx)) ??
    readJingleMessage(message) ??
    readEncrypted(message, text);
  if (special !== undefined) return special;
  if (childOf(message, NS.attention, 'attention') !== undefined) return draft('nudge');
  const shared = readSharedFile(message);
  if (shared !== undefined) return draft('file-offer', shared);
  if (text !== undefined || html !== undefined || childText(message, message.ns, 'subject') !== undefined) {
    return draft('message');
  }
  return draft(silentKind(message));
}

/** Messages without a word. */
function silentKind(message: XmlElement): Draft['kind'] {
  const about = elementsOf(message).map((child) => child.ns);
  // Receipts and markers answer what the decoy never sent (XEP-0184, XEP-0333).
  const answers = elementsOf(message).some(
    (child) =>
      (child.ns === NS.receipts && child.name === 'received') || (child.ns === NS.markers && child.name !== 'markable'),
  );
  if (answers) return 'backscatter';
  if (about.some((ns) => ns === NS.oob || ns === NS.reactions || ns === NS.correct || RETRACT.test(ns)))
    return 'message';
  return about.includes(NS.chatStates) ? 'typing' : 'unknown';
}

const RETRACT = /^urn:xmpp:message-retract:\d$/;
const OTR = /^\?OTR(?:[:?v,|]|$)/;

/** OMEMO, OpenPGP and OTR: what can be seen from outside. */
function readEncrypted(message: XmlElement, text: string | undefined): Draft | undefined {
  const omemo = childOf(message, NS.omemo, 'encrypted') ?? childOf(message, NS.omemoOld, 'encrypted');
  const header = omemo === undefined ? undefined : childOf(omemo, omemo.ns, 'header');
  const pgp = childOf(message, NS.openpgp, 'openpgp') ?? childOf(message, NS.openpgpOld, 'x');
  const otr = text !== undefined && OTR.test(text);
  if (omemo === undefined && pgp === undefined && !otr) return undefined;
  return draft('message', {
    encrypted: true,
    meta: defined({
      encryption: omemo === undefined ? (pgp === undefined ? 'otr' : 'openpgp') : 'omemo',
      sid: short(header?.attrs.get('sid'), 32),
      payload: omemo === undefined ? undefined : childOf(omemo, omemo.ns, 'payload') !== undefined,
      hint: short(childOf(message, NS.eme, 'encryption')?.attrs.get('namespace'), 256),
    }),
  });
}

/** Marks that change nothing about the kind. Corrections and retractions never undo an earlier capture. */
function extras(message: XmlElement): Meta {
  const reactions = childOf(message, NS.reactions, 'reactions');
  const retract = elementsOf(message).find((child) => RETRACT.test(child.ns) && child.name === 'retract');
  return defined({
    receiptRequested: childOf(message, NS.receipts, 'request') === undefined ? undefined : true,
    markable: childOf(message, NS.markers, 'markable') === undefined ? undefined : true,
    chatState: short(childOf(message, NS.chatStates, '*')?.name, 32),
    corrects: short(childOf(message, NS.correct, 'replace')?.attrs.get('id')),
    retracts: retract === undefined ? undefined : (short(retract.attrs.get('id')) ?? 'unnamed'),
    reactsTo: short(reactions?.attrs.get('id')),
    reactions:
      reactions === undefined
        ? undefined
        : some(childrenOf(reactions, NS.reactions, 'reaction').map((one) => short(one.children.join(''), 64) ?? '')),
    pubsubNode: short(
      childOf(childOf(message, NS.pubsubEvent, 'event'), NS.pubsubEvent, 'items')?.attrs.get('node'),
      512,
    ),
  });
}

function bodyOf(message: XmlElement): string | undefined {
  const bodies = childrenOf(message, message.ns, 'body');
  const lang = message.attrs.get('xml:lang');
  const chosen = bodies.find((body) => (body.attrs.get('xml:lang') ?? lang) === lang) ?? bodies[0];
  const text = chosen?.children.filter((child) => typeof child === 'string').join('');
  return text === '' ? undefined : text;
}

/** Bodies in other languages: a lure may stand in any of them. */
function otherBodies(message: XmlElement): readonly string[] | undefined {
  const bodies = childrenOf(message, message.ns, 'body');
  if (bodies.length < 2) return undefined;
  return some(bodies).map((body) =>
    body.children
      .filter((child) => typeof child === 'string')
      .join('')
      .slice(0, 4096),
  );
}

/** RFC 6120 8.3. */
export function errorOf(stanza: XmlElement): Meta {
  const error = childOf(stanza, stanza.ns, 'error');
  const condition = error && elementsOf(error).find((child) => child.ns === NS.stanzaErrors && child.name !== 'text');
  return defined({
    condition: short(condition?.name, 64),
    reason: short(childText(error, NS.stanzaErrors, 'text')),
  });
}
