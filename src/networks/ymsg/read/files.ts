// File offers of every kind: from the sender's own web server (0x4D), from the service's store (0x46), by steps (0xDC to
// 0xDE), and the probes that give the sender's address away (0x4F).
import type { CapturedFile } from '../../../core/capture.ts';
import { numberOf, recordsOf, textOf } from '../wire/fields.ts';
import type { Packet } from '../wire/packet.ts';
import type { Pair } from '../wire/pairs.ts';
import { STATUS } from '../wire/services.ts';
import { addressOfBase64, addressOfUrl } from './address.ts';
import { imvironmentOf } from './messages.ts';
import { baseOf, type Draft, named, withMeta, withText, type YmsgReader } from './reading.ts';

const MAX_FILES = 100;
const MAX_FILE_NAME = 4096;
const MAX_URL = 4096;
/** Key 13 of 0x4D, key 222 of 0xDC. */
const OFFER = 1;

/** 0x4D: the link leads to the sender's own machine. */
export function readP2pFile(packet: Packet, pairs: readonly Pair[], reader: YmsgReader): Draft {
  const application = (textOf(pairs, 49) ?? 'FILEXFER').toUpperCase();
  const base = withText(baseOf(packet, pairs, [4, 1], reader), pairs, 14);
  if (application === 'IMVIRONMENT') return withMeta(base, { imvironment: imvironmentOf(pairs) });
  const step = numberOf(pairs, 13) ?? OFFER;
  const meta = { step, protocol: named(textOf(pairs, 54)), shownName: named(textOf(pairs, 53)) };
  return withFile(withMeta({ ...base, kind: step === OFFER ? 'file-offer' : 'transfer-request' }, meta), pairs);
}

/** 0x46: a file in the service's store. @returns undefined for the answer to an upload */
export function readStoredFile(packet: Packet, pairs: readonly Pair[], reader: YmsgReader): Draft | undefined {
  if (packet.status === STATUS.UPLOAD_ACK) return undefined;
  const offer = withText({ ...baseOf(packet, pairs, [4, 1], reader), kind: 'file-offer' }, pairs, 14);
  // Behind a 06 the client shows nothing.
  const text = offer.text?.split('\u0006')[0];
  const { text: _whole, ...rest } = offer;
  const shown: Draft = text === undefined || text === '' ? rest : { ...rest, text };
  return withFile(withMeta(shown, { expires: numberOf(pairs, 38), stored: true }), pairs);
}

/** 0xDC: the offer and its steps; several files may be in it. */
export function readFileOffer15(packet: Packet, pairs: readonly Pair[], reader: YmsgReader): Draft {
  const step = numberOf(pairs, 222) ?? OFFER;
  const base = withText(baseOf(packet, pairs, [4], reader), pairs, 14);
  const files = recordsOf(pairs, [27], MAX_FILES).map((record) => fileOf(record));
  const draft: Draft = { ...base, kind: step === OFFER ? 'file-offer' : 'transfer-request' };
  return withMeta(withFile(draft, pairs), {
    step,
    transfer: named(textOf(pairs, 265)),
    count: numberOf(pairs, 266),
    files: files.length > 1 ? files : undefined,
    imvironment: imvironmentOf(pairs),
  });
}

/** 0xDD, 0xDE: where the bytes are to come from. The relay's token is a key to them and stays in the evidence. */
export function readFileInfo15(packet: Packet, pairs: readonly Pair[], reader: YmsgReader): Draft {
  const base = baseOf(packet, pairs, [4], reader);
  const host = named(textOf(pairs, 250));
  const route = numberOf(pairs, 249);
  const draft: Draft = { ...base, kind: 'transfer-request' };
  // 3 is the service's relay, which says nothing about the peer.
  const addressed: Draft =
    host === undefined || route === 3 ? draft : { ...draft, peer: { ...base.peer, address: host } };
  return withMeta(withFile(addressed, pairs), { transfer: named(textOf(pairs, 265)), route });
}

/** 0x4F: a client that wants to talk past the server says where it is. */
export function readPeerToPeer(packet: Packet, pairs: readonly Pair[], reader: YmsgReader): Draft {
  const base = baseOf(packet, pairs, [4, 1], reader);
  const address = addressOfBase64(textOf(pairs, 12));
  const peer = address === undefined ? base.peer : { ...base.peer, address };
  return withMeta({ ...base, kind: 'probe', peer }, { step: numberOf(pairs, 13) });
}

/** Name, size, link and, where the link leads to the peer's own machine, its address. */
function withFile(draft: Draft, pairs: readonly Pair[]): Draft {
  const url = textOf(pairs, 20)?.slice(0, MAX_URL);
  const file = fileOf(pairs, url);
  const stored = draft.meta.stored === true;
  const address = addressOfUrl(url);
  return withMeta(
    {
      ...draft,
      ...(file.name === undefined && file.size === undefined ? {} : { file }),
      ...(address === undefined || stored ? {} : { peer: { ...draft.peer, address } }),
    },
    { url, ...(textOf(pairs, 267) === undefined ? {} : { thumbnail: true }) },
  );
}

function fileOf(pairs: readonly Pair[], url?: string): CapturedFile {
  const name = (textOf(pairs, 27) ?? nameOfUrl(url))?.slice(0, MAX_FILE_NAME);
  const size = numberOf(pairs, 28);
  const real = size !== undefined && Number.isSafeInteger(size) && size >= 0;
  return { ...(name === undefined || name === '' ? {} : { name }), ...(real ? { size } : {}) };
}

/** The last part of the path before `?`; the name may stand nowhere else. As written, `%2F` and all. */
function nameOfUrl(url: string | undefined): string | undefined {
  const path = url?.split(/[?#]/, 1)[0];
  if (path === undefined || !/^https?:\/\/[^/]+\/./i.test(path)) return undefined;
  return path.slice(path.lastIndexOf('/') + 1);
}
