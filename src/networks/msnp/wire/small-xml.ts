// Small XML that servers and strangers send: texts of leaf elements and attributes of one element. No DTD, no entities of one's own.
import { SaxesParser } from 'saxes';

const MAX_XML = 64 * 1024;
const MAX_LEAVES = 2000;

export interface Leaf {
  /** Local names from the root, joined by `/`. */
  readonly path: string;
  readonly text: string;
}

/** Texts of all elements that have one, in order. What is no XML, too long or has a DTD ends the list there. */
export function readLeaves(xml: string): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const path: string[] = [];
  let text = '';
  const parser = new SaxesParser({ xmlns: false });
  let broken = xml.length > MAX_XML;
  const stop = (): void => {
    broken = true;
  };
  parser.on('doctype', stop);
  parser.on('error', stop);
  parser.on('opentag', ({ name }) => {
    path.push(name.slice(name.indexOf(':') + 1));
    text = '';
  });
  parser.on('text', (more) => {
    text += more;
  });
  parser.on('cdata', (more) => {
    text += more;
  });
  parser.on('closetag', () => {
    if (!broken && text !== '' && leaves.length < MAX_LEAVES) leaves.push({ path: path.join('/'), text });
    text = '';
    path.pop();
  });
  // In pieces, so that what comes after an error or a DTD is not looked at.
  for (let at = 0; at < xml.length && !broken; at += 1024) parser.write(xml.slice(at, at + 1024));
  return leaves;
}

/** The attributes of the first element; empty when there is none. Official clients write no XML header here. */
export function readAttributes(xml: string): Readonly<Record<string, string>> {
  let found: Record<string, string> | undefined;
  let broken = xml.length > MAX_XML;
  const parser = new SaxesParser({ xmlns: false });
  const stop = (): void => {
    broken = true;
  };
  parser.on('doctype', stop);
  parser.on('error', stop);
  parser.on('opentag', ({ attributes }) => {
    found ??= Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, String(value)]));
  });
  if (!broken) parser.write(xml);
  return broken && found === undefined ? {} : (found ?? {});
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
