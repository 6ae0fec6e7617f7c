// Links that stand outside the plain text: XHTML-IM (XEP-0071), out-of-band data (XEP-0066), encrypted media.
import { NS } from '../wire/namespaces.ts';
import { childOf, childrenOf, childText, elementsOf, textOf, type XmlElement } from '../wire/xml-element.ts';
import { writeXml } from '../wire/xml-write.ts';
import { defined, type Meta, short, shortText, some } from './reading.ts';

export interface HtmlLink {
  readonly href: string;
  readonly label: string;
  /** The label looks like an address and names another host than the link. */
  readonly mismatch: boolean;
}

/** The XHTML part, as markup that is kept and never rendered, with its links. */
export function readHtml(message: XmlElement): { readonly html?: string; readonly links?: readonly HtmlLink[] } {
  const body = childOf(childOf(message, NS.xhtmlIm, 'html'), NS.xhtml, 'body');
  if (body === undefined) return {};
  const links = some(anchors(body)).map(readAnchor);
  return { html: writeXml(body), ...(links.length === 0 ? {} : { links }) };
}

function anchors(element: XmlElement): XmlElement[] {
  return elementsOf(element).flatMap((child) =>
    child.name === 'a' && child.attrs.has('href') ? [child] : anchors(child),
  );
}

function readAnchor(anchor: XmlElement): HtmlLink {
  const href = (anchor.attrs.get('href') ?? '').slice(0, 2048);
  const label = textOf(anchor).trim().slice(0, 2048);
  const shown = hostIn(label);
  return { href, label, mismatch: shown !== undefined && shown !== hostIn(href) };
}

const HOST =
  /^(?:[a-z][a-z0-9+.-]{0,15}:\/\/)?(?:[^/@\s]{1,256}@)?([\p{L}\p{N}][\p{L}\p{N}.-]{0,252})(?::\d{1,5})?(?:[/?#]|$)/iu;

function hostIn(text: string): string | undefined {
  const host = HOST.exec(text)?.[1]?.toLowerCase();
  return host?.includes('.') === true ? host.replace(/^www\./, '') : undefined;
}

/** `jabber:x:oob` links and `aesgcm:` links, which carry the key of an encrypted upload (XEP-0454). */
export function readOob(message: XmlElement, text: string | undefined): Meta {
  const oob = childrenOf(message, NS.oob, 'x').map((x) =>
    defined({ url: short(childText(x, NS.oob, 'url'), 2048), desc: shortText(childOf(x, NS.oob, 'desc')) }),
  );
  const encryptedMedia = text?.startsWith('aesgcm://') === true ? short(text.split(/\s/, 1)[0], 2048) : undefined;
  return defined({ oob: oob.length === 0 ? undefined : some(oob), aesgcm: encryptedMedia });
}
