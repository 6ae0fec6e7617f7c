// IMs, offline IMs, buzzes, typing and what is said in rooms (services 0x06, 0x17, 0x1D, 0x20, 0x4B, 0xA8, 0x14).
import { createHash } from 'node:crypto';
import { numberOf, recordsOf, textOf } from '../wire/fields.ts';
import type { Packet } from '../wire/packet.ts';
import type { Pair } from '../wire/pairs.ts';
import { STATUS } from '../wire/services.ts';
import { asciiOf } from '../wire/text.ts';
import { baseOf, type Draft, named, withMeta, withText, type YmsgReader } from './reading.ts';

/** Offline messages in one packet. */
const MAX_RECORDS = 500;
const BUZZ = '<ding>';

/** One draft for each message in the packet: offline ones come several at a time. */
export function readMessages(packet: Packet, pairs: readonly Pair[], reader: YmsgReader): readonly Draft[] {
  if (packet.status !== STATUS.OFFLINE_OR_MORE) return [readMessage(packet, pairs, reader)];
  const seen = new Map<string, number>();
  return recordsOf(pairs, [31, 4], MAX_RECORDS).map((record) => {
    const draft = withMeta(readMessage(packet, record, reader), { offline: true });
    const said = record.find(({ key }) => key === 14)?.value ?? new Uint8Array(0);
    // The same packet holds them all, so its bytes do not tell one from another; a server may deliver it again.
    const key = digest('offline', draft.peer.id, draft.sentAt ?? '', asciiOf(said));
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return { ...draft, native: digest(key, String(count)) };
  });
}

function readMessage(packet: Packet, pairs: readonly Pair[], reader: YmsgReader): Draft {
  const base = withMeta(baseOf(packet, pairs, [4, 1], reader), {
    imvironment: imvironmentOf(pairs),
    messageId: named(textOf(pairs, 429)),
  });
  // Status 2: a message of our own that the server could not deliver.
  const kind = packet.status === STATUS.NOT_SENT ? 'backscatter' : 'message';
  const message = { ...withText({ ...base, kind }, pairs, 14), ...native(base, pairs) };
  if (message.kind === 'message' && (textOf(pairs, 14) ?? '').trim().toLowerCase() === BUZZ) {
    const { text: _buzz, ...rest } = message;
    return { ...rest, kind: 'nudge' };
  }
  return message;
}

/** A version 16 server delivers again what is not acknowledged. Its ids are the sender's choice, so the text counts too. */
function native(base: Draft, pairs: readonly Pair[]): { readonly native?: string } {
  const id = textOf(pairs, 429);
  if (id === undefined) return {};
  const said = pairs.find(({ key }) => key === 14)?.value ?? new Uint8Array(0);
  return { native: digest('message', base.peer.id, id, asciiOf(said)) };
}

function digest(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return `sha256:${hash.digest('hex')}`;
}

/** Key 63, a decoration of the window that the sender chose; `;0` is none. */
export function imvironmentOf(pairs: readonly Pair[]): string | undefined {
  const value = named(textOf(pairs, 63));
  return value === ';0' ? undefined : value;
}

/** Typing; invitations to a game or to watch a webcam come the same way. */
export function readNotify(packet: Packet, pairs: readonly Pair[], reader: YmsgReader): Draft {
  const base = baseOf(packet, pairs, [4, 1], reader);
  const application = named(textOf(pairs, 49)) ?? '';
  const meta = { state: numberOf(pairs, 13) };
  switch (application.toUpperCase()) {
    case 'TYPING':
      return withMeta({ ...base, kind: 'typing' }, meta);
    case 'WEBCAMINVITE':
      return withText(withMeta({ ...base, kind: 'call' }, { ...meta, application: 'webcam' }), pairs, 14);
    default:
      return withText(withMeta(base, { ...meta, application: named(application) }), pairs, 14);
  }
}

/** What is said in a conference (key 57) or a chat room (key 104). */
export function readRoomText(
  packet: Packet,
  pairs: readonly Pair[],
  keys: { readonly room: number; readonly from: number; readonly text: number },
  reader: YmsgReader,
): Draft {
  const base = baseOf(packet, pairs, [keys.from], reader);
  const room = named(textOf(pairs, keys.room));
  return withText(
    { ...base, kind: 'message', ...(room === undefined ? {} : { conversation: room }) },
    pairs,
    keys.text,
  );
}

/** What the server itself has to say. */
export function readSystemText(packet: Packet, pairs: readonly Pair[], reader: YmsgReader): Draft {
  const base = baseOf(packet, pairs, [], reader);
  return withMeta(withText({ ...base, kind: 'service-notice' }, pairs, 14), { code: numberOf(pairs, 66) });
}
