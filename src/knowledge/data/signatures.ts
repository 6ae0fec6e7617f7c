// Traits of seeded threats that are specific enough to match by. Lure words are folded: lower case, no punctuation.

export interface SeedLure {
  readonly threat: string;
  readonly words: readonly string[];
}
export interface SeedFile {
  readonly threat: string;
  readonly pattern: string;
}

/** All words must stand in one text; four or more unless they are rare together. */
export const SEED_LURES: readonly SeedLure[] = [
  { threat: 'phish.discord-nitro-gift-phishing.discord', words: ['free', 'discord', 'nitro', 'steam'] },
  { threat: 'phish.discord-nitro-gift-phishing.discord', words: ['discord', 'nitro', 'free', 'month', 'http'] },
  { threat: 'phish.msn-contact-checker-spim.msn', words: ['find', 'out', 'who', 'blocked', 'you', 'msn', 'http'] },
  { threat: 'phish.msn-contact-checker-spim.msn', words: ['who', 'deleted', 'you', 'messenger', 'http'] },
  { threat: 'im.dorkbot-on-skype.multi', words: ['is', 'this', 'your', 'new', 'profile', 'pic', 'http'] },
  { threat: 'im.pipeline.multi', words: ['can', 'put', 'your', 'picture', 'on', 'my', 'blog', 'http'] },
  { threat: 'im.henpeck.msn', words: ['test', 'program', 'i', 'wrote', 'br2002'] },
  { threat: 'im.giftcom.multi', words: ['santa', 'claus', 'gift.com'] },
  { threat: 'im.flixonline.whatsapp', words: ['2', 'months', 'netflix', 'premium', 'free', 'quarantine'] },
  { threat: 'blended.sumom.multi', words: ['crazy', 'frog', 'fat', 'http', 'pif'] },
  { threat: 'im.skype-photo-wave-may-2013.skype', words: ['profile-facebook_23052013_img'] },
  { threat: 'im.coolnow.msn', words: ['go', 'to', 'http', 'cool.htm', 'now'] },
  { threat: 'im.ramex.skype', words: ['oops', 'sorry', 'photo', 'not', 'for', 'you', 'http'] },
];

/** Folded file names, `*` for any run of characters. */
export const SEED_FILES: readonly SeedFile[] = [
  { threat: 'im.msn-picture-irc-bot-nov-2007.multi', pattern: 'img34814.pif' },
  { threat: 'im.msn-picture-irc-bot-nov-2007.multi', pattern: 'dsc00432.jpg.exe' },
  { threat: 'im.henpeck.msn', pattern: 'br2002.exe' },
  { threat: 'blended.loveletter.multi', pattern: 'love-letter-for-you.*' },
  { threat: 'blended.stages.multi', pattern: 'life_stages.txt.shs' },
  { threat: 'blended.prettypark.multi', pattern: 'pretty park.exe' },
  { threat: 'blended.goner.multi', pattern: 'gone.scr' },
  { threat: 'im.leap-a.ichat', pattern: 'latestpics.tgz' },
  { threat: 'im.msnphoto-d.multi', pattern: 'photo_album2007.zip' },
  { threat: 'im.msnphoto-d.multi', pattern: 'myphotos2007*' },
  { threat: 'im.choke.msn', pattern: 'shootpresidentbush.exe' },
  { threat: 'im.skype-photo-wave-may-2013.skype', pattern: 'profile-facebook_23052013_img*' },
];
