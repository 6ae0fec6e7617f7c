// What the range plays. The wording is our own, modelled on documented waves; hosts are reserved names (RFC 2606,
// RFC 6761), so that no link leads anywhere, and no file exists.
import type { Act, RangeNetwork } from './touch.ts';

interface FamilyBase {
  readonly id: string;
  /** Entries of the threats history it is modelled on. */
  readonly modelledOn: readonly string[];
  readonly network: RangeNetwork;
  readonly act: Act['type'];
  /** Spintax; `<link>` is the variant's link, `<file>` its file. */
  readonly texts: readonly string[];
  /** Spintax of hosts; a number is appended for every new variant. */
  readonly hosts: readonly string[];
  /** Spintax of the path behind the host. */
  readonly paths: readonly string[];
  /** Spintax; used for files and, in links, for `<file>`. */
  readonly files?: readonly string[];
}

/** Spreads by itself from contact list to contact list: ever more senders. */
export interface Worm extends FamilyBase {
  readonly type: 'worm';
  /** That a contact opens it sooner or later. */
  readonly clickProbability: number;
  readonly seeds: number;
  /** From opening it to sending it on, ms. */
  readonly delayMs: readonly [low: number, high: number];
}

/** A list of addresses worked through by a few senders. */
export interface Run extends FamilyBase {
  readonly type: 'run';
  readonly senders: number;
  /** Messages to decoys in one run. */
  readonly length: number;
  readonly meanGapMs: number;
}

export type Family = Worm | Run;

const PICTURE_HOSTS = ['{pics|photos|album|gallery|snap}-{corner|share|box|drop|wall}'] as const;

const WORMS: readonly Worm[] = [
  {
    type: 'worm',
    id: 'is-that-you',
    modelledOn: ['Kelvir', 'Pushbot', 'MSN picture IRC bot Nov 2007'],
    network: 'xmpp',
    act: 'message',
    texts: ['{lol|haha|omg} {is that you|is this you|thats you right}{?|??| ?} {:D |}<link>'],
    hosts: PICTURE_HOSTS,
    paths: ['/<file>?id=<peer>'],
    files: ['{img|dsc|pic|photo}{0|00|_}{12|48|57|93}{1|3|7}.{pif|jpg.scr|jpg.pif}'],
    clickProbability: 0.4,
    seeds: 3,
    delayMs: [2_500, 22_000],
  },
  {
    type: 'worm',
    id: 'party-pictures',
    modelledOn: ['Bropia', 'Checkout', 'Live Messenger summer pictures'],
    network: 'xmpp',
    act: 'file-offer',
    texts: [
      '{here are|i found} {the pictures|our pics} {from the party|of last summer}, {dont show them around|look at the third one}',
    ],
    hosts: PICTURE_HOSTS,
    paths: ['/<file>'],
    files: ['{party|beach|webcam|summer}{_pics|_photos|}{0|1|2}{4|8}.{jpg.scr|pif|zip.scr}'],
    clickProbability: 0.42,
    seeds: 3,
    delayMs: [3_000, 25_000],
  },
  {
    type: 'worm',
    id: 'they-wrote-about-you',
    modelledOn: ['Ramex', 'Warezov on Skype', 'Skype photo wave May 2013'],
    network: 'xmpp',
    act: 'message',
    texts: [
      '{have you seen|did you see} {what they wrote|what someone posted} about you{?|??} <link>',
      '{hast du gesehen|weißt du}, was {die da|die Leute} über dich {schreiben|geschrieben haben}? <link>',
    ],
    hosts: ['{profile|people|friends}-{news|view|talk}'],
    paths: ['/view/<file>?u=<peer>'],
    files: ['{profile|photo|wall}_{03|11|27}.{exe|scr}'],
    clickProbability: 0.38,
    seeds: 3,
    delayMs: [2_500, 26_000],
  },
  {
    type: 'worm',
    id: 'script-by-dcc',
    modelledOn: ['Simpsalapim', 'Stages', 'LoveLetter'],
    network: 'irc',
    act: 'file-offer',
    texts: ['{take this, it makes the client faster|my new script, works great}'],
    hosts: ['scripts'],
    paths: ['/<file>'],
    files: ['{script.ini|life_stages.txt.shs|LINKS.VBS|my pics.jpg.scr|dmsetup.exe}'],
    clickProbability: 0.42,
    seeds: 3,
    delayMs: [2_000, 18_000],
  },
  {
    type: 'worm',
    id: 'free-client-patch',
    modelledOn: ['Aplore', 'Pipeline'],
    network: 'irc',
    act: 'message',
    texts: [
      '{btw|hey} {a patch for the client is out|everyone should get this patch}, {old versions get hacked|works here}: <link>',
    ],
    hosts: ['{client|chat}-{patch|update}'],
    paths: ['/<file>'],
    files: ['{patch|update}{4|6}{1|2}.{exe|com.exe|scr}'],
    clickProbability: 0.36,
    seeds: 3,
    delayMs: [2_500, 20_000],
  },
];

const RUNS: readonly Run[] = [
  {
    type: 'run',
    id: 'watches-and-pills',
    modelledOn: ['XMPP in-band-registration spam'],
    network: 'xmpp',
    act: 'message',
    texts: [
      '{Limited offer|Special offer}! {Replica|Designer} watches from {$79|$89|79 USD}, {buy now|order now} and get {free shipping|free delivery}. Order today <link>',
      'Buy cheap {pills|medication} without prescription, {70%|80%} discount, order {now|today} <link>',
    ],
    hosts: ['{best|super|mega}-{deal|price|shop}'],
    paths: ['/?ref={a|b|c}{1|2|3}'],
    senders: 3,
    length: 40,
    meanGapMs: 2_500,
  },
  {
    type: 'run',
    id: 'work-from-home',
    modelledOn: ['XMPP in-band-registration spam', 'CyberLover'],
    network: 'xmpp',
    act: 'message',
    texts: [
      '{Work from home|Work online} and earn {300|450|500} {EUR|USD} per {week|day}! {Contact us now|Write to us now} to claim your place <link>',
    ],
    hosts: ['{easy|quick}-{income|work}'],
    paths: ['/join'],
    senders: 2,
    length: 30,
    meanGapMs: 3_500,
  },
  {
    type: 'run',
    id: 'account-limited',
    modelledOn: ['Yahoo Messenger credential phishing 2006', 'MSN contact-checker spim'],
    network: 'xmpp',
    act: 'message',
    texts: [
      '{Security notice|Important}: {unusual sign-in to your account|your account will be limited}. {Confirm|Verify} your password within 24 hours: <link>',
    ],
    hosts: ['{paypa1|rnicrosoft|faceb00k|arnazon|steamcomrnunity}-{login|secure|verify}'],
    paths: ['/{signin|confirm|verify}?s={81|82|93}{4|5|7}'],
    senders: 2,
    length: 24,
    meanGapMs: 4_000,
  },
  {
    type: 'run',
    id: 'lonely-stranger',
    modelledOn: ['MSN Flirt Bot', 'CyberLover'],
    network: 'xmpp',
    act: 'contact-request',
    texts: ['{hi|hey} {i am|its} {Anna|Julia|Lena}, {23|24|26}, {add me|lets talk}, {my cam|my pictures}: <link>'],
    hosts: ['{cam|flirt|date}-{now|live|club}'],
    paths: ['/{anna|julia|lena}'],
    senders: 8,
    length: 24,
    meanGapMs: 5_000,
  },
  {
    type: 'run',
    id: 'come-to-my-room',
    modelledOn: ['Matrix abuse-room invitation spam', 'AIM chat-room spim (John Doe suit)'],
    network: 'xmpp',
    act: 'group-invite',
    texts: [
      'Free {crypto|trading} signals, {200%|300%} profit guaranteed! Join our VIP group now, {limited places|few places left} <link>',
    ],
    hosts: ['{coin|signal}-{club|room}'],
    paths: ['/vip'],
    senders: 3,
    length: 20,
    meanGapMs: 5_000,
  },
  {
    type: 'run',
    id: 'channel-flood',
    modelledOn: ['freenode image-link spam 2017', 'freenode defamation spam 2018'],
    network: 'irc',
    act: 'message',
    texts: [
      '{ATTENTION|WARNING}: {this network is closing|the staff reads your messages}, {move to|read all about it on} <link> {!!|!!!}',
    ],
    hosts: ['{free|open}-{chat|irc}-{truth|net}'],
    paths: ['/{read|why}'],
    senders: 4,
    length: 40,
    meanGapMs: 2_500,
  },
  {
    type: 'run',
    id: 'client-scan',
    modelledOn: [],
    network: 'irc',
    act: 'probe',
    texts: [''],
    hosts: [],
    paths: [],
    senders: 1,
    length: 8,
    meanGapMs: 1_500,
  },
];

export const FAMILIES: readonly Family[] = [...WORMS, ...RUNS];

/** What starts in the first minute, and when, so that there is something to see at once. */
export const OPENING: readonly { readonly family: string; readonly atMs: number }[] = [
  { family: 'is-that-you', atMs: 600 },
  { family: 'watches-and-pills', atMs: 1_500 },
  { family: 'script-by-dcc', atMs: 2_000 },
  { family: 'account-limited', atMs: 9_000 },
  { family: 'lonely-stranger', atMs: 20_000 },
  { family: 'channel-flood', atMs: 35_000 },
  { family: 'come-to-my-room', atMs: 50_000 },
];

/** Harmless: wrong numbers, tests, people who mean someone else. No two need be alike. */
export const CHATTER: readonly string[] = [
  '{hi|hello|hey}, {is this|am i right at} {the library|the bike shop|the garden club|the choir}?',
  '{sorry|oops}, {wrong window|wrong person|that was for someone else}',
  'are we still on for {monday|tuesday|thursday|saturday} at {six|seven|eight}?',
  '{can you|could you} bring the {ladder|drill|red folder|big pot} {tomorrow|next week}?',
  'the {meeting|rehearsal|training} {is moved to|now starts at} {half past six|quarter to eight|nine}',
  '{thanks|thank you} for the {recipe|book|help with the {tent|boiler|printer}}',
  'does anyone {know|remember} {a good dentist|the name of that song|where the spare key is}?',
  '{guten Morgen|hallo}, {kommst du heute|bist du am {Freitag|Sonntag}} {vorbei|auch da}?',
  '{test|testing}, {one two|please ignore|does this arrive}',
];
