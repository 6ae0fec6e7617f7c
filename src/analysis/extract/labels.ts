// Links written in markup inside plain text: Markdown, BBCode, a pasted `<a href>`. What they say is not where they lead.

/** A link and the words it is shown as. */
export interface LabelledLink {
  readonly href: string;
  readonly label: string;
}

const MAX_LABELLED = 32;
const MARKDOWN = /\[([^[\]\n]{1,256})\]\(([^\s()<>]{4,2048})\)/g;
const BBCODE = /\[(?:url|link)=["']?([^\]\s"']{4,2048})["']?\]([^[\]\n]{1,256})\[\/(?:url|link)\]/gi;
const ANCHOR = /<a\s[^<>]{0,512}?href\s{0,4}=\s{0,4}["']?([^\s"'<>]{4,2048})["']?[^<>]{0,512}>([^<>]{1,256})<\/a/gi;
const SLACK = /<(https?:\/\/[^\s|<>]{1,2048})\|([^<>|\n]{1,256})>/gi;

/** Every labelled link of a text, a few at most. */
export function labelledLinks(text: string): readonly LabelledLink[] {
  const found: LabelledLink[] = [];
  const add = (href: string | undefined, label: string | undefined): void => {
    if (href !== undefined && label !== undefined && found.length < MAX_LABELLED) found.push({ href, label });
  };
  if (text.includes('](')) for (const [, label, href] of text.matchAll(MARKDOWN)) add(href, label);
  if (/\[\/(?:url|link)/i.test(text)) for (const [, href, label] of text.matchAll(BBCODE)) add(href, label);
  if (/<\/a/i.test(text)) for (const [, href, label] of text.matchAll(ANCHOR)) add(href, label);
  if (/<http[^\s|<>]{1,2048}\|/i.test(text)) for (const [, href, label] of text.matchAll(SLACK)) add(href, label);
  return found;
}
