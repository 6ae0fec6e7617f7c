// Rich text to plain: HTML as AIM, MSN, Yahoo and XHTML-IM (XEP-0071) carry it, and the colour codes of IRC.
// A tokenizer, not a parser: nothing is rendered, nesting does not matter, one pass over bounded input.
import { decodeEntities, decodeReference, REFERENCE } from './entities.ts';
import { MAX_ANALYSED } from './fold.ts';
import type { Edit, MappedText } from './mapped-text.ts';

/** A link of rich text: where it leads and what it says. */
export interface RichLink {
  readonly href: string;
  readonly label: string;
}

export interface PlainText {
  /** What people read; it remembers where in the capture's text (or HTML, when there is no text) it stood. */
  readonly mapped: MappedText;
  readonly links: readonly RichLink[];
}

const MAX_LINKS = 64;
const MAX_ATTRIBUTE = 4096;
const BLOCK = new Set(['br', 'p', 'div', 'li', 'tr', 'h1', 'h2', 'h3', 'ul', 'ol', 'table', 'hr', 'body']);
const SILENT = new Set(['script', 'style', 'head', 'title']);

interface Strip {
  readonly edits: Edit[];
  readonly out: string[];
  readonly links: RichLink[];
  open: { href: string; from: number } | undefined;
  silent: string | undefined;
}

/** Text and links of an HTML fragment; the text remembers where it stood. */
export function stripHtml(html: MappedText): { readonly mapped: MappedText; readonly links: readonly RichLink[] } {
  const source = html.slice(0, MAX_ANALYSED);
  const input = source.text;
  const state: Strip = { edits: [], out: [], links: [], open: undefined, silent: undefined };
  let at = 0;
  while (at < input.length) {
    const start = input.indexOf('<', at);
    const end = start < 0 ? -1 : input.indexOf('>', start + 1);
    const stop = end < 0 ? input.length : start;
    if (state.silent === undefined) textOf(state, input.slice(at, stop), at);
    else if (stop > at) state.edits.push({ from: at, to: stop, by: '' });
    if (end < 0) break;
    const before = state.out.length;
    tag(state, input.slice(start + 1, end));
    state.edits.push({ from: start, to: end + 1, by: state.out.slice(before).join('') });
    at = end + 1;
  }
  closeLink(state);
  return { mapped: trimmed(source.edit(state.edits)), links: state.links };
}

function textOf(state: Strip, text: string, at: number): void {
  if (text === '') return;
  state.out.push(decodeEntities(text));
  if (!text.includes('&')) return;
  for (const match of text.matchAll(REFERENCE)) {
    const by = decodeReference(match);
    if (by !== match[0]) state.edits.push({ from: at + match.index, to: at + match.index + match[0].length, by });
  }
}

function trimmed(mapped: MappedText): MappedText {
  const from = mapped.text.length - mapped.text.trimStart().length;
  return mapped.slice(from, mapped.text.trimEnd().length);
}

function tag(state: Strip, inner: string): void {
  const closing = inner.startsWith('/');
  const name = /^[a-z][a-z0-9]{0,15}/i.exec(closing ? inner.slice(1, 18) : inner.slice(0, 17))?.[0].toLowerCase();
  if (name === undefined) return;
  if (SILENT.has(name)) {
    if (!closing && !inner.endsWith('/')) state.silent ??= name;
    else if (state.silent === name) state.silent = undefined;
    return;
  }
  if (state.silent !== undefined) return;
  if (BLOCK.has(name)) state.out.push('\n');
  if (name === 'img' && !closing) addLink(state, attribute(inner, 'src'), '');
  if (name !== 'a') return;
  closeLink(state);
  const href = closing ? undefined : attribute(inner, 'href');
  if (href !== undefined) state.open = { href, from: state.out.length };
}

function closeLink(state: Strip): void {
  if (state.open === undefined) return;
  addLink(state, state.open.href, state.out.slice(state.open.from).join('').trim());
  state.open = undefined;
}

function addLink(state: Strip, href: string | undefined, label: string): void {
  if (href === undefined || href === '' || state.links.length >= MAX_LINKS) return;
  state.links.push({ href, label: label.slice(0, MAX_ATTRIBUTE) });
}

function attribute(inner: string, name: string): string | undefined {
  const head = inner.slice(0, MAX_ATTRIBUTE);
  const found = new RegExp(`(?:^|[\\s"'/])${name}\\s{0,8}=\\s{0,8}(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(
    head,
  );
  const value = found?.[1] ?? found?.[2] ?? found?.[3];
  return value === undefined ? undefined : decodeEntities(value).trim();
}

/** Text without IRC formatting: bold 02, colour 03/04 with digits, reset 0F, monospace 11, reverse 16, italic 1D, strike 1E, underline 1F. */
export function stripIrcCodes(text: MappedText): MappedText {
  return text.rewrite(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the codes
    /\x03(?:\d{1,2}(?:,\d{1,2})?)?|\x04(?:[0-9a-f]{6})?|[\x02\x0f\x11\x16\x1d\x1e\x1f]/gi,
    () => '',
  );
}

/** Text without the escape codes of Yahoo! Messenger (`ESC[1m`, `ESC[#00ff00m`). */
export function stripEscapes(text: MappedText): MappedText {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the codes
  return text.rewrite(/\x1b\[[#x0-9;a-f]{0,12}m/gi, () => '');
}
