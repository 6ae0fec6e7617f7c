// What the readings of all kinds of arrivals share: who, limits, the draft they begin with.
import type { CaptureDraft, CaptureKind, Peer } from '../../../core/capture.ts';
import type { Weakness } from '../../../core/weakness.ts';
import { normaliseScreenName } from '../wire/screen-name.ts';
import { USER_CLASS_BOT, type UserInfo, userClassOf, userFacts } from '../wire/user-info.ts';

/** What a reading depends on. */
export interface OscarReader {
  /** The decoy's own name. */
  readonly address: string;
  /** The host that was dialled. */
  readonly server: string;
}

export type Draft = CaptureDraft & { readonly meta: Readonly<Record<string, unknown>> };

const MAX_NAME = 512;
const MAX_FILE_NAME = 4096;
const MAX_TEXT = 64 * 1024;

/** Who a user-info block names; the server vouches for the name. */
export function peerOf(info: UserInfo): Peer {
  return { ...peerNamed(info.name) };
}

export function peerNamed(name: string): Peer {
  const id = normaliseScreenName(name).slice(0, MAX_NAME) || '?';
  return { id, ...(id === name ? {} : { name: name.slice(0, MAX_NAME) }), verifiedBy: 'own-server' };
}

export const serverPeer = (reader: OscarReader): Peer => ({ id: reader.server, verifiedBy: 'own-server' });

/** A draft about one peer. */
export function draftFrom(kind: CaptureKind, info: UserInfo, meta: Readonly<Record<string, unknown>>): Draft {
  const bot = (userClassOf(info) & USER_CLASS_BOT) === 0 ? {} : { bot: true };
  return { kind, peer: peerOf(info), meta: { ...meta, ...userFacts(info), ...bot } };
}

export function withText(draft: Draft, text: string): Draft {
  return text === '' ? draft : { ...draft, text: text.slice(0, MAX_TEXT) };
}

/** As offered, paths and all, up to what a capture takes. */
export const fileName = (name: string): { readonly name?: string } =>
  name === '' ? {} : { name: name.slice(0, MAX_FILE_NAME) };

export const roomName = (room: string): { readonly conversation?: string } =>
  room === '' ? {} : { conversation: room.slice(0, MAX_NAME) };

/** Bytes that no honest client sends, with what could be read of them. */
export const malformed = (draft: Draft, reason: string, weakness?: Weakness): Draft => ({
  ...draft,
  kind: 'malformed',
  meta: { ...draft.meta, reason, ...weakness },
});
