// File offers in all their forms: SI (XEP-0096), Jingle (XEP-0234), stateless (XEP-0447), SIMS (XEP-0385), OOB (XEP-0066).
import type { CapturedFile } from '../../../core/capture.ts';
import { NS } from '../wire/namespaces.ts';
import { childOf, childrenOf, childText, elementsOf, textOf, type XmlElement } from '../wire/xml-element.ts';
import { type Draft, defined, draft, type Meta, readSize, short, shortText, some } from './reading.ts';

/** Jingle file transfer, any version (XEP-0234), as its namespace ends in a number. */
const JINGLE_FILE = /^urn:xmpp:jingle:apps:file-transfer:\d{1,2}$/;
const FILE_METADATA = /^urn:xmpp:file:metadata:\d{1,2}$/;
const SHA256_HEX = /^[0-9a-f]{64}$/i;

/** XEP-0096: name, size, MD5 hash, date, description, and how it would be sent. */
export function readSi(si: XmlElement): Draft | undefined {
  const file = childOf(si, NS.siFile, 'file');
  if (file === undefined) return undefined;
  const methods = optionsOf(si);
  return draft('file-offer', {
    file: defined({
      name: short(file.attrs.get('name')),
      size: readSize(file.attrs.get('size')),
      type: short(si.attrs.get('mime-type'), 256),
    }),
    text: shortText(childOf(file, NS.siFile, 'desc'), 65_536),
    meta: defined({
      offer: 'si',
      session: short(si.attrs.get('id')),
      md5: short(file.attrs.get('hash'), 128),
      date: short(file.attrs.get('date'), 64),
      methods: methods.length === 0 ? undefined : some(methods),
    }),
  });
}

function optionsOf(element: XmlElement): string[] {
  return elementsOf(element).flatMap((child) =>
    child.name === 'option' ? [textOf(child).trim().slice(0, 256)] : optionsOf(child),
  );
}

/** A Jingle description of a file, or `undefined` when it describes something else. */
export function readJingleFile(
  description: XmlElement,
): { readonly file: CapturedFile; readonly text?: string; readonly meta: Meta } | undefined {
  if (!JINGLE_FILE.test(description.ns)) return undefined;
  const file = deepFile(description);
  return file === undefined ? { file: {}, meta: {} } : fileElement(file);
}

function deepFile(element: XmlElement): XmlElement | undefined {
  for (const child of elementsOf(element)) {
    const found = child.name === 'file' ? child : deepFile(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

function fileElement(file: XmlElement): { readonly file: CapturedFile; readonly text?: string; readonly meta: Meta } {
  const hashes = some(childrenOf(file, NS.hashes, 'hash')).map((hash) => ({
    algo: (hash.attrs.get('algo') ?? '').slice(0, 32),
    hex: hexOf(textOf(hash).trim().slice(0, 256)),
  }));
  const sha256 = hashes.find((hash) => hash.algo === 'sha-256' && SHA256_HEX.test(hash.hex))?.hex;
  const desc = short(childText(file, file.ns, 'desc'), 65_536);
  return {
    file: defined({
      name: short(childText(file, file.ns, 'name')),
      size: readSize(childText(file, file.ns, 'size')),
      type: short(childText(file, file.ns, 'media-type'), 256),
      sha256,
    }),
    ...(desc === undefined ? {} : { text: desc }),
    meta: defined({
      date: short(childText(file, file.ns, 'date'), 64),
      hashes: hashes.length === 0 ? undefined : hashes,
    }),
  };
}

/** XEP-0300 writes hashes in base64. */
function hexOf(base64: string): string {
  return Buffer.from(base64, 'base64').toString('hex');
}

/** XEP-0447 and XEP-0385: a file in a message, with where to get it. */
export function readSharedFile(message: XmlElement): Pick<Draft, 'file' | 'meta'> | undefined {
  const sims = childrenOf(message, NS.reference, 'reference')
    .map((reference) => childOf(reference, NS.sims, 'media-sharing'))
    .find((found) => found !== undefined);
  const share = childOf(message, NS.sfs, 'file-sharing') ?? sims;
  if (share === undefined) return undefined;
  const file = deepFile(share);
  const read =
    file === undefined || !(FILE_METADATA.test(file.ns) || JINGLE_FILE.test(file.ns)) ? undefined : fileElement(file);
  const sources = some(urlsOf(share));
  return {
    file: read?.file ?? {},
    meta: { offer: share.ns === NS.sfs ? 'sfs' : 'sims', ...read?.meta, ...(sources.length === 0 ? {} : { sources }) },
  };
}

function urlsOf(element: XmlElement): string[] {
  return elementsOf(element).flatMap((child) => {
    const url = child.attrs.get('target') ?? child.attrs.get('uri');
    return url === undefined ? urlsOf(child) : [url.slice(0, 2048)];
  });
}

/** `jabber:iq:oob`: a file by its address, as the clients of 2003 sent it. */
export function readOobIq(query: XmlElement): Draft {
  const url = short(childText(query, NS.oobIq, 'url'), 2048);
  const name = url === undefined ? undefined : short(url.split(/[?#]/, 1)[0]?.split('/').at(-1));
  const desc = childText(query, NS.oobIq, 'desc');
  return draft('file-offer', {
    file: defined({ name }),
    text: short([desc, url].filter((part) => part !== undefined).join('\n'), 65_536),
    meta: defined({ offer: 'oob', url }),
  });
}

/** XEP-0065: hosts that the peer offers to be fetched from: its own addresses. */
export function readStreamHosts(element: XmlElement): readonly Meta[] {
  const hosts = elementsOf(element).filter((child) => child.name === 'streamhost' || child.name === 'candidate');
  return some(hosts).map((host) =>
    defined({
      jid: short(host.attrs.get('jid')),
      host: short(host.attrs.get('host') ?? host.attrs.get('ip'), 256),
      port: readSize(host.attrs.get('port')),
      type: short(host.attrs.get('type'), 32),
    }),
  );
}
