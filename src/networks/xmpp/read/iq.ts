// IQ requests of strangers: file offers, calls, probes. None is answered at `observe`.
import type { Weakness } from '../../../core/weakness.ts';
import { NS } from '../wire/namespaces.ts';
import { elementsOf, type XmlElement } from '../wire/xml-element.ts';
import { readOobIq, readSi, readStreamHosts } from './file-offer.ts';
import { readJingle } from './jingle.ts';
import { errorOf } from './message.ts';
import { type Draft, defined, draft, readSize, short } from './reading.ts';
import { readRosterExchange } from './roster-exchange.ts';

/** Namespaces of questions about the decoy, and what they ask. */
const PROBES: Readonly<Record<string, string>> = {
  'http://jabber.org/protocol/disco#info': 'disco-info', // XEP-0030
  'http://jabber.org/protocol/disco#items': 'disco-items',
  'jabber:iq:version': 'version', // XEP-0092
  'jabber:iq:last': 'last', // XEP-0012
  'jabber:iq:time': 'time', // XEP-0090
  'urn:xmpp:time': 'time', // XEP-0202
  'urn:xmpp:ping': 'ping', // XEP-0199
  'vcard-temp': 'vcard', // XEP-0054
  'urn:ietf:params:xml:ns:vcard-4.0': 'vcard', // XEP-0292
  'http://jabber.org/protocol/pubsub': 'pubsub', // XEP-0060
};

/** Clients that took a roster push from anybody (RFC 6121 2.1.6 says that only one's own server may send it). */
const ROSTER_PUSH: Weakness = {
  vulnerability: "a roster push that is not the server's",
  resembles: ['CVE-2015-8688', 'CVE-2016-9928', 'CVE-2019-16236'],
};

export function readIq(iq: XmlElement): Draft {
  const type = iq.attrs.get('type');
  if (type === 'result') return draft('backscatter');
  if (type === 'error') return draft('backscatter', { meta: errorOf(iq) });
  const payload = elementsOf(iq)[0];
  if (payload === undefined) return draft('unknown');
  return readRequest(payload) ?? draft('unknown');
}

function readRequest(payload: XmlElement): Draft | undefined {
  if (payload.ns === NS.si) return readSi(payload);
  if (payload.ns === NS.jingle) return readJingle(payload);
  if (payload.ns === NS.oobIq) return readOobIq(payload);
  if (payload.ns === NS.rosterx) return readRosterExchange(payload);
  if (payload.ns === NS.roster) {
    const pushed = readRosterExchange(payload);
    return { ...pushed, meta: { ...pushed.meta, spoofed: true, ...ROSTER_PUSH } };
  }
  if (payload.ns === NS.bytestreams) {
    const hosts = readStreamHosts(payload);
    return draft('transfer-request', {
      meta: defined({ method: 's5b', session: short(payload.attrs.get('sid')), hosts }),
    });
  }
  if (payload.ns === NS.ibb) {
    return draft('transfer-request', {
      meta: defined({
        method: 'ibb',
        step: payload.name.slice(0, 32),
        session: short(payload.attrs.get('sid')),
        blockBytes: readSize(payload.attrs.get('block-size')),
      }),
    });
  }
  const probe = PROBES[payload.ns];
  return probe === undefined
    ? undefined
    : draft('probe', { meta: defined({ probe, node: short(payload.attrs.get('node'), 512) }) });
}
