// Names of one family by different vendors: what is left when platform, class and variant are taken off.

const PREFIX =
  /^(?:(?:w32|win32|w97m|vbs|js|irc|osx|mac|linux|android|worm|trojan|backdoor|virus|hllw|troj|bkdr|adware|botnet|(?:im|p2p|irc|net|email|i)-worm|trojan-\w+|worm:win32|backdoor:win32|trojan:win32)[./:_ ])+/i;
const VARIANT = /(?:[.\-_!@](?:[a-z]{1,3}|mm?|gen|worm|dr|based|\d{1,4}))+$/i;
/** Shorter or commoner than this says nothing. */
const SHORTEST = 4;
const COMMON = new Set([
  'agent',
  'generic',
  'malware',
  'downloader',
  'stealer',
  'hello',
  'cool',
  'update',
  'photo',
  'worm',
]);
/** In parentheses and behind the id that ATT&CK adds to names. */
const ASIDE = /\s*\([^)]*\)|\s+-\s+[SGTM]\d{4}$/g;

/** The bare family name, lower case; `undefined` when nothing telling is left. */
export function bareName(name: string): string | undefined {
  const bare = name
    .slice(0, 300)
    .replaceAll(ASIDE, '')
    .replace(PREFIX, '')
    .replace(VARIANT, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
  return bare.length < SHORTEST || COMMON.has(bare) ? undefined : bare;
}

/** All bare names of a name and its aliases, each once. */
export function bareNames(names: readonly string[]): readonly string[] {
  return [...new Set(names.flatMap((name) => bareName(name) ?? []))];
}
