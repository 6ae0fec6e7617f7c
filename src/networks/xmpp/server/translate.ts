// A stanza changes its namespace with the stream it is on: jabber:client here, jabber:component:accept there.
import { NS } from '../wire/namespaces.ts';
import type { XmlElement } from '../wire/xml-element.ts';

const STREAM_SPACES = new Set<string>([NS.client, NS.component]);

/** The stanza as it stands on a stream of `streamNs`. */
export function toStreamNs(element: XmlElement, streamNs: string): XmlElement {
  if (!STREAM_SPACES.has(element.ns)) return element;
  return {
    ...element,
    ns: streamNs,
    children: element.children.map((child) => (typeof child === 'string' ? child : toStreamNs(child, streamNs))),
  };
}

/** With the sender as the server knows it. */
export function withFrom(element: XmlElement, from: string): XmlElement {
  return { ...element, attrs: new Map([...element.attrs, ['from', from]]) };
}
