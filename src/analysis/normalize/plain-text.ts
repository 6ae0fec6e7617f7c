// What a capture says, as plain text with its links apart, whatever markup its network carries.
import type { Capture } from '../../core/capture.ts';
import { MAX_ANALYSED } from './fold.ts';
import { type PlainText, type RichLink, stripEscapes, stripHtml, stripIrcCodes } from './markup.ts';

// These networks put HTML into the message text itself.
const HTML_IN_TEXT = new Set(['oscar', 'ymsg']);
const LOOKS_LIKE_HTML = /<(?:html|body|font|a|b|i|u|br|p|div|span|fade|alt|s)\b/i;

/** Plain text (case kept) and links of a capture; empty when it carries none. */
export function plainText(capture: Capture): PlainText {
  const raw = (capture.text ?? '').slice(0, MAX_ANALYSED);
  const rich = capture.html === undefined ? undefined : stripHtml(capture.html);
  const links: RichLink[] = rich === undefined ? [] : [...rich.links];
  let text = raw;
  if (capture.network === 'irc') text = stripIrcCodes(raw);
  if (HTML_IN_TEXT.has(capture.network)) {
    text = stripEscapes(raw);
    if (LOOKS_LIKE_HTML.test(text)) {
      const inner = stripHtml(text);
      text = inner.text;
      links.push(...inner.links);
    }
  }
  return { text: text === '' && rich !== undefined ? rich.text : text, links };
}
