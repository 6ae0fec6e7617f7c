// Host names that look like a brand's: the name inside a longer one, or a few letters off.
import { getDomain, getDomainWithoutSuffix } from 'tldts';
import { SHARED_HOSTS } from '../data/shared-hosts.ts';
import { unicodeHost } from '../extract/url.ts';
import { foldText } from '../normalize/fold.ts';

// Names that phishing by instant message borrows; those of under five letters only as a whole part.
const BRANDS: readonly string[] = (
  'discord discordapp steamcommunity steampowered steam paypal facebook instagram whatsapp telegram twitch roblox ' +
  'binance coinbase metamask blockchain netflix amazon apple icloud microsoft office365 outlook hotmail google gmail ' +
  'yahoo aol msn ebay dhl fedex usps ups spotify epicgames fortnite minecraft nitro youtube linkedin twitter snapchat ' +
  'tiktok wellsfargo chase hsbc barclays santander revolut trustwallet ledger opensea sberbank vkontakte skype'
).split(' ');
const OFFICIAL = new Set(
  (
    'discord.media discordstatus.com steamstatic.com steamgames.com steamcontent.com paypal.me paypalobjects.com fbcdn.net whatsapp.net ' +
    'binance.us blockchain.com amazonaws.com cloudfront.net gstatic.com googleapis.com googlevideo.com withgoogle.com ytimg.com microsoftonline.com ' +
    'windows.net azure.com office365.com yahoo.co.jp yahoo.co.uk google.co.uk google.de google.fr google.ru google.es amazon.co.uk amazon.de amazon.fr ' +
    'ebay.co.uk ebay.de roblox.com twitch.tv coinbase.com metamask.io snapchat.com epicgames.com fortnite.com minecraft.net ' +
    'chase.com hsbc.com hsbc.co.uk barclays.co.uk barclays.com santander.com wellsfargo.com revolut.com trustwallet.com ledger.com opensea.io ' +
    'sberbank.ru fedex.com ups.com usps.com dhl.com dhl.de vkontakte.ru'
  ).split(' '),
);
const STAND_INS: readonly (readonly [RegExp, string])[] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/0/g, 'o'],
  [/[1|]/g, 'l'],
  [/3/g, 'e'],
  [/4/g, 'a'],
  [/5/g, 's'],
  [/7/g, 't'],
];

/** Hosts of a campaign come again and again: as many of the latest are remembered with their answer. */
const MAX_REMEMBERED = 1024;
const remembered = new Map<string, string | undefined>();

/** The brand that a host imitates, or `undefined`; the brand's own hosts imitate nothing. */
export function imitatedBrand(host: string): string | undefined {
  if (remembered.has(host)) return remembered.get(host);
  const brand = brandBehind(host);
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(host, brand);
  return brand;
}

function brandBehind(host: string): string | undefined {
  const domain = getDomain(host, { allowPrivateDomains: true }) ?? host;
  if (SHARED_HOSTS.has(domain) || OFFICIAL.has(domain)) return undefined;
  const shown = unicodeHost(host);
  const label = getDomainWithoutSuffix(shown, { allowPrivateDomains: true }) ?? shown.split('.')[0] ?? '';
  const folded = foldText(label).slice(0, 63);
  const plain = STAND_INS.reduce((name, [from, to]) => name.replaceAll(from, to), folded);
  for (const name of new Set([folded, plain])) {
    const parts = name.split('-');
    const glued = parts.join('');
    const found = BRANDS.find((brand) => resembles(glued, parts, brand));
    if (found !== undefined) return found;
  }
  return inSubdomain(host, domain);
}

// `paypal.com.account-check.example`: a brand's whole domain in front of another.
function inSubdomain(host: string, domain: string): string | undefined {
  const front = host.slice(0, Math.max(0, host.length - domain.length - 1));
  return front === '' ? undefined : BRANDS.find((brand) => brand.length > 4 && `.${front}.`.includes(`.${brand}.`));
}

function resembles(glued: string, parts: readonly string[], brand: string): boolean {
  if (brand.length < 5) return parts.length > 1 && parts.includes(brand);
  if (glued.includes(brand))
    return brand !== 'steam' && brand !== 'apple' && brand !== 'chase' && brand !== 'nitro'
      ? true
      : parts.includes(brand);
  if (brand.length < 6) return false;
  const allowed = brand.length >= 12 ? 4 : brand.length >= 8 ? 2 : 1;
  return [glued, ...parts].some((part) => isNear(part, brand, allowed));
}

/** Whether two words are at most `allowed` insertions, deletions and replacements apart (Levenshtein, two rows). */
function isNear(a: string, b: string, allowed: number): boolean {
  if (Math.abs(a.length - b.length) > allowed || a.charCodeAt(0) !== b.charCodeAt(0)) return false;
  let row = Array.from({ length: b.length + 1 }, (_value, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1);
      const value = Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      next.push(value);
      least = Math.min(least, value);
    }
    if (least > allowed) return false;
    row = next;
  }
  return (row[b.length] ?? allowed + 1) <= allowed;
}
