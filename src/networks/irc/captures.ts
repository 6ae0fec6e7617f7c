// What an IRC message means as a capture: one pure function from a line to a draft.
import type { CaptureDraft, Peer } from '../../core/capture.ts';
import { weaknessOfDcc, weaknessOfOffer } from './weakness.ts';
import { type Ctcp, parseCtcp } from './wire/ctcp.ts';
import { parseDcc } from './wire/dcc.ts';
import { addressText } from './wire/dcc-address.ts';
import type { IrcMessage } from './wire/message.ts';
import { channelOf, foldName, parseSource, type Source } from './wire/source.ts';
import { stripFormatting } from './wire/text.ts';

/** What the reading of a message depends on. */
export interface IrcReader {
  readonly nick: string;
  /** The server's name, once it is known; before, the host that was dialled. */
  readonly server: string;
}

/** Characters of names that strangers choose. */
const MAX_NAME = 512;
const MAX_FILE_NAME = 4096;

type Draft = CaptureDraft & { readonly meta: Readonly<Record<string, unknown>> };

/** Reads one message as a capture. @returns undefined for what no peer did to the decoy */
export function draftOf(message: IrcMessage, reader: IrcReader): CaptureDraft | undefined {
  const source = parseSource(message.source ?? reader.server);
  if (foldName(source.nick) === foldName(reader.nick)) return undefined;
  const base = baseOf(message, source, reader);
  const [target = '', second = ''] = message.params;
  switch (message.command) {
    case 'PRIVMSG':
    case 'NOTICE':
      return draftOfText(message, base, source, reader);
    case 'INVITE':
      return foldName(target) === foldName(reader.nick)
        ? { ...base, kind: 'group-invite', ...named(second) }
        : undefined;
    case 'TOPIC':
      return withText({ ...base, kind: 'message', ...named(target) }, second);
    case 'PART':
      return second === '' ? undefined : { ...farewell(base, second), ...named(target) };
    case 'QUIT':
      return target === '' ? undefined : farewell(base, target);
    case 'TAGMSG':
      return message.tags.has('+typing') ? { ...base, kind: 'typing', ...conversation(target) } : undefined;
    case 'KICK':
      if (foldName(second) !== foldName(reader.nick)) return undefined;
      return withText({ ...base, kind: 'service-notice', ...named(target) }, message.params[2] ?? '');
    case 'KILL':
    case 'WALLOPS':
    case 'ERROR':
    case '463':
    case '465':
    case '466':
      return withText({ ...base, kind: 'service-notice' }, message.params.at(-1) ?? '');
    default:
      return undefined;
  }
}

/** A line that is no message, or a part of one that no honest client sends. */
export function draftOfMalformed(reason: string, reader: IrcReader): CaptureDraft {
  return { kind: 'malformed', peer: { id: reader.server, verifiedBy: 'own-server' }, meta: { reason } };
}

/** Texts that the server itself wrote ("Ping timeout") are no message; one with a link in it is worth being one. */
function farewell(base: Draft, text: string): Draft {
  return withText({ ...base, kind: text.includes('://') ? 'message' : 'presence' }, text);
}

function draftOfText(message: IrcMessage, base: Draft, source: Source, reader: IrcReader): CaptureDraft | undefined {
  const [target = '', text = ''] = message.params;
  const aimed: Draft = { ...base, ...conversation(target) };
  const ctcp = parseCtcp(text);
  if (ctcp !== undefined && ctcp.command !== 'ACTION') {
    return message.command === 'NOTICE'
      ? withText({ ...aimed, kind: 'backscatter', meta: { ...aimed.meta, ctcp: ctcp.command } }, ctcp.argument)
      : draftOfCtcp(ctcp, aimed, source, reader);
  }
  const action = ctcp === undefined ? {} : { ctcp: 'ACTION' };
  const kind = isServer(source, message) ? 'service-notice' : 'message';
  return withText({ ...aimed, kind, meta: { ...aimed.meta, ...action } }, ctcp?.argument ?? text);
}

function draftOfCtcp(ctcp: Ctcp, aimed: Draft, source: Source, reader: IrcReader): Draft {
  if (ctcp.command === 'DCC') return draftOfDcc(ctcp.argument, aimed);
  // Networks scan who signs on; the scanner is not the one to warn of.
  const scanner = source.host === undefined || source.host === reader.server || source.host.startsWith('services.');
  const meta = { ...aimed.meta, ctcp: ctcp.command, ...(scanner ? { networkScanner: true } : {}) };
  return withText({ ...aimed, kind: 'probe', meta }, ctcp.argument);
}

function draftOfDcc(argument: string, aimed: Draft): Draft {
  const offer = parseDcc(argument);
  const dcc = { type: offer.type, ...('token' in offer ? { token: offer.token } : {}) };
  const meta = { ...aimed.meta, ctcp: 'DCC', dcc };
  switch (offer.kind) {
    case 'send':
      return {
        ...aimed,
        kind: 'file-offer',
        peer: { ...aimed.peer, address: addressText(offer.host, offer.port) },
        file: {
          ...(offer.name === '' ? {} : { name: fileName(offer.name) }),
          ...(offer.size === undefined ? {} : { size: offer.size }),
        },
        meta: { ...meta, dcc: { ...dcc, passive: offer.port === 0 }, ...weaknessOfOffer(offer) },
      };
    case 'chat':
      return {
        ...aimed,
        kind: 'transfer-request',
        peer: { ...aimed.peer, address: addressText(offer.host, offer.port) },
        meta: { ...meta, dcc: { ...dcc, protocol: offer.protocol, passive: offer.port === 0 } },
      };
    case 'resume':
      return {
        ...aimed,
        kind: 'transfer-request',
        ...(offer.name === '' ? {} : { file: { name: fileName(offer.name) } }),
        meta: { ...meta, dcc: { ...dcc, port: offer.port, position: offer.position } },
      };
    case 'other':
      return withText({ ...aimed, kind: 'transfer-request', meta }, offer.argument);
    case 'malformed':
      return withText(
        {
          ...aimed,
          kind: 'malformed',
          meta: { ...meta, reason: `DCC: ${offer.reason}`, ...weaknessOfDcc(offer.type) },
        },
        argument,
      );
  }
}

/** As offered, paths and all, up to what a capture takes. */
const fileName = (name: string): string => stripFormatting(name).slice(0, MAX_FILE_NAME) || '?';

const isServer = (source: Source, message: IrcMessage): boolean =>
  message.source === undefined || (source.host === undefined && source.nick.includes('.'));

function conversation(target: string): { readonly conversation?: string } {
  const channel = channelOf(target);
  return channel === undefined ? {} : named(channel);
}

/** A channel as it was named, cut to what a capture takes. */
function named(channel: string): { readonly conversation?: string } {
  return channel === '' ? {} : { conversation: channel.slice(0, MAX_NAME) };
}

/** Sets the text as a reader sees it; the codes in it stay in the evidence. */
function withText(draft: Draft, raw: string): Draft {
  const text = stripFormatting(raw);
  if (text === '') return draft;
  return { ...draft, text, ...(text === raw ? {} : { meta: { ...draft.meta, formatting: true } }) };
}

function baseOf(message: IrcMessage, source: Source, reader: IrcReader): Draft {
  const native = message.tags.get('msgid');
  const sentAt = timeOf(message.tags.get('time'));
  const account = message.tags.get('account');
  const peer: Peer = {
    id: message.source ?? reader.server,
    ...(source.host === undefined ? {} : { name: source.nick }),
    verifiedBy: account !== undefined || isServer(source, message) ? 'own-server' : 'self-asserted',
  };
  return {
    kind: 'unknown',
    peer,
    ...(native === undefined || native === '' || native.length > MAX_NAME ? {} : { native }),
    ...(sentAt === undefined ? {} : { sentAt }),
    meta: {
      command: message.command,
      ...(source.user === undefined ? {} : { user: source.user }),
      ...(source.host === undefined ? {} : { host: source.host }),
      ...(account === undefined ? {} : { account: account.slice(0, MAX_NAME) }),
      ...(message.tags.has('bot') ? { bot: true } : {}),
      ...(message.fallback ? { charset: 'windows-1252' } : {}),
    },
  };
}

/** IRCv3 server-time: `YYYY-MM-DDThh:mm:ss.sssZ`. */
function timeOf(tag: string | undefined): string | undefined {
  if (tag === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/.test(tag)) return undefined;
  const ms = Date.parse(tag);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
