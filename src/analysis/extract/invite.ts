// Links that lead into a group of a messenger: worth more than their host, which everybody uses.

interface InviteForm {
  readonly host: RegExp;
  readonly path: RegExp;
}

const FORMS: readonly InviteForm[] = [
  { host: /^(?:www\.)?(?:t|telegram)\.(?:me|dog)$/, path: /^\/(?:\+|joinchat\/)[\w-]{5,64}/ },
  { host: /^(?:www\.)?(?:discord\.(?:gg|com)|discordapp\.com)$/, path: /^\/(?:invite\/)?[\w-]{2,64}$/ },
  { host: /^chat\.whatsapp\.com$/, path: /^\/(?:invite\/)?[\w-]{10,64}/ },
  { host: /^(?:signal\.group|matrix\.to)$/, path: /^\/(?:#\/?)?[^\s]{2,256}/ },
  { host: /^(?:join\.skype\.com|teams\.live\.com|line\.me|invite\.viber\.com)$/, path: /^\/[^\s]{4,256}/ },
];

/** The invite in canonical form (`discord.gg/abc`), or `undefined` when the link is none. */
export function inviteOf(host: string, url: string): string | undefined {
  const start = url.indexOf(host);
  const path = start < 0 ? '' : url.slice(start + host.length);
  const form = FORMS.find((known) => known.host.test(host) && known.path.test(path));
  if (form === undefined || (/discord(?:app)?\.com$/.test(host) && !path.startsWith('/invite/'))) return undefined;
  return `${host.replace(/^www\./, '')}${path}`;
}

/** `xmpp:room@muc.example?join` (XEP-0147) rooms of a text. */
export function xmppRooms(
  text: string,
): readonly { readonly value: string; readonly from: number; readonly to: number }[] {
  if (!/\?join/i.test(text)) return [];
  return [...text.matchAll(/xmpp:([^\s<>"'?]{3,200})\?join/gi)].slice(0, 32).map((match) => ({
    value: `xmpp:${(match[1] ?? '').toLowerCase()}?join`,
    from: match.index,
    to: match.index + match[0].length,
  }));
}
