// A session driven by hand: whole server sides fed to it, and what it says to them.
import { ClientSession } from '../session/client-session.ts';
import type { LinkFacts, Session, SessionEffect } from '../session/types.ts';
import { XmlFramer } from '../wire/xml-framer.ts';

const HEAD =
  "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' id='i' from='im.example'>";
export const PLAIN: LinkFacts = { tls: undefined, loopback: false };
export const LOCAL: LinkFacts = { tls: undefined, loopback: true };
export const GOOD: LinkFacts = { tls: { protocol: 'TLSv1.3', verified: true }, loopback: false };
export const BAD: LinkFacts = {
  tls: { protocol: 'TLSv1.3', verified: false, problem: 'CERT_HAS_EXPIRED' },
  loopback: false,
};
export const features = (inner: string): string => `<stream:features>${inner}</stream:features>`;
export const STARTTLS = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
export const mechanisms = (...names: readonly string[]): string =>
  `<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>${names.map((name) => `<mechanism>${name}</mechanism>`).join('')}</mechanisms>`;
export const SUCCESS = "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>";

export function client(tls: 'starttls' | 'direct' | 'none' = 'starttls', roster = true): ClientSession {
  return new ClientSession({
    address: 'dora@im.example',
    password: 'secret',
    tls,
    resource: 'r',
    nonce: 'nonce',
    resumable: true,
    roster,
  });
}

/** Feeds a whole server side, one stream after another. */
export function feed(session: Session, ...streams: readonly string[]): SessionEffect[] {
  return streams.flatMap((text) => {
    const framer = new XmlFramer(session.streamNs);
    const head = session.streamNs === 'jabber:client' ? HEAD : HEAD.replace('jabber:client', session.streamNs);
    return [...framer.feed(new TextEncoder().encode(`${head}${text}`))].flatMap((frame) =>
      session.step({ kind: 'frame', frame }),
    );
  });
}

export const said = (effects: readonly SessionEffect[]): string =>
  effects.map((effect) => (effect.kind === 'send' ? new TextDecoder().decode(effect.frame) : '')).join('');
export const code = (effects: readonly SessionEffect[]): string | undefined =>
  effects.flatMap((effect) => (effect.kind === 'close' && effect.error !== undefined ? [effect.error.code] : []))[0];

/** A session that is online on loopback, with stream management. */
export function onlineClient(roster = true): ClientSession {
  const session = client('none', roster);
  session.step({ kind: 'connected', link: LOCAL });
  const bound =
    "<iq type='result' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>dora@im.example/r</jid></bind></iq>";
  feed(
    session,
    features(mechanisms('PLAIN')) + SUCCESS,
    `${features("<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/><sm xmlns='urn:xmpp:sm:3'/>")}${bound}<enabled xmlns='urn:xmpp:sm:3' id='sm1' resume='true'/>`,
  );
  return session;
}
