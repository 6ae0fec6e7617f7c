// Storage: values that the server keeps for a user under numbers; 0 is the contact list.
import { ByteReader } from '../../../core/bytes.ts';
import { FieldWriter, readOpaque } from './fields.ts';

export const SEND_STORAGE = { load: 4, loaded: 5, save: 6, saved: 7 } as const;
export const STORAGE_CONTACTS = 0;

export interface StorageLoad {
  readonly request: number;
  readonly key: number;
}

export interface StorageSave extends StorageLoad {
  readonly value: Uint8Array;
}

export function encodeStorageLoad({ request, key }: StorageLoad): Uint8Array {
  return new FieldWriter().u32(request).u32(1).u32(key).done();
}

/** @throws SundewError WIRE_MALFORMED */
export function decodeStorageLoad(data: Uint8Array): StorageLoad {
  const reader = new ByteReader(data);
  const request = reader.u32();
  reader.u32();
  return { request, key: reader.u32() };
}

/** @throws SundewError WIRE_MALFORMED */
export function decodeStorageSave(data: Uint8Array): StorageSave {
  const reader = new ByteReader(data);
  const request = reader.u32();
  reader.take(8);
  return { request, key: reader.u32(), value: readOpaque(reader) };
}

export function encodeStorageLoaded({ request, key, value }: StorageSave): Uint8Array {
  const writer = new FieldWriter().u32(request).u32(0).u32(1);
  return writer
    .u32(value.length + 8)
    .u32(key)
    .opaque(value)
    .done();
}

export function encodeStorageSaved(request: number): Uint8Array {
  return new FieldWriter().u32(request).u32(0).done();
}

/** A contact list as the clients write it: one group, its users. `;` stands for a blank. */
export function encodeContacts(users: readonly { readonly id: string; readonly name: string }[]): Uint8Array {
  const word = (text: string): string => text.replaceAll(' ', ';').replaceAll(/[\r\n,]/g, '');
  const lines = ['Version=3.1.3', 'G Work2 Work O'];
  for (const { id, name } of users) lines.push(`U ${word(id)}1:: ${word(name)},${word(name)}`);
  return new FieldWriter().string(`${lines.join('\r\n')}\r\n`).done();
}
