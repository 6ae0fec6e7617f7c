// P2P signalling as drafts of captures: file offers, object fetches, webcams, games, direct-connection proposals.
import type { CaptureDraft, Peer } from '../../core/capture.ts';
import { hasPath, objectOf } from './conversation-drafts.ts';
import { VULNERABILITIES } from './vulnerabilities.ts';
import { decodeFileContext } from './wire/file-context.ts';
import { SLP_APPLICATIONS, type SlpMessage } from './wire/slp.ts';

const MAX_FIELD = 256;
const ADDRESS_KEYS = ['ipv4external-addrs', 'ipv4external-port', 'ipv4internal-addrs', 'ipv4internal-port', 'netid'];

/** Reads one message. @returns undefined for answers and farewells; nobody asked @throws SundewError WIRE_* */
export function draftOfSlp(slp: SlpMessage, peer: Peer): CaptureDraft | undefined {
  if (slp.method !== 'INVITE') return undefined;
  const field = (key: string): string => (slp.fields.get(key) ?? '').slice(0, MAX_FIELD);
  const type = (slp.headers.get('content-type') ?? '').toLowerCase();
  const call = (slp.headers.get('call-id') ?? '').slice(0, MAX_FIELD);
  if (type.includes('transreqbody') || type.includes('transrespbody')) return draftOfTransport(slp, peer, call);
  const application = field('euf-guid').toUpperCase();
  const meta = { application, session: field('sessionid'), call };
  switch (SLP_APPLICATIONS.get(application)) {
    case 'file':
      return draftOfFile(slp.fields.get('context') ?? '', peer, meta);
    case 'object':
      return draftOfFetch(slp.fields.get('context') ?? '', peer, meta);
    case 'webcam':
      return { kind: 'call', peer, meta: { ...meta, media: 'webcam' } };
    default:
      return { kind: 'transfer-request', peer, meta };
  }
}

function draftOfFile(context: string, peer: Peer, meta: Readonly<Record<string, unknown>>): CaptureDraft {
  const { name, size, unterminated, preview } = decodeFileContext(context);
  const safe = size <= BigInt(Number.MAX_SAFE_INTEGER) ? { size: Number(size) } : {};
  const file = { ...(name === '' ? {} : { name }), ...safe };
  const all = { ...meta, p2p: true, ...(preview.length === 0 ? {} : { previewBytes: preview.length }) };
  if (!unterminated) return { kind: 'file-offer', peer, file, meta: all };
  const reason = 'a file name without an end';
  return { kind: 'malformed', peer, file, meta: { ...all, reason, ...VULNERABILITIES.fileName } };
}

/** Someone's client asks for the decoy's picture. */
function draftOfFetch(context: string, peer: Peer, meta: Readonly<Record<string, unknown>>): CaptureDraft {
  const object = objectOf(Buffer.from(context, 'base64').toString('utf8').replace(/\0+$/, ''));
  const all = { ...meta, ...(object === undefined ? {} : { object }) };
  if (!hasPath(object)) return { kind: 'probe', peer, meta: all };
  const reason = 'a path where an object has a name';
  return { kind: 'malformed', peer, meta: { ...all, reason, ...VULNERABILITIES.traversal } };
}

/** A proposal to connect directly tells where the sender is, or wants to be thought to be. */
function draftOfTransport(slp: SlpMessage, peer: Peer, call: string): CaptureDraft {
  const addresses = ADDRESS_KEYS.flatMap((key) => {
    const value = slp.fields.get(key)?.slice(0, MAX_FIELD);
    return value === undefined || value === '' ? [] : [[key, value] as const];
  });
  return { kind: 'transfer-request', peer, meta: { call, transport: Object.fromEntries(addresses) } };
}
