// Jingle (XEP-0166): files and calls, as metadata only. Also its invitation inside a message (XEP-0353).
import { NS } from '../wire/namespaces.ts';
import { childrenOf, elementsOf, type XmlElement } from '../wire/xml-element.ts';
import { readJingleFile, readStreamHosts } from './file-offer.ts';
import { type Draft, defined, draft, short, some } from './reading.ts';

/** A Jingle request. Only `session-initiate` opens anything; other actions are kept as unknown. */
export function readJingle(jingle: XmlElement): Draft {
  const action = short(jingle.attrs.get('action'), 64);
  const contents = childrenOf(jingle, NS.jingle, 'content');
  const parts = contents.flatMap(elementsOf);
  const hosts = some(parts.filter((part) => part.name === 'transport').flatMap(readStreamHosts));
  const meta = defined({
    offer: 'jingle',
    action,
    session: short(jingle.attrs.get('sid')),
    transports: some(parts.filter((part) => part.name === 'transport').map((part) => part.ns.slice(0, 256))),
    hosts: hosts.length === 0 ? undefined : hosts,
  });
  if (action !== 'session-initiate') return draft('unknown', { meta });
  return describe(
    parts.filter((part) => part.name === 'description'),
    meta,
  );
}

/** XEP-0353: `propose` reaches even the bare address; what follows it belongs to the same call. */
export function readJingleMessage(message: XmlElement): Draft | undefined {
  const step = elementsOf(message).find((child) => child.ns === NS.jingleMessage);
  if (step === undefined) return undefined;
  const meta = {
    offer: 'jingle-message',
    action: step.name.slice(0, 64),
    ...defined({ session: short(step.attrs.get('id')) }),
  };
  if (step.name !== 'propose') return draft('call', { meta });
  return describe(
    elementsOf(step).filter((part) => part.name === 'description'),
    meta,
  );
}

function describe(descriptions: readonly XmlElement[], meta: Record<string, unknown>): Draft {
  for (const description of descriptions) {
    const file = readJingleFile(description);
    if (file !== undefined)
      return draft('file-offer', { file: file.file, text: file.text, meta: { ...meta, ...file.meta } });
  }
  const rtp = descriptions.filter((description) => description.ns === NS.jingleRtp);
  if (rtp.length === 0) return draft('unknown', { meta });
  const media = some(rtp.map((description) => (description.attrs.get('media') ?? 'unknown').slice(0, 32)));
  return draft('call', { meta: { ...meta, media } });
}
