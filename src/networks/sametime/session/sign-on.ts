// What a client says to its own server: handshake, login, the channels to the services it uses, and how it is.
import type { Act } from '../../../core/link.ts';
import { ATTRIBUTE, ATTRIBUTE_TRUE, encodeSetAttribute, encodeUnsetAttribute, SEND_AWARE } from '../wire/awareness.ts';
import type { ChannelAccept } from '../wire/channel.ts';
import { sharedKey } from '../wire/diffie-hellman.ts';
import { type Handshake, type HandshakeAck, MAJOR } from '../wire/handshake.ts';
import { AUTH_RC2_40, AUTH_RC2_128, encodeDhLogin, encodeRc2Login } from '../wire/login-auth.ts';
import { encodeSametime, type Login, type SametimeMessage } from '../wire/message.ts';
import { AWARENESS, RESOLVE, STORAGE } from '../wire/services.ts';
import { encodeStorageLoad, SEND_STORAGE, STORAGE_CONTACTS } from '../wire/storage.ts';
import { STATUS_ACTIVE } from '../wire/structures.ts';
import type { SametimeEffect, SametimeEffects, SametimeSessionConfig } from './types.ts';

/** What Sametime Connect states. */
const MINOR = 0x196f;
/** Numbers of our own channels, in libpurple's order. */
const RESOLVE_CHANNEL = 1;
const AWARENESS_CHANNEL = 2;
const STORAGE_CHANNEL = 3;

export function handshakeOf(config: SametimeSessionConfig): Handshake {
  const { clientType: loginType, hostName: host } = config;
  return { kind: 'handshake', major: MAJOR, minor: MINOR, loginType, localIp: 0, host };
}

/** RC2-128 wherever the server sends a key. @returns undefined when only a readable form is left and that is not allowed */
export function loginOf(config: SametimeSessionConfig, ack: HandshakeAck): Login | undefined {
  const { clientType: loginType, keys, password, userId } = config;
  const key = ack.offer === undefined ? undefined : sharedKey(keys.secret, ack.offer.key);
  const login = { kind: 'login', loginType, userId } as const;
  if (ack.offer !== undefined && key !== undefined) {
    const auth = encodeDhLogin({ publicKey: keys.publicKey, key, magic: ack.offer.magic, password });
    return { ...login, auth, authType: AUTH_RC2_128 };
  }
  if (!config.weakLogin) return undefined;
  return { ...login, auth: encodeRc2Login(config.rc2Key, password), authType: AUTH_RC2_40 };
}

/** What follows the sign-on, in libpurple's order. */
export function servicesOf(): SametimeEffects {
  const open = (id: number, service: typeof RESOLVE): SametimeMessage => ({
    kind: 'create',
    id,
    ...service,
    target: { user: '', community: '' },
    data: new Uint8Array(),
    mode: 0,
    ciphers: [],
  });
  return [
    toServer(open(RESOLVE_CHANNEL, RESOLVE), 'sign-on'),
    toServer(open(AWARENESS_CHANNEL, AWARENESS), 'sign-on'),
    toServer(open(STORAGE_CHANNEL, STORAGE), 'sign-on'),
    toServer({ kind: 'status', status: { status: STATUS_ACTIVE, time: 0, text: '' } }, 'presence'),
    toServer({ kind: 'privacy', privacy: { deny: true, users: [] } }, 'presence'),
  ];
}

/** What a client tells a service once it has accepted: what it can do, and that it wants its contact list. */
export function setUpOf(accept: ChannelAccept): SametimeEffects {
  if (accept.channel === AWARENESS_CHANNEL && accept.service === AWARENESS.service) {
    const set = (key: number): SametimeEffect =>
      toChannel(AWARENESS_CHANNEL, SEND_AWARE.setAttribute, encodeSetAttribute({ key, value: ATTRIBUTE_TRUE }));
    const unset = (key: number): SametimeEffect =>
      toChannel(AWARENESS_CHANNEL, SEND_AWARE.unsetAttribute, encodeUnsetAttribute(key));
    return [
      set(ATTRIBUTE.audioVideo),
      unset(ATTRIBUTE.microphone),
      unset(ATTRIBUTE.speakers),
      unset(ATTRIBUTE.camera),
      set(ATTRIBUTE.fileTransfer),
    ];
  }
  if (accept.channel !== STORAGE_CHANNEL || accept.service !== STORAGE.service) return [];
  return [toChannel(STORAGE_CHANNEL, SEND_STORAGE.load, encodeStorageLoad({ request: 1, key: STORAGE_CONTACTS }))];
}

function toChannel(channel: number, sendType: number, data: Uint8Array): SametimeEffect {
  return toServer({ kind: 'send', channel, sendType, data, encrypted: false }, 'presence');
}

function toServer(message: SametimeMessage, act: Act): SametimeEffect {
  return { type: 'send', frame: encodeSametime(message), intent: { act } };
}
