// Indicators that are no links: accounts, hashes, magnets, wallets, telephone numbers, machine addresses.
import type { Indicator, IndicatorType } from '../../core/verdict.ts';
import { MATRIX_USER, NAMED_ACCOUNT, namedAccount } from './accounts.ts';
import { isPublicIpv4, isPublicIpv6 } from './ip.ts';
import { decodeBase32 } from './onion.ts';
import { isPublicSuffix } from './suffix.ts';
import {
  isBase58Wallet,
  isBech32Wallet,
  isCashAddress,
  isEtherWallet,
  isMoneroWallet,
  isSolanaForm,
} from './wallet.ts';

/** One indicator and where it stands in the refanged text. */
export interface Located extends Indicator {
  readonly from: number;
  readonly to: number;
}

interface Rule {
  readonly type: IndicatorType;
  readonly pattern: RegExp;
  /** A character without which the pattern cannot match: spares the search. */
  readonly needs: RegExp;
  /** The shortest run of ASCII letters and digits that the pattern matches in. */
  readonly run?: number;
  /** Stretches of one text that are tried; a check sum costs. */
  readonly max?: number;
  value(match: RegExpExecArray): string | undefined;
}

const MAX_TRIED = 512;
const MAX_WALLETS = 24;
/** bech32, from its separator on. */
const LEAST_WALLET = 12;
const mixed = (hex: string): boolean => /[a-f]/i.test(hex) && /\d/.test(hex);
const DIGIT = /\d/;
const HEX_RUN = /[0-9a-f]{32}/i;

const RULES: readonly Rule[] = [
  {
    type: 'infohash',
    run: 32,
    needs: /btih/i,
    pattern: /urn:btih:([0-9a-f]{40}|[a-z2-7]{32})(?![0-9a-z])/gi,
    value: ([, hash = '']) => infohash(hash),
  },
  {
    type: 'infohash',
    run: 40,
    needs: /info[ -]?hash|torrent/i,
    pattern: /(?:info[ -]?hash|torrent)[ ]?[:=#]?[ ]{0,2}([0-9a-f]{40})(?![0-9a-z])/gi,
    value: ([, hash = '']) => infohash(hash),
  },
  {
    type: 'ed2k',
    run: 32,
    needs: /urn:ed2k/i,
    pattern: /urn:ed2k(?:hash)?:([0-9a-f]{32})(?![0-9a-z])/gi,
    value: ([, hash = '']) => hash.toLowerCase(),
  },
  {
    type: 'sha1',
    run: 32,
    needs: /urn:(?:sha1|bitprint)/i,
    pattern: /urn:(?:sha1|bitprint):([a-z2-7]{32})(?![a-z2-7])/gi,
    value: ([, hash = '']) => decodeBase32(hash.toLowerCase())?.toString('hex'),
  },
  {
    type: 'ed2k',
    run: 32,
    needs: /ed2k/i,
    pattern: /ed2k:\/\/\|file\|[^|\s]{1,255}\|\d{1,20}\|([0-9a-f]{32})\|/gi,
    value: ([, hash = '']) => hash.toLowerCase(),
  },
  hashRule('sha256', 64),
  hashRule('sha1', 40),
  hashRule('md5', 32),
  {
    type: 'im-account',
    needs: /:/,
    pattern: /(?<![a-z])(?:(xmpp|ymsgr|aim|msnim|skype|icq|tox|irc|matrix):)(?!\/\/)([^\s<>"']{2,200})/gi,
    value: imAccount,
  },
  {
    type: 'im-account',
    needs: /@/,
    pattern: MATRIX_USER,
    value: ([, name = '', server = '']) =>
      isPublicSuffix(server.toLowerCase()) || /\.(?:example|test)$/i.test(server)
        ? `matrix:@${name}:${server}`.toLowerCase()
        : undefined,
  },
  {
    type: 'im-account',
    needs:
      /telegram|\btg\b|телег|тг|icq|uin|аська|aim|yahoo|yim|msn|skype|скайп|jabber|xmpp|discord|дискорд|wechat|kik|line|viber|threema|wickr|sametime|snap/i,
    pattern: NAMED_ACCOUNT,
    value: namedAccount,
  },
  {
    type: 'email',
    needs: /@/,
    pattern: /(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]{0,63}@((?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})(?![a-z0-9-])/gi,
    value: ([whole, host = '']) =>
      isPublicSuffix(host.toLowerCase()) || /\.(?:example|test)$/i.test(host) ? whole.toLowerCase() : undefined,
  },
  {
    type: 'ipv4',
    needs: DIGIT,
    pattern:
      /(?<![\w.-])(?<!(?:version|kernel|build|release|firmware|driver|linux|ver|rev|v)[ :-]{0,2})(\d{1,3}(?:\.\d{1,3}){3})(?![\w-]|\.\d)/gi,
    value: (match) => ipv4(match),
  },
  {
    type: 'ipv6',
    needs: /:[0-9a-f]{0,4}:/i,
    pattern: /(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,8}(?![\w:])/gi,
    value: ([address]) =>
      isPublicIpv6(address) ? URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1) : undefined,
  },
  walletRule(/[13LMDTX7A9]/, /(?<![\w])[13LMDTX7A9][1-9A-HJ-NP-Za-km-z]{25,34}(?![\w])/g, isBase58Wallet),
  walletRule(/[48]/, /(?<![\w])[48][1-9A-HJ-NP-Za-km-z]{94}(?:[1-9A-HJ-NP-Za-km-z]{11})?(?![\w])/g, isMoneroWallet),
  walletRule(/(?:bc|ltc)1/i, /(?<![\w])(?:bc|ltc)1[02-9ac-hj-np-z]{11,71}(?![\w])/gi, isBech32Wallet, true),
  walletRule(/[qp]/i, /(?<=(?<![\w])bitcoincash:)[qp][02-9ac-hj-np-z]{41}(?![\w])/gi, isCashAddress, true),
  walletRule(/0x/, /(?<![\w])0x[0-9a-f]{40}(?![\w])/gi, isEtherWallet, true),
  walletRule(/\b(?:sol|solana|phantom)\b/i, /(?<![\w/])[1-9A-HJ-NP-Za-km-z]{43,44}(?![\w])/g, isSolanaForm),
  {
    // E.164 in international form only: a bare run of digits is far more often something else.
    type: 'phone',
    needs: /\+/,
    pattern: /(?<![\w+])\+[1-9]\d{0,2}[ .\-(]{0,2}\d(?:[ .\-()]{0,2}\d){6,12}(?![\w])/g,
    value: ([whole]) => `+${whole.replaceAll(/\D/g, '')}`,
  },
  {
    type: 'phone',
    needs: /00[1-9]/,
    pattern: /(?<![\w+.-])00([1-9]\d{0,2}[ .\-(]{0,2}\d(?:[ .\-()]{0,2}\d){6,12})(?![\w.])/g,
    value: ([, number = '']) => `+${number.replaceAll(/\D/g, '')}`,
  },
  {
    // A number as it is dialled in one country, only where the text says that it is one.
    type: 'phone',
    needs: /\d{3}/,
    pattern:
      /(?<![\p{L}])(?:call|tel|telephone|phone|mobile|mob|cell|dial|ring|text|txt|sms|whatsapp|звони\p{L}{0,4}|тел|телефон|anrufen|ruf|llama|llámanos|appelez|chiama|ligue)(?![\p{L}])[^\d\n]{0,24}?(\(?\d[\d ().-]{5,16}\d)(?![\w.]\d|\w)/giu,
    value: ([, number = '']) => national(number),
  },
];

/** All indicators of the text that are no links, at most `max`; a stretch counts once. */
export function plainIndicators(text: string, max: number): readonly Located[] {
  const found: Located[] = [];
  const longest = longestRun(text);
  let [asked, holds]: [RegExp | undefined, boolean] = [undefined, false];
  for (const rule of RULES) {
    if ((rule.run ?? 0) > longest) continue;
    if (rule.needs !== asked) [asked, holds] = [rule.needs, rule.needs.test(text)]; // neighbours share theirs
    if (!holds) continue;
    let tried = 0;
    for (const match of text.matchAll(rule.pattern)) {
      if (++tried > (rule.max ?? MAX_TRIED)) break;
      if (found.length >= max) return found;
      const [from, to] = [match.index, match.index + match[0].length];
      if (found.some((other) => other.from < to && from < other.to)) continue;
      const value = rule.value(match);
      if (value !== undefined) found.push({ type: rule.type, value, from, to });
    }
  }
  return found;
}

/** Units of the longest run of ASCII letters and digits. */
function longestRun(text: string): number {
  let most = 0;
  let run = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const lower = code | 0x20;
    run = (lower >= 0x61 && lower <= 0x7a) || (code >= 0x30 && code <= 0x39) ? run + 1 : 0;
    if (run > most) most = run;
  }
  return most;
}

// `2.6.24.1` is a version far more often than a machine; a port, a path or a scheme around it says otherwise.
function ipv4({ 1: address = '', index, input }: RegExpExecArray): string | undefined {
  if (!isPublicIpv4(address) || /(?:^|\.)0\d/.test(address)) return undefined;
  const [a, b, c, d] = address.split('.').map(Number);
  const like = (a ?? 0) < 10 && (b ?? 0) < 10 && !(a === b && b === c && c === d);
  const linked = /^[:/]/.test(input.slice(index + address.length)) || input.slice(0, index).endsWith('/');
  return like && !linked ? undefined : address;
}

function walletRule(needs: RegExp, pattern: RegExp, holds: (text: string) => boolean, anyCase = false): Rule {
  return {
    type: 'wallet',
    run: LEAST_WALLET,
    needs,
    pattern,
    max: MAX_WALLETS,
    value: ([address]) => (holds(address) ? (anyCase ? address.toLowerCase() : address) : undefined),
  };
}

function national(number: string): string | undefined {
  const digits = number.replaceAll(/\D/g, '');
  if (digits.length < 7 || digits.length > 15 || /^(\d)\1+$/.test(digits)) return undefined;
  return digits;
}

function infohash(hash: string): string | undefined {
  return hash.length === 40 ? hash.toLowerCase() : decodeBase32(hash.toLowerCase())?.toString('hex');
}

function hashRule(type: IndicatorType, digits: number): Rule {
  return {
    type,
    run: digits,
    needs: HEX_RUN,
    pattern: new RegExp(`(?<![0-9a-z])[0-9a-f]{${digits}}(?![0-9a-z])`, 'gi'),
    value: ([hash]) => (mixed(hash) ? hash.toLowerCase() : undefined),
  };
}

// `xmpp:a@b?message`, `aim:goim?screenname=x`, `ymsgr:sendim?x`, `skype:x?chat` (the schemes' own registrations).
function imAccount([, scheme = '', rest = '']: RegExpExecArray): string | undefined {
  const lower = scheme.toLowerCase();
  const query = rest.includes('?') ? rest.slice(rest.indexOf('?') + 1) : '';
  if (lower === 'xmpp' && /^join/i.test(query)) return undefined;
  const named = /(?:screenname|contact)=([^&;\s]{1,100})/i.exec(query)?.[1];
  const command = /^(?:goim|sendim|addbuddy|chat|add|call|addfriend)\?/i.test(rest);
  const account = named ?? (command ? query.split(/[&;]/)[0] : rest.split(/[?;]/)[0]);
  const clean = account?.replace(/[.,!)\]]+$/, '').toLowerCase();
  if (clean === undefined || clean.length < 2) return undefined;
  if (lower === 'xmpp' && !clean.includes('@')) return undefined;
  return `${lower}:${clean}`;
}
