// Who did it, in the words of a capture: the identity that the server stamps on a channel.
import type { CaptureDraft, Peer } from '../../../core/capture.ts';
import type { ChannelCreate } from '../wire/channel.ts';
import { decodeFileOffer, type FileOffer } from '../wire/file-offer.ts';
import type { LoginInfo } from '../wire/structures.ts';
import { clientName, isScripted } from './client-types.ts';

const MAX_NAME = 1024;
/** Longer file names were never sent by a client; they are aimed at buffers. */
const MAX_HONEST_FILE_NAME = 255;
/** External users of a federated community. */
const FEDERATED = '@E ';

export type Meta = Readonly<Record<string, unknown>>;

/** The peer of a login; without one it was the server itself. */
export function peerOf(login: LoginInfo | undefined, server: string): Peer {
  if (login === undefined || login.userId === '') return { id: server, verifiedBy: 'own-server' };
  const address = login.full === undefined ? undefined : addressOf(login.full.ip);
  return {
    id: login.userId.slice(0, MAX_NAME),
    ...(login.userName === '' ? {} : { name: login.userName.slice(0, MAX_NAME) }),
    ...(address === undefined ? {} : { address }),
    client: clientName(login.loginType),
    verifiedBy: login.userId.startsWith(FEDERATED) ? 'federated' : 'own-server',
  };
}

/** What the server says of the login besides. */
export function metaOf(login: LoginInfo | undefined): Meta {
  if (login === undefined) return {};
  const { community, full, loginId, loginType } = login;
  return {
    loginId: loginId.slice(0, MAX_NAME),
    clientType: loginType.toString(16),
    ...(isScripted(loginType) ? { scriptedClient: true } : {}),
    ...(community === '' ? {} : { community: community.slice(0, MAX_NAME) }),
    ...(full === undefined || full.serverId === '' ? {} : { serverId: full.serverId.slice(0, MAX_NAME) }),
  };
}

/** Dotted; perhaps that of a proxy. 0 says nothing. */
function addressOf(ip: number): string | undefined {
  return ip === 0 ? undefined : [24, 16, 8, 0].map((shift) => (ip >>> shift) & 0xff).join('.');
}

/** A file offer. @throws SundewError WIRE_MALFORMED */
export function fileDraft(
  create: ChannelCreate,
  server: string,
): { readonly offer: FileOffer; readonly draft: CaptureDraft } {
  const offer = decodeFileOffer(create.data);
  const base = {
    peer: peerOf(create.creator, server),
    ...(offer.message === '' ? {} : { text: offer.message }),
    file: { ...(offer.name === '' ? {} : { name: offer.name.slice(0, MAX_NAME) }), size: offer.size },
  };
  const meta = metaOf(create.creator);
  if (offer.name.length <= MAX_HONEST_FILE_NAME) {
    const vulnerability = fileNameTrick(offer.name);
    return {
      offer,
      draft: {
        ...base,
        kind: 'file-offer',
        meta: { ...meta, ...(vulnerability === undefined ? {} : { vulnerability }) },
      },
    };
  }
  const reason = `a file name of ${offer.name.length} characters`;
  return {
    offer,
    draft: { ...base, kind: 'malformed', meta: { ...meta, reason, vulnerability: 'over-long file name' } },
  };
}

function fileNameTrick(name: string): string | undefined {
  if (/[/\\]/.test(name)) return 'file name with a path';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/.test(name)) return 'file name with control or direction characters';
  return undefined;
}
