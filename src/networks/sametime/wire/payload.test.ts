// The payloads of the services, against the worked frames.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSundewError } from '../../../core/error.ts';
import { ALICE_LOGIN } from '../testing/arbitrary-messages.ts';
import { type FrameName, frame, hex } from '../testing/vectors.ts';
import {
  ATTRIBUTE,
  ATTRIBUTE_TRUE,
  decodeAwareList,
  decodeSetAttribute,
  encodeAttributeValue,
  encodeAwareList,
  encodeSetAttribute,
  encodeSnapshot,
  encodeUpdate,
} from './awareness.ts';
import { decodeConferenceInvitation, encodeConferenceInvitation } from './conference.ts';
import { decodeFileOffer, encodeFileOffer } from './file-offer.ts';
import {
  decodeIm,
  decodeImAnswer,
  decodeImOffer,
  decodePlaceInvitation,
  encodeIm,
  encodeImAnswer,
  encodeImOffer,
} from './im.ts';
import { decodeSametime } from './message.ts';
import { decodeResolveQuery, encodeResolveReply } from './resolve.ts';
import {
  decodeStorageLoad,
  decodeStorageSave,
  encodeContacts,
  encodeStorageLoad,
  encodeStorageLoaded,
  encodeStorageSaved,
} from './storage.ts';

/** The data of a SEND, or the additional data of a CREATE or ACCEPT. */
function dataOf(name: FrameName): Uint8Array {
  const message = decodeSametime(frame(name));
  return 'data' in message ? message.data : new Uint8Array();
}
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const alice = { user: 'alice', online: { status: { status: 0x20, time: 0, text: '' }, name: 'Alice Example' } };

describe('payloads', () => {
  test('IM: text and HTML', () => {
    const hi = decodeIm(dataOf('im'));
    expect(hi).toEqual({ kind: 'text', text: hex('6869') });
    expect(text(encodeIm(hi))).toBe(text(dataOf('im')));
    const html = { kind: 'data', type: 4, subtype: 0, value: Buffer.from('<b>x</b>') } as const;
    expect(text(encodeIm(html))).toBe('000000020000000400000000000000083c623e783c2f623e');
  });

  test('IM: the feature is offered and echoed with a status', () => {
    expect(decodeImOffer(dataOf('imCreate'))).toBe(0x33453);
    expect(text(encodeImOffer(0x33453))).toBe(text(dataOf('imCreate')));
    const status = { status: 0x20, time: 0, text: '' };
    expect(text(encodeImAnswer(0x33453, status))).toBe(text(dataOf('imAccept')));
    expect(decodeImAnswer(dataOf('imAccept'))).toEqual({ feature: 0x33453, status });
  });

  test('IM: an invitation to a place', () => {
    const value = hex(`00000001 0001 54 0002 6869 ${'00'.repeat(19)} 0002 5031 0000 0001 68 0000`);
    expect(decodePlaceInvitation(value)).toEqual({ title: 'T', message: 'hi', place: 'P1', host: 'h' });
  });

  test('a file offer', () => {
    const offer = { name: 'a.exe', message: 'see this', size: 1234 };
    expect(decodeFileOffer(dataOf('fileCreate'))).toEqual(offer);
    expect(text(encodeFileOffer(offer))).toBe(text(dataOf('fileCreate')));
  });

  test('a conference invitation', () => {
    const invitation = { name: 'alice(5f000000,1234)', title: 'Party', inviter: ALICE_LOGIN, text: 'join us' };
    expect(decodeConferenceInvitation(dataOf('conference'))).toEqual(invitation);
    expect(text(encodeConferenceInvitation(invitation))).toBe(text(dataOf('conference')));
  });

  test('awareness', () => {
    const ids = [{ user: 'alice', community: '' }];
    expect(decodeAwareList(dataOf('awareAdd'))).toEqual(ids);
    expect(text(encodeAwareList(ids))).toBe(text(dataOf('awareAdd')));
    expect(text(encodeSnapshot([alice]))).toBe(text(dataOf('awareSnapshot')));
    expect(text(encodeUpdate(alice))).toBe(text(dataOf('awareUpdate')));
    const files = { key: ATTRIBUTE.fileTransfer, value: ATTRIBUTE_TRUE };
    expect(text(encodeAttributeValue('alice', files))).toBe(text(dataOf('awareAttribute')));
    expect(decodeSetAttribute(encodeSetAttribute(files))).toEqual(files);
  });

  test('storage', () => {
    expect(decodeStorageLoad(dataOf('storageLoad'))).toEqual({ request: 1, key: 0 });
    expect(text(encodeStorageLoad({ request: 1, key: 0 }))).toBe(text(dataOf('storageLoad')));
    const contacts = encodeContacts([{ id: 'decoy', name: 'Decoy Example' }]);
    expect(Buffer.from(contacts.subarray(2)).toString()).toBe(
      'Version=3.1.3\r\nG Work2 Work O\r\nU decoy1:: Decoy;Example,Decoy;Example\r\n',
    );
    const value = hex(
      '003a 56657273696f6e3d332e312e330d0a 4720576f726b3220576f726b204f0d0a 55206465636f79313a3a204465636f793b4578616d706c652c0d0a',
    );
    expect(text(encodeStorageLoaded({ request: 1, key: 0, value }))).toBe(text(dataOf('storageLoaded')));
    expect(decodeStorageSave(dataOf('storageSave'))).toMatchObject({ request: 2, key: 0 });
    expect(text(encodeStorageSaved(2))).toBe(text(dataOf('storageSaved')));
  });

  test('resolve', () => {
    expect(decodeResolveQuery(dataOf('resolveQuery'))).toEqual({ request: 5, names: ['ali'] });
    expect(text(encodeResolveReply(5, [{ query: 'ali', matches: [{ id: 'alice', name: 'Alice Example' }] }]))).toBe(
      text(dataOf('resolveReply')),
    );
  });

  test('any bytes are a payload or a coded error (property)', () => {
    const decoders = [
      decodeIm,
      decodeImOffer,
      decodeImAnswer,
      decodePlaceInvitation,
      decodeFileOffer,
      decodeConferenceInvitation,
      decodeAwareList,
      decodeSetAttribute,
      decodeStorageLoad,
      decodeStorageSave,
      decodeResolveQuery,
    ];
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        for (const decode of decoders) {
          try {
            decode(bytes);
          } catch (error) {
            expect(isSundewError(error, 'WIRE_MALFORMED') || isSundewError(error, 'WIRE_TOO_LARGE')).toBe(true);
          }
        }
      }),
    );
  });
});
