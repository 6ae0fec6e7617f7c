// Channels that others open to us. Every contact is captured first; what may be answered is answered when it is stored.
import type { CaptureDraft, CaptureId } from '../../../core/capture.ts';
import { isSundewError, messageOf } from '../../../core/error.ts';
import { FileInbox, mayTakeFile } from '../../../core/file-inbox.ts';
import type { Intent } from '../../../core/link.ts';
import type { ChannelCreate } from '../wire/channel.ts';
import { decodeConferenceInvitation } from '../wire/conference.ts';
import { SEND_FILE_ACK, SEND_FILE_DATA } from '../wire/file-offer.ts';
import { decodeIm, decodeImOffer, encodeImAnswer, SEND_IM } from '../wire/im.ts';
import { type ChannelSend, encodeSametime } from '../wire/message.ts';
import { CONFERENCE, FILE_TRANSFER, IM, SERVER_CHANNEL } from '../wire/services.ts';
import { STATUS_ACTIVE } from '../wire/structures.ts';
import { Acquaintances } from './acquaintances.ts';
import { type ChosenCipher, chooseCipher } from './channel-cipher.ts';
import { fileDraft, type Meta, metaOf, peerOf } from './drafts.ts';
import { ImInbox } from './im-inbox.ts';
import type { SametimeEffect, SametimeEffects, SametimeSessionConfig } from './types.ts';

const MAX_CHANNELS = 256;
const MAX_NAME = 1024;

type Peer = CaptureDraft['peer'];

interface Channel {
  readonly create: ChannelCreate;
  readonly peer: Peer;
  readonly meta: Meta;
  readonly chosen?: ChosenCipher;
  readonly im?: ImInbox;
  readonly offer?: CaptureDraft;
  file?: FileInbox;
  cause?: CaptureId;
}

export class IncomingChannels {
  readonly #config: SametimeSessionConfig;
  readonly #channels = new Map<number, Channel>();
  readonly #known = new Acquaintances();

  constructor(config: SametimeSessionConfig) {
    this.#config = config;
  }

  /** @throws SundewError WIRE_MALFORMED for additional data that cannot be read */
  create(create: ChannelCreate, raw: Uint8Array, now: Date): SametimeEffects {
    const peer = peerOf(create.creator, this.#config.server);
    const meta = metaOf(create.creator);
    if (create.id < SERVER_CHANNEL || this.#channels.has(create.id)) {
      return [emit({ kind: 'malformed', peer, meta: { ...meta, reason: 'a channel number that is not free' } }, raw)];
    }
    if (this.#channels.size >= MAX_CHANNELS) {
      return [emit({ kind: 'connection', peer, meta: { ...meta, service: create.service, tooMany: true } }, raw)];
    }
    switch (create.service) {
      case IM.service:
        return this.#createIm(create, peer, meta, raw, now);
      case FILE_TRANSFER.service:
        return this.#createFile(create, peer, meta, raw, now);
      case CONFERENCE.service:
        return [emit(this.#conference(create, peer, meta), raw)];
      default:
        return [emit({ kind: 'unknown', peer, meta: { ...meta, service: create.service } }, raw)];
    }
  }

  /** A capture is durable: what it waited for may be sent. */
  stored(token: string, capture: CaptureId, now: Date): SametimeEffects {
    const [what, number] = token.split(' ');
    const channel = this.#channels.get(Number(number));
    if (channel === undefined) return [];
    channel.cause = capture;
    if (what === 'im') {
      this.#known.remember(channel.peer.id, capture, now);
      return [this.#acceptIm(channel)];
    }
    channel.file = new FileInbox(channel.offer?.file?.size ?? 0, now);
    return [this.#accept(channel, new Uint8Array(), 'accept-file', token)];
  }

  /** The gate says no: the offer stays where it is, unanswered; the next channel of the peer is captured anew. */
  denied(token: string): void {
    const [what, number] = token.split(' ');
    const channel = this.#channels.get(Number(number));
    if (channel === undefined) return;
    if (what === 'file') delete channel.file;
    else this.#known.forget(channel.peer.id);
  }

  /** @throws SundewError WIRE_MALFORMED */
  send(send: ChannelSend, raw: Uint8Array): SametimeEffects {
    const channel = this.#channels.get(send.channel);
    if (channel === undefined) return [];
    this.#known.touched();
    const data = this.#open(channel, send);
    if (data instanceof Error) return [emit(garbled(channel, send, data), raw)];
    if (channel.file !== undefined && send.sendType === SEND_FILE_DATA)
      return this.#takeFile(channel, channel.file, data);
    if (channel.im === undefined || send.sendType !== SEND_IM) return [];
    try {
      return channel.im.take(decodeIm(data), raw).map((arrival) => this.#said(channel, arrival, send.encrypted));
    } catch (error) {
      if (!isSundewError(error)) throw error;
      return [emit(garbled(channel, send, error), raw)];
    }
  }

  destroy(id: number): SametimeEffects {
    const channel = this.#channels.get(id);
    this.#channels.delete(id);
    if (channel === undefined) return [];
    if (channel.file !== undefined && channel.file.bytes > 0) return [this.#file(channel, channel.file)];
    return (channel.im?.flush() ?? []).map((arrival) => this.#said(channel, arrival, false));
  }

  #createIm(create: ChannelCreate, peer: Peer, login: Meta, raw: Uint8Array, now: Date): SametimeEffects {
    const feature = decodeImOffer(create.data);
    const chosen = chooseCipher(create, this.#config.keys);
    const meta = { ...login, ...chosen.meta };
    const channel: Channel = { create, peer, meta, chosen, im: new ImInbox() };
    this.#channels.set(create.id, channel);
    const cause = this.#known.recent(peer.id, now);
    if (cause !== undefined) {
      channel.cause = cause;
      return [this.#acceptIm(channel)];
    }
    const contact = { ...meta, feature: feature.toString(16) };
    const draft: CaptureDraft = this.#isServer(create)
      ? { kind: 'probe', peer, meta: { ...contact, networkScanner: true } }
      : { kind: 'connection', peer, meta: contact };
    this.#known.touched();
    return [{ type: 'emit', draft, raw, token: `im ${create.id}` }];
  }

  /** Servers try a fresh login by a chat channel from themselves. */
  #isServer({ creator }: ChannelCreate): boolean {
    return creator === undefined || creator.userId === '' || creator.userId === creator.full?.serverId;
  }

  #acceptIm(channel: Channel): SametimeEffect {
    const status = { status: STATUS_ACTIVE, time: 0, text: '' };
    const data = encodeImAnswer(decodeImOffer(channel.create.data), status);
    return this.#accept(channel, data, 'delivery-handshake', `im ${channel.create.id}`);
  }

  #accept(channel: Channel, data: Uint8Array, act: Intent['act'], token: string): SametimeEffect {
    const { id, service, protocol, version, mode: offeredMode } = channel.create;
    const intent = this.#config.role === 'decoy' ? intentOf(channel, act) : { act };
    const { mode = 0, item } = channel.chosen ?? {};
    const cipher = item === undefined ? {} : { cipher: item, offeredMode };
    const frame = encodeSametime({ kind: 'accept', channel: id, service, protocol, version, data, mode, ...cipher });
    return { type: 'send', frame, intent, token };
  }

  #createFile(create: ChannelCreate, peer: Peer, login: Meta, raw: Uint8Array, now: Date): SametimeEffects {
    const { offer, draft } = fileDraft(create, this.#config.server);
    const chosen = chooseCipher(create, this.#config.keys);
    const meta = { ...login, ...chosen.meta };
    const wanted =
      draft.kind === 'file-offer' && mayTakeFile({ name: offer.name, size: offer.size }) && !this.#receiving(now);
    if (wanted) this.#channels.set(create.id, { create, peer, meta, chosen, offer: draft });
    const effect = emit({ ...draft, meta: { ...draft.meta, ...chosen.meta } }, raw);
    return [wanted ? { ...effect, token: `file ${create.id}` } : effect];
  }

  /** One file at a time bounds what a decoy holds in memory. */
  #receiving(now: Date): boolean {
    for (const [id, { file }] of this.#channels) {
      if (file === undefined) continue;
      if (!file.isStale(now)) return true;
      this.#channels.delete(id);
    }
    return false;
  }

  #conference(create: ChannelCreate, peer: Peer, meta: Meta): CaptureDraft {
    const { name, title, inviter, text } = decodeConferenceInvitation(create.data);
    const other = inviter.userId === create.creator?.userId ? {} : { inviter: inviter.userId.slice(0, MAX_NAME) };
    return {
      kind: 'group-invite',
      peer: create.creator === undefined ? peerOf(inviter, this.#config.server) : peer,
      ...(name === '' ? {} : { conversation: name.slice(0, MAX_NAME) }),
      ...(text === '' ? {} : { text }),
      meta: { ...meta, title: title.slice(0, MAX_NAME), ...other },
    };
  }

  /** The data of a SEND in clear, or why there is none. */
  #open(channel: Channel, send: ChannelSend): Uint8Array | Error {
    if (!send.encrypted) return send.data;
    const cipher = channel.chosen?.incoming;
    if (cipher === undefined) return new Error('ciphertext on a channel without a cipher');
    try {
      return cipher.decrypt(send.data);
    } catch (error) {
      if (isSundewError(error)) return error;
      throw error;
    }
  }

  #takeFile(channel: Channel, file: FileInbox, data: Uint8Array): SametimeEffects {
    file.take(data);
    const { id } = channel.create;
    const intent = intentOf(channel, 'transfer');
    const ack = encodeSametime({
      kind: 'send',
      channel: id,
      sendType: SEND_FILE_ACK,
      data: new Uint8Array(),
      encrypted: false,
    });
    const effects: SametimeEffect[] = [{ type: 'send', frame: ack, intent }];
    if (!file.done) return effects;
    this.#channels.delete(id);
    return [...effects, this.#file(channel, file)];
  }

  #file(channel: Channel, inbox: FileInbox): SametimeEffect {
    const { content, file, meta } = inbox.finish(channel.offer?.file ?? {});
    return emit({ kind: 'file', peer: channel.peer, file, meta: { ...channel.meta, ...meta } }, content);
  }

  #said(channel: Channel, { draft, raw }: ReturnType<ImInbox['flush']>[number], encrypted: boolean): SametimeEffect {
    const meta = { ...channel.meta, ...draft.meta };
    return emit({ ...draft, peer: channel.peer, ...(encrypted ? { encrypted } : {}), meta }, raw);
  }
}

function garbled(channel: Channel, send: ChannelSend, error: Error): CaptureDraft {
  const vulnerability =
    send.encrypted && channel.chosen?.incoming === undefined
      ? { vulnerability: 'encrypted data on a plain channel' }
      : {};
  return {
    kind: 'malformed',
    peer: channel.peer,
    meta: { ...channel.meta, reason: messageOf(error), ...vulnerability },
  };
}

const emit = (draft: CaptureDraft, raw: Uint8Array): Extract<SametimeEffect, { type: 'emit' }> => ({
  type: 'emit',
  draft,
  raw,
});

function intentOf(channel: Channel, act: Intent['act']): Intent {
  return { act, peer: channel.peer.id, ...(channel.cause === undefined ? {} : { cause: channel.cause }) };
}
