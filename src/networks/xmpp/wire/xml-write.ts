// Writes elements as XML. Everything we send is made here, so nothing unescaped can reach the wire.
import { NS } from './namespaces.ts';
import type { XmlElement } from './xml-element.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 2.2 forbids exactly these characters.
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** Escapes text content; characters that XML 1.0 cannot hold become U+FFFD. */
export function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(NOT_XML, '\ufffd')
    .replaceAll(/[&<>\r]/g, (char) => ESCAPES[char] ?? char);
}

/** Escapes an attribute value for either kind of quote. */
export function escapeAttribute(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(NOT_XML, '\ufffd')
    .replaceAll(/[&<>"'\r\n\t]/g, (char) => ESCAPES[char] ?? char);
}

/** Serialises an element whose surroundings have `parentNs` as default namespace. */
export function writeXml(element: XmlElement, parentNs = ''): string {
  const stream = element.ns === NS.stream;
  const tag = stream ? `stream:${element.name}` : element.name;
  const scope = stream ? parentNs : element.ns;
  let head = `<${tag}`;
  if (!stream && element.ns !== parentNs) head += ` xmlns="${escapeAttribute(element.ns)}"`;
  let foreign = 0;
  for (const [key, value] of element.attrs) head += ` ${attributeName(key, foreign++)}="${escapeAttribute(value)}"`;
  if (element.children.length === 0) return `${head}/>`;
  let body = '';
  for (const child of element.children) body += typeof child === 'string' ? escapeText(child) : writeXml(child, scope);
  return `${head}>${body}</${tag}>`;
}

/** The bytes of an element on a stream whose default namespace is `streamNs`. */
export function encodeXml(element: XmlElement, streamNs: string): Uint8Array {
  return new TextEncoder().encode(writeXml(element, streamNs));
}

/** The opening tag of a stream (RFC 6120 4.2). */
export function encodeStreamOpen(streamNs: string, attrs: Readonly<Record<string, string>>): Uint8Array {
  let head = `<?xml version='1.0'?><stream:stream xmlns="${streamNs}" xmlns:stream="${NS.stream}"`;
  for (const [key, value] of Object.entries(attrs)) head += ` ${key}="${escapeAttribute(value)}"`;
  return new TextEncoder().encode(`${head}>`);
}

/** The closing tag of a stream. */
export const STREAM_CLOSE: Uint8Array = new TextEncoder().encode('</stream:stream>');

function attributeName(key: string, nth: number): string {
  if (!key.startsWith('{')) return key;
  const end = key.lastIndexOf('}');
  return `xmlns:n${nth}="${escapeAttribute(key.slice(1, end))}" n${nth}:${key.slice(end + 1)}`;
}
