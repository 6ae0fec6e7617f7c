// What a capture says, as plain text with its links apart, whatever markup its network carries.
import type { Capture } from '../../core/capture.ts';
import { MAX_ANALYSED } from './fold.ts';
import { MappedText } from './mapped-text.ts';
import { type PlainText, type RichLink, stripEscapes, stripHtml, stripIrcCodes } from './markup.ts';

// These networks put HTML into the message text itself.
const HTML_IN_TEXT = new Set(['oscar', 'ymsg', 'sametime']);
const LOOKS_LIKE_HTML = /<(?:html|body|font|a|b|i|u|br|p|div|span|fade|alt|s)\b/i;

// Formats that MSN's and other clients put before the words of a text (`X-MMS-IM-Format: FN=Arial; CO=0`).
const MSN_FORMAT = /^X-MMS-IM-Format:[^\r\n]{0,512}(?:\r?\n){1,2}/gi;

/** Plain text (case kept) and links of a capture; empty when it carries none. */
export function plainText(capture: Capture): PlainText {
  const raw = new MappedText((capture.text ?? '').slice(0, MAX_ANALYSED));
  const rich = capture.html === undefined ? undefined : stripHtml(new MappedText(capture.html.slice(0, MAX_ANALYSED)));
  const links: RichLink[] = rich === undefined ? [] : [...rich.links];
  let mapped = raw;
  if (capture.network === 'irc') mapped = stripIrcCodes(raw);
  if (capture.network === 'msnp') mapped = raw.rewrite(MSN_FORMAT, () => '');
  if (HTML_IN_TEXT.has(capture.network)) {
    mapped = stripEscapes(raw);
    if (LOOKS_LIKE_HTML.test(mapped.text)) {
      const inner = stripHtml(mapped);
      mapped = inner.mapped;
      links.push(...inner.links);
    }
  }
  return { mapped: mapped.text === '' && rich !== undefined ? rich.mapped : mapped, links };
}
