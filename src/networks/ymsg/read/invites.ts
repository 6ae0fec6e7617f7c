// Invitations to conferences (0x18, 0x1C) and chat rooms (0x0C, 0x9D); who else was invited are fellow victims.
import { numberOf, textOf, textsOf } from '../wire/fields.ts';
import type { Packet } from '../wire/packet.ts';
import type { Pair } from '../wire/pairs.ts';
import { STATUS } from '../wire/services.ts';
import { baseOf, type Draft, named, withMeta, withText, type YmsgReader } from './reading.ts';

const MAX_MEMBERS = 200;
/** Characters of one member's id. */
const MAX_ID = 128;

/** @returns undefined for the server's second copy of an invitation (status 11) */
export function readConferenceInvite(packet: Packet, pairs: readonly Pair[], reader: YmsgReader): Draft | undefined {
  if (packet.status === STATUS.CONFERENCE_EXTENDED) return undefined;
  const base = baseOf(packet, pairs, [50, 4, 3], reader);
  const room = named(textOf(pairs, 57));
  const kind = packet.status === STATUS.NOT_SENT ? 'backscatter' : 'group-invite';
  const draft: Draft = { ...base, kind, ...(room === undefined ? {} : { conversation: room }) };
  return withMeta(withText(draft, pairs, 58), {
    invited: listed([...textsOf(pairs, 52, MAX_MEMBERS), ...(textOf(pairs, 51)?.split(',', MAX_MEMBERS) ?? [])]),
    present: listed(textsOf(pairs, 53, MAX_MEMBERS)),
    voice: numberOf(pairs, 13) === 256 ? true : undefined,
  });
}

/** Somebody joined, left or declined a conference that the decoy was invited to. */
export function readConferenceChange(packet: Packet, pairs: readonly Pair[], key: number, reader: YmsgReader): Draft {
  const room = named(textOf(pairs, 57));
  const base = baseOf(packet, pairs, [key, 3], reader);
  return withText({ ...base, kind: 'presence', ...(room === undefined ? {} : { conversation: room }) }, pairs, 14);
}

export function readChatInvite(packet: Packet, pairs: readonly Pair[], reader: YmsgReader): Draft {
  const base = baseOf(packet, pairs, [119, 4], reader);
  const room = named(textOf(pairs, 104));
  const draft: Draft = { ...base, kind: 'group-invite', ...(room === undefined ? {} : { conversation: room }) };
  return withMeta(withText(draft, pairs, 117), { roomId: named(textOf(pairs, 129)) });
}

function listed(ids: readonly string[]): readonly string[] | undefined {
  const clean = ids.map((id) => id.trim().slice(0, MAX_ID)).filter((id) => id !== '');
  return clean.length === 0 ? undefined : clean.slice(0, MAX_MEMBERS);
}
