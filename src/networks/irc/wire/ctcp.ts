// CTCP: a request or reply inside PRIVMSG or NOTICE, between 0x01 bytes (draft-oakley-irc-ctcp).

export interface Ctcp {
  /** Upper case: `VERSION`, `ACTION`, `DCC` … Empty when the payload is. */
  readonly command: string;
  readonly argument: string;
}

const MARK = '\x01';

/** Reads a CTCP payload; the closing mark is often missing. @returns undefined when the text is none */
export function parseCtcp(text: string): Ctcp | undefined {
  if (!text.startsWith(MARK)) return undefined;
  const end = text.indexOf(MARK, 1);
  const body = text.slice(1, end === -1 ? text.length : end);
  const blank = body.indexOf(' ');
  if (blank === -1) return { command: body.toUpperCase(), argument: '' };
  return { command: body.slice(0, blank).toUpperCase(), argument: body.slice(blank + 1) };
}
