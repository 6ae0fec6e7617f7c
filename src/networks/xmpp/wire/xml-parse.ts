// One complete stanza to an element tree, by saxes, under named maxima. RFC 6120 11.1: no DTD, PI, comment, entity.
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { SundewError } from '../../../core/error.ts';
import { NS } from './namespaces.ts';
import type { XmlElement } from './xml-element.ts';

export const MAX_DEPTH = 64;
export const MAX_ATTRIBUTES = 128;
export const MAX_ELEMENTS = 8192;

interface Open {
  readonly name: string;
  readonly ns: string;
  readonly attrs: ReadonlyMap<string, string>;
  readonly children: (XmlElement | string)[];
}

/**
 * Parses one stanza as it stands on a stream with default namespace `streamNs`.
 * @throws SundewError WIRE_MALFORMED on bad UTF-8, bad XML or restricted XML; WIRE_TOO_LARGE over a maximum
 */
export function parseElement(raw: Uint8Array, streamNs: string): XmlElement {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
  } catch (cause) {
    throw new SundewError('WIRE_MALFORMED', 'a stanza is not UTF-8 (RFC 6120 11.6)', { cause });
  }
  return parseText(text, streamNs);
}

/** The same for text. @throws as `parseElement` */
export function parseText(text: string, streamNs: string): XmlElement {
  const parser = new SaxesParser({
    xmlns: true,
    position: false,
    additionalNamespaces: { '': streamNs, stream: NS.stream },
  });
  const stack: Open[] = [];
  let root: XmlElement | undefined;
  refuse(parser);
  limit(parser, stack);
  parser.on('opentag', (tag: SaxesTagNS) => {
    stack.push({ name: tag.local, ns: tag.uri, attrs: attributes(tag), children: [] });
  });
  parser.on('closetag', () => {
    const done = stack.pop();
    const parent = stack.at(-1);
    if (parent !== undefined && done !== undefined) parent.children.push(done);
    else root = done;
  });
  const addText = (piece: string): void => {
    stack.at(-1)?.children.push(piece);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(text).close();
  if (root === undefined) throw new SundewError('WIRE_MALFORMED', 'a stanza has no element');
  return root;
}

function refuse(parser: SaxesParser<{ xmlns: true }>): void {
  const restricted = (what: string) => (): never => {
    throw new SundewError('WIRE_MALFORMED', `a stanza holds ${what} (RFC 6120 11.1)`);
  };
  parser.on('doctype', restricted('a document type'));
  parser.on('processinginstruction', restricted('a processing instruction'));
  parser.on('comment', restricted('a comment'));
  parser.on('xmldecl', restricted('an XML declaration'));
  parser.on('error', (cause) => {
    throw new SundewError('WIRE_MALFORMED', 'a stanza is not well-formed XML', { cause });
  });
}

function limit(parser: SaxesParser<{ xmlns: true }>, stack: readonly unknown[]): void {
  let elements = 0;
  let attributesHere = 0;
  parser.on('opentagstart', () => {
    attributesHere = 0;
    elements += 1;
    if (stack.length >= MAX_DEPTH) throw tooLarge(`nesting over ${MAX_DEPTH}`);
    if (elements > MAX_ELEMENTS) throw tooLarge(`more than ${MAX_ELEMENTS} elements`);
  });
  parser.on('attribute', () => {
    attributesHere += 1;
    if (attributesHere > MAX_ATTRIBUTES) throw tooLarge(`more than ${MAX_ATTRIBUTES} attributes`);
  });
}

function tooLarge(what: string): SundewError {
  return new SundewError('WIRE_TOO_LARGE', `a stanza has ${what}`);
}

function attributes(tag: SaxesTagNS): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const attribute of Object.values(tag.attributes)) {
    if (attribute.prefix === 'xmlns' || attribute.name === 'xmlns') continue;
    const plain = attribute.uri === '' || attribute.prefix === 'xml';
    map.set(plain ? attribute.name : `{${attribute.uri}}${attribute.local}`, attribute.value);
  }
  return map;
}
