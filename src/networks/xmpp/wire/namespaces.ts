// Namespaces of XMPP as they stand on the wire, each with its specification.

export const NS = {
  client: 'jabber:client', // RFC 6120
  component: 'jabber:component:accept', // XEP-0114
  stream: 'http://etherx.jabber.org/streams',
  streamErrors: 'urn:ietf:params:xml:ns:xmpp-streams',
  stanzaErrors: 'urn:ietf:params:xml:ns:xmpp-stanzas',
  tls: 'urn:ietf:params:xml:ns:xmpp-tls',
  sasl: 'urn:ietf:params:xml:ns:xmpp-sasl',
  saslBinding: 'urn:xmpp:sasl-cb:0', // XEP-0440
  bind: 'urn:ietf:params:xml:ns:xmpp-bind',
  sm: 'urn:xmpp:sm:3', // XEP-0198
  ping: 'urn:xmpp:ping', // XEP-0199
  roster: 'jabber:iq:roster',
  delay: 'urn:xmpp:delay', // XEP-0203
  delayOld: 'jabber:x:delay', // XEP-0091
  stanzaId: 'urn:xmpp:sid:0', // XEP-0359
  nick: 'http://jabber.org/protocol/nick', // XEP-0172
  caps: 'http://jabber.org/protocol/caps', // XEP-0115
  mucUser: 'http://jabber.org/protocol/muc#user', // XEP-0045
  conference: 'jabber:x:conference', // XEP-0249
  si: 'http://jabber.org/protocol/si', // XEP-0095
  siFile: 'http://jabber.org/protocol/si/profile/file-transfer', // XEP-0096
  bytestreams: 'http://jabber.org/protocol/bytestreams', // XEP-0065
  ibb: 'http://jabber.org/protocol/ibb', // XEP-0047
  jingle: 'urn:xmpp:jingle:1', // XEP-0166
  jingleRtp: 'urn:xmpp:jingle:apps:rtp:1', // XEP-0167
  jingleMessage: 'urn:xmpp:jingle-message:0', // XEP-0353
  hashes: 'urn:xmpp:hashes:2', // XEP-0300
  oob: 'jabber:x:oob', // XEP-0066
  oobIq: 'jabber:iq:oob',
  sfs: 'urn:xmpp:sfs:0', // XEP-0447
  sims: 'urn:xmpp:sims:1', // XEP-0385
  reference: 'urn:xmpp:reference:0', // XEP-0372
  urlData: 'http://jabber.org/protocol/url-data', // XEP-0103
  xhtmlIm: 'http://jabber.org/protocol/xhtml-im', // XEP-0071
  xhtml: 'http://www.w3.org/1999/xhtml',
  rosterx: 'http://jabber.org/protocol/rosterx', // XEP-0144
  attention: 'urn:xmpp:attention:0', // XEP-0224
  omemoOld: 'eu.siacs.conversations.axolotl', // XEP-0384
  omemo: 'urn:xmpp:omemo:2',
  openpgp: 'urn:xmpp:openpgp:0', // XEP-0373
  openpgpOld: 'jabber:x:encrypted', // XEP-0027
  eme: 'urn:xmpp:eme:0', // XEP-0380
  receipts: 'urn:xmpp:receipts', // XEP-0184
  markers: 'urn:xmpp:chat-markers:0', // XEP-0333
  chatStates: 'http://jabber.org/protocol/chatstates', // XEP-0085
  correct: 'urn:xmpp:message-correct:0', // XEP-0308
  reactions: 'urn:xmpp:reactions:0', // XEP-0444
  pubsubEvent: 'http://jabber.org/protocol/pubsub#event', // XEP-0060
} as const;
