// Resolve, storage and conferences on the range's server.
import { ByteReader } from '../../../core/bytes.ts';
import type { ChannelCreate } from '../wire/channel.ts';
import { encodeConferenceInvitation } from '../wire/conference.ts';
import { FieldWriter, readString } from '../wire/fields.ts';
import type { ChannelSend } from '../wire/message.ts';
import { decodeResolveQuery, encodeResolveReply, SEND_RESOLVE } from '../wire/resolve.ts';
import { CONFERENCE } from '../wire/services.ts';
import {
  decodeStorageLoad,
  decodeStorageSave,
  encodeContacts,
  encodeStorageLoaded,
  encodeStorageSaved,
  SEND_STORAGE,
  STORAGE_CONTACTS,
} from '../wire/storage.ts';
import { readIdBlock, writeLoginInfo } from '../wire/structures.ts';
import { accountOf, type Connection, findOnline, openChannel, sameUser, tell, type World } from './world.ts';

const MAX_STORED = 1000;
const MAX_STORED_BYTES = 64 * 1024;
const SEND_WELCOME = 0;
const SEND_INVITE = 1;
const FIRST_MEMBER = 1;

export function takeResolve(world: World, connection: Connection, send: ChannelSend): void {
  if (send.sendType !== SEND_RESOLVE) return;
  const { request, names } = decodeResolveQuery(send.data);
  const results = names.map((query) => {
    const account = accountOf(world, query);
    return { query, matches: account === undefined ? [] : [{ id: account.user, name: account.name ?? account.user }] };
  });
  answer(connection, send.channel, SEND_RESOLVE, encodeResolveReply(request, results));
}

/** What was saved comes back; a contact list that never was holds everyone else, as clients offer files to contacts only. */
export function takeStorage(world: World, connection: Connection, send: ChannelSend): void {
  const user = connection.login?.userId ?? '';
  if (send.sendType === SEND_STORAGE.load) {
    const { key, request } = decodeStorageLoad(send.data);
    const value =
      world.storage.get(`${key} ${user}`) ?? (key === STORAGE_CONTACTS ? contactsOf(world, user) : new Uint8Array());
    answer(connection, send.channel, SEND_STORAGE.loaded, encodeStorageLoaded({ request, key, value }));
  } else if (send.sendType === SEND_STORAGE.save) {
    const { key, request, value } = decodeStorageSave(send.data);
    if (value.length <= MAX_STORED_BYTES && world.storage.size < MAX_STORED) {
      world.storage.set(`${key} ${user}`, value.slice());
    }
    answer(connection, send.channel, SEND_STORAGE.saved, encodeStorageSaved(request));
  }
}

function contactsOf(world: World, user: string): Uint8Array {
  const others = world.accounts.filter((account) => !sameUser(account.user, user));
  return encodeContacts(
    others.slice(0, 200).map((account) => ({ id: account.user, name: account.name ?? account.user })),
  );
}

/** A new conference: its owner is welcomed as its one member. */
export function openConference(connection: Connection, create: ChannelCreate): void {
  const reader = new ByteReader(create.data);
  const name = readString(reader);
  const title = readString(reader);
  connection.routes.set(create.id, { to: 'conference', name, title });
  const { service, protocol, version } = CONFERENCE;
  const none = new Uint8Array();
  tell(connection, { kind: 'accept', channel: create.id, service, protocol, version, data: none, mode: 0 });
  const { login } = connection;
  if (login === undefined) return;
  const welcome = new FieldWriter().string(name).string(title).u16(0).u32(0).u32(1).u16(FIRST_MEMBER);
  answer(connection, create.id, SEND_WELCOME, writeLoginInfo(welcome, login).done());
}

/** The server opens a channel to whom the owner invites. */
export function takeConference(
  world: World,
  connection: Connection,
  conference: { readonly name: string; readonly title: string },
  send: ChannelSend,
): void {
  const { login } = connection;
  if (send.sendType !== SEND_INVITE || login === undefined) return;
  const reader = new ByteReader(send.data);
  const who = readIdBlock(reader);
  reader.take(6);
  const text = readString(reader);
  const invitee = findOnline(world, who.user);
  if (invitee?.login === undefined) return;
  const id = openChannel(invitee, { to: 'service', service: CONFERENCE.service });
  if (id === undefined) return;
  const data = encodeConferenceInvitation({ ...conference, inviter: login, text });
  const target = { user: invitee.login.userId, community: '' };
  tell(invitee, { kind: 'create', id, target, ...CONFERENCE, data, creator: login, mode: 0, ciphers: [] });
}

function answer(connection: Connection, channel: number, sendType: number, data: Uint8Array): void {
  tell(connection, { kind: 'send', channel, sendType, data, encrypted: false });
}
