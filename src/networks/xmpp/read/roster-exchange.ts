// Contacts that a peer would like to plant (XEP-0144), or a roster push that only a server may send (RFC 6121 2.1.6).
import { elementsOf, type XmlElement } from '../wire/xml-element.ts';
import { type Draft, defined, draft, short, some } from './reading.ts';

/** Never applied: there is no roster to change. */
export function readRosterExchange(container: XmlElement): Draft {
  const items = elementsOf(container).filter((item) => item.name === 'item');
  return draft('roster-push', {
    meta: {
      count: items.length,
      items: some(items).map((item) =>
        defined({
          jid: short(item.attrs.get('jid')),
          name: short(item.attrs.get('name'), 256),
          action: short(item.attrs.get('action') ?? item.attrs.get('subscription'), 32),
        }),
      ),
    },
  });
}
