// Add requests and their answers (0x0F to version 12, 0xD6 from 13), and status lines that carry words.
import { numberOf, recordsOf, textOf } from '../wire/fields.ts';
import type { Packet } from '../wire/packet.ts';
import type { Pair } from '../wire/pairs.ts';
import { STATUS } from '../wire/services.ts';
import { baseOf, type Draft, named, withMeta, withText, type YmsgReader } from './reading.ts';

const MAX_STATUS_LINES = 100;

/** 0x0F: status 3 asks, 7 tells that somebody denied, anything else is about presence. */
export function readNewContact(packet: Packet, pairs: readonly Pair[], reader: YmsgReader): readonly Draft[] {
  if (packet.status === STATUS.ADD_REQUEST) {
    return [withText({ ...baseOf(packet, pairs, [3, 4], reader), kind: 'contact-request' }, pairs, 14)];
  }
  if (packet.status === STATUS.ADD_DENIED) {
    return [withText({ ...baseOf(packet, pairs, [3, 4], reader), kind: 'contact-change' }, pairs, 14)];
  }
  return readStatusLines(packet, pairs, reader);
}

/** 0xD6: status 3 asks, with a name of the sender's choice; others answer. */
export function readAuthorisation(packet: Packet, pairs: readonly Pair[], reader: YmsgReader): Draft {
  const base = baseOf(packet, pairs, [4], reader);
  const kind = packet.status === STATUS.ADD_REQUEST ? 'contact-request' : 'contact-change';
  const names = [textOf(pairs, 216), textOf(pairs, 254)].filter((part) => part !== undefined);
  const name = named(names.join(' '));
  const peer = name === undefined ? base.peer : { ...base.peer, name };
  return withMeta(withText({ ...base, kind, peer }, pairs, 14), { answer: numberOf(pairs, 13) });
}

/** 0x86: somebody took a contact away. */
export function readRejected(packet: Packet, pairs: readonly Pair[], reader: YmsgReader): Draft {
  return withText({ ...baseOf(packet, pairs, [4, 3, 1], reader), kind: 'contact-change' }, pairs, 14);
}

/** Status lines (key 19) of whoever has one: some carry links. Mere coming and going is no capture. */
export function readStatusLines(packet: Packet, pairs: readonly Pair[], reader: YmsgReader): readonly Draft[] {
  return recordsOf(pairs, [7], MAX_STATUS_LINES)
    .filter((record) => textOf(record, 19) !== undefined)
    .map((record) => {
      const base = baseOf(packet, record, [7], reader);
      return withMeta(withText({ ...base, kind: 'presence' }, record, 19), { away: numberOf(record, 47) });
    });
}
