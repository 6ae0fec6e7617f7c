// Who sent a message: the parts of `nick!user@host`, and how names compare.

/** Parts of a message's source (RFC 2812 2.3.1). A server has a `nick` only. */
export interface Source {
  readonly nick: string;
  /** Starts with `~` where no ident daemon vouched for it. */
  readonly user?: string;
  readonly host?: string;
}

/** Splits at the first `!` and the last `@`; whatever is missing stays away. */
export function parseSource(source: string): Source {
  const at = source.lastIndexOf('@');
  const bang = source.indexOf('!');
  if (bang === -1) {
    return at === -1 ? { nick: source } : { nick: source.slice(0, at), host: source.slice(at + 1) };
  }
  if (at < bang) return { nick: source.slice(0, bang), user: source.slice(bang + 1) };
  return { nick: source.slice(0, bang), user: source.slice(bang + 1, at), host: source.slice(at + 1) };
}

/** Lower case by RFC 2812 2.2, for which `{}|^` are the small forms of `[]\~`, on servers of other mappings too. */
export function foldName(name: string): string {
  return name.replaceAll(/[A-Z[\]\\~]/g, (letter) =>
    letter === '~' ? '^' : String.fromCharCode(letter.charCodeAt(0) + 32),
  );
}

/** Whether a target is a channel, `@#channel` and the like (messages to operators only) included. */
export function channelOf(target: string): string | undefined {
  const name = target.replace(/^[@+%~!]+(?=[#&])/, '');
  return /^[#&+!]/.test(name) ? name : undefined;
}
