// Addresses of subscribers: checked and brought to one form. Nothing that could end a header or a stanza gets through.
import { domainToASCII } from 'node:url';
import { SundewError, unreachable } from '../core/error.ts';
import type { ChannelKind } from './channel.ts';

/** RFC 5321 4.5.3.1: 64 octets before the @, 254 in all (RFC 3696 erratum 1690). */
const MAX_EMAIL = 254;
const MAX_EMAIL_LOCAL = 64;
/** RFC 7622 allows 1023 a part; the API takes 320 in all. */
const MAX_JID = 320;

/** RFC 5322 dot-atom: no quotes, comments, spaces or control characters. */
const EMAIL_LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const HOST = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;
/** RFC 7622 3.3.1 forbids these in a local part; spaces, controls and format characters besides. */
const JID_LOCAL_FORBIDDEN = /["&'/:<>@\s\p{C}]/u;
/** AIM names, with or without an e-mail domain, and ICQ numbers; blanks in them are for show. */
const SCREEN_NAME = /^(?:[a-z][a-z0-9]{2,31}|\d{5,10}|[a-z0-9._-]{1,40}@[a-z0-9.-]{1,40})$/;
/** An argument of commands: no blank, `%`, `;`; no `/` and `!` either, behind which addresses are cut. */
const MSN_ADDRESS = /^[a-z0-9#$'*+=?^_`{|}~.-]{1,64}@[a-z0-9.-]{1,190}$/;
const YAHOO_ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const MAX_SAMETIME = 255;
const SAMETIME_FORBIDDEN = /["&<>\p{C}\p{Zl}\p{Zp}]|[^\S ]/u;

export interface SubscriberAddress {
  /** As it is written to. */
  readonly address: string;
  /** Lower case: what makes two addresses the same subscriber. */
  readonly key: string;
}

/** @throws SundewError SUBSCRIBER_INVALID saying what an address of this channel looks like */
export function parseAddress(channel: ChannelKind, raw: string): SubscriberAddress {
  switch (channel) {
    case 'email':
      return parseEmail(raw);
    case 'xmpp':
      return parseJid(raw);
    case 'oscar':
      return oneForm(raw.replaceAll(' ', ''), SCREEN_NAME, 'AIM or ICQ', 'AnnLee or 12345678');
    case 'msnp':
      return oneForm(raw, MSN_ADDRESS, 'MSN', 'name@example.org');
    case 'ymsg':
      return oneForm(raw.replace(/@yahoo\.com\s*$/i, ''), YAHOO_ID, 'Yahoo!', 'ann_lee (without @yahoo.com)');
    case 'sametime':
      return parseSametime(raw);
    default:
      return unreachable(channel);
  }
}

/** Names that their network compares without regard to case. */
function oneForm(raw: string, form: RegExp, kind: string, example: string): SubscriberAddress {
  const address = raw.trim().toLowerCase();
  if (!form.test(address)) throw invalid(kind, example);
  return { address, key: address };
}

/** A user id or a name of the directory; it is written to as it was given. */
function parseSametime(raw: string): SubscriberAddress {
  const address = raw.trim();
  if (address === '' || address.length > MAX_SAMETIME || SAMETIME_FORBIDDEN.test(address)) {
    throw invalid('Sametime', 'alee or CN=Ann Lee/O=Example');
  }
  return { address, key: address.toLowerCase() };
}

function parseEmail(raw: string): SubscriberAddress {
  const text = raw.trim();
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  const host = hostOf(text.slice(at + 1));
  const address = `${local}@${host}`;
  if (at < 1 || local.length > MAX_EMAIL_LOCAL || address.length > MAX_EMAIL || !EMAIL_LOCAL.test(local)) {
    throw invalid('e-mail', 'name@example.org');
  }
  // A mail domain has a dot and does not end in a number: no bare host names, no IP addresses.
  if (!HOST.test(host) || !/\.[a-z][a-z0-9-]*$/.test(host)) throw invalid('e-mail', 'name@example.org');
  return { address, key: address.toLowerCase() };
}

function parseJid(raw: string): SubscriberAddress {
  const text = raw.trim().replace(/^xmpp:/i, '');
  const bare = text.split('/', 1)[0] ?? '';
  const at = bare.indexOf('@');
  const local = bare.slice(0, Math.max(at, 0)).normalize('NFKC').toLowerCase().normalize('NFKC');
  const host = hostOf(bare.slice(at + 1));
  const address = `${local}@${host}`;
  if (at < 1 || text.length > MAX_JID || JID_LOCAL_FORBIDDEN.test(local) || !HOST.test(host)) {
    throw invalid('XMPP', 'name@example.org');
  }
  return { address, key: address };
}

/** A-label form, lower case; '' for what is no host name. */
function hostOf(raw: string): string {
  return raw.length > 253 || /[\s\p{C}]/u.test(raw) ? '' : domainToASCII(raw).toLowerCase();
}

function invalid(kind: string, example: string): SundewError {
  return new SundewError('SUBSCRIBER_INVALID', `this is no ${kind} address; write it like ${example}`);
}
