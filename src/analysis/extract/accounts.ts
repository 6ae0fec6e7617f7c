// Accounts of messengers: as links with a scheme of their own, as links to profiles, or named beside the messenger.

const SLUGS: Readonly<Record<string, string>> = {
  tg: 'telegram',
  telegram: 'telegram',
  телеграм: 'telegram',
  телега: 'telegram',
  тг: 'telegram',
  icq: 'icq',
  uin: 'icq',
  аська: 'icq',
  aim: 'aim',
  yahoo: 'ymsgr',
  yim: 'ymsgr',
  ymsgr: 'ymsgr',
  msn: 'msnim',
  msnim: 'msnim',
  skype: 'skype',
  скайп: 'skype',
  jabber: 'xmpp',
  xmpp: 'xmpp',
  discord: 'discord',
  дискорд: 'discord',
  wechat: 'wechat',
  kik: 'kik',
  line: 'line',
  viber: 'viber',
  threema: 'threema',
  wickr: 'wickr',
  matrix: 'matrix',
  sametime: 'sametime',
  snapchat: 'snapchat',
  snap: 'snapchat',
};

/** `telegram: @bob_7`, `ICQ 123-456-789`, `my skype is live:bob`; the messenger and what follows in its groups. */
export const NAMED_ACCOUNT = new RegExp(
  `(?<![\\p{L}\\p{N}@/:.])(${Object.keys(SLUGS).join('|')})(?:[ ](?:id|nick|name|user|username|messenger|account|handle|contact|number))?(?:[ ]{0,2}(?::|=|#|->)[ ]{0,2}|[ ](?:is[ ])?(?=@)|[ ]is[ ]|[ ](?=\\d{5}|\\d{3}-\\d{3}))(@?[\\p{L}\\p{N}][\\p{L}\\p{N}_.@#:-]{2,63})`,
  'giu',
);
/** A Matrix user: `@bob:example.org` (Matrix specification, user identifiers). */
export const MATRIX_USER = /(?<![\w@.])@([a-z0-9._=/+-]{1,100}):((?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24})(?![\w-])/gi;

/** The account in canonical form (`telegram:bob_7`); undefined for what is a word, not a name. */
export function namedAccount([, messenger = '', said = '']: RegExpExecArray): string | undefined {
  const slug = SLUGS[messenger.toLowerCase()];
  const name = said.replace(/[.,:;#-]+$/, '').toLowerCase();
  if (slug === undefined || name.length < 3) return undefined;
  if (slug === 'icq') {
    const digits = name.replaceAll('-', '');
    return /^[1-9]\d{4,9}$/.test(digits) ? `icq:${digits}` : undefined;
  }
  if (slug === 'xmpp' || slug === 'msnim') return /^[^@]+@[^@]+\.[a-z]{2,}$/.test(name) ? `${slug}:${name}` : undefined;
  if (slug === 'matrix') return undefined;
  // A plain word after the messenger's name is most often the rest of a sentence.
  if (!/^@|[\d_#]|live:/.test(name) || /^[\d.:]+$/.test(name)) return undefined;
  return `${slug}:${name.replace(/^@/, '')}`;
}

/** The account that a link leads to: `t.me/bob`, `wa.me/447…`, `matrix.to/#/@bob:…`, a Discord user, `m.me`. */
export function linkedAccount(host: string, url: string): string | undefined {
  const rest = url.slice(url.indexOf(host) + host.length);
  const plain = host.replace(/^www\./, '');
  if (/^(?:t|telegram)\.(?:me|dog)$/.test(plain)) {
    const name = /^\/(?:s\/)?([a-z]\w{3,31})(?:[/?#]|$)/i.exec(rest)?.[1]?.toLowerCase();
    return name === undefined || ['joinchat', 'share', 'addstickers', 'proxy', 'socks', 'iv'].includes(name)
      ? undefined
      : `telegram:${name}`;
  }
  if (plain === 'wa.me' || plain === 'api.whatsapp.com') {
    const number = /^\/(?:send\/?\?(?:[^#]{0,200}&)?phone=)?\+?(\d{7,15})/.exec(rest)?.[1];
    return number === undefined ? undefined : `whatsapp:+${number}`;
  }
  if (plain === 'matrix.to') {
    const user = /^\/#\/(@[^/?]{1,100}:[^/?]{3,100})/.exec(decodedOnce(rest))?.[1];
    return user === undefined ? undefined : `matrix:${user.toLowerCase()}`;
  }
  if (plain === 'discord.com' || plain === 'discordapp.com') {
    const user = /^\/users\/(\d{15,20})/.exec(rest)?.[1];
    return user === undefined ? undefined : `discord:${user}`;
  }
  return undefined;
}

function decodedOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray percent sign is part of the name
  }
}
