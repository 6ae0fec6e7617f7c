// A bare client that plays a stranger, for the range and for tests: whoever holds the socket feeds and writes. It sends
// what a person or a worm would, and remembers what came back.
import { randomBytes } from 'node:crypto';
import { chooseCipher } from './session/channel-cipher.ts';
import {
  type ChannelAccept,
  type ChannelCreate,
  CIPHER_RC2_40,
  CIPHER_RC2_128,
  MODE_WHATEVER,
} from './wire/channel.ts';
import { Rc2Cipher } from './wire/cipher.ts';
import { keyPairOf, sharedKey } from './wire/diffie-hellman.ts';
import { decodeText, FieldWriter } from './wire/fields.ts';
import { encodeFileOffer, SEND_FILE_ACK, SEND_FILE_DATA } from './wire/file-offer.ts';
import { SametimeFramer } from './wire/frame.ts';
import { type HandshakeAck, MAJOR, MINOR_WITH_HOST } from './wire/handshake.ts';
import {
  DATA,
  decodeIm,
  encodeIm,
  encodeImAnswer,
  encodeImOffer,
  FEATURE_RICH,
  type ImPayload,
  SEND_IM,
} from './wire/im.ts';
import { AUTH_RC2_128, encodeDhLogin } from './wire/login-auth.ts';
import { type ChannelSend, decodeSametime, encodeSametime, type SametimeMessage } from './wire/message.ts';
import { CONFERENCE, FILE_TRANSFER, IM } from './wire/services.ts';
import { STATUS_ACTIVE, writeIdBlock } from './wire/structures.ts';

const LIBMEANWHILE = 0x1700;
const CHUNK_BYTES = 8192;
const SEND_INVITE = 1;

export interface SametimeSenderOptions {
  readonly user: string;
  readonly password: string;
  readonly clientType?: number;
  /** Which ciphers its channels offer. */
  readonly ciphers?: 'none' | 'rc2-40' | 'both';
  /** False: channels that others open to it stay unanswered. */
  readonly accepts?: boolean;
  write(frame: Uint8Array): void;
}

interface Open {
  readonly to: string;
  /** What goes out once the channel is accepted. */
  readonly waiting: ImPayload[];
  readonly file?: Uint8Array;
  cipher?: Rc2Cipher;
  accepted: boolean;
  sent: number;
}

export class SametimeSender {
  readonly #options: SametimeSenderOptions;
  readonly #keys = keyPairOf(randomBytes(64));
  readonly #framer = new SametimeFramer();
  readonly #open = new Map<number, Open>();
  #next = 1;
  #loginId = '';
  readonly #online = Promise.withResolvers<void>();
  readonly #inboxes = new Map<number, { readonly from: string; readonly cipher: Rc2Cipher | undefined }>();
  /** The texts of others, oldest first. */
  readonly read: { readonly from: string; readonly text: string }[] = [];
  /** Everything that the server brought, oldest first. */
  readonly heard: SametimeMessage[] = [];

  constructor(options: SametimeSenderOptions) {
    this.#options = options;
  }

  /** Begins to sign on. @returns when that is done */
  start(): Promise<void> {
    const { clientType: loginType = LIBMEANWHILE } = this.#options;
    this.write({ kind: 'handshake', major: MAJOR, minor: MINOR_WITH_HOST, loginType, localIp: 0, host: '' });
    return this.#online.promise;
  }

  /** Bytes of the server. */
  feed(chunk: Uint8Array): void {
    for (const frame of this.#framer.feed(chunk)) this.#take(decodeSametime(frame));
  }

  /** Any message, also those that no client sends. */
  write(message: SametimeMessage): void {
    this.#options.write(encodeSametime(message));
  }

  /** Opens a channel for it, or uses the one that is open. */
  im(to: string, payload: ImPayload | string): void {
    const said: ImPayload = typeof payload === 'string' ? { kind: 'text', text: Buffer.from(payload) } : payload;
    for (const [channel, open] of this.#open) {
      if (open.to !== to || open.file !== undefined) continue;
      open.waiting.push(said);
      if (open.accepted) this.#flush(channel, open);
      return;
    }
    this.#create(to, IM, encodeImOffer(FEATURE_RICH), { to, waiting: [said], accepted: false, sent: 0 });
  }

  /** Ends the conversation with a peer. */
  close(to: string): void {
    for (const [channel, open] of this.#open) {
      if (open.to !== to) continue;
      this.#open.delete(channel);
      this.write({ kind: 'destroy', channel, reason: 0, info: new Uint8Array() });
    }
  }

  html(to: string, html: string): void {
    this.im(to, { kind: 'data', type: DATA.html, subtype: 0, value: Buffer.from(html) });
  }

  typing(to: string): void {
    this.im(to, { kind: 'data', type: DATA.typing, subtype: 0, value: new Uint8Array() });
  }

  file(to: string, name: string, content: Uint8Array, message = ''): void {
    const data = encodeFileOffer({ name, message, size: content.length });
    this.#create(to, FILE_TRANSFER, data, { to, waiting: [], file: content, accepted: false, sent: 0 });
  }

  /** Opens a conference and invites to it. */
  invite(to: string, title: string, text: string): void {
    const id = this.#next;
    this.#next += 1;
    const name = `${this.#options.user}(${randomBytes(4).toString('hex')},${randomBytes(2).toString('hex')})`;
    const data = new FieldWriter().string(name).string(title).u32(0).done();
    const target = { user: '', community: '' };
    this.write({ kind: 'create', id, target, ...CONFERENCE, data, mode: 0, ciphers: [] });
    const invitation = writeIdBlock(new FieldWriter(), { user: to, community: '' })
      .u16(0)
      .u32(0)
      .string(text)
      .string(to);
    this.write({ kind: 'send', channel: id, sendType: SEND_INVITE, data: invitation.done(), encrypted: false });
  }

  announce(to: string, text: string): void {
    this.write({ kind: 'announce', mayReply: true, text, recipients: [`@U ${to}`] });
  }

  #create(to: string, service: typeof IM, data: Uint8Array, open: Open): void {
    const id = this.#next;
    this.#next += 1;
    this.#open.set(id, open);
    const offered = this.#options.ciphers ?? 'both';
    const weak = { cipher: CIPHER_RC2_40, info: new Uint8Array() };
    const strong = { cipher: CIPHER_RC2_128, info: this.#keys.publicKey };
    const ciphers = offered === 'none' ? [] : offered === 'both' ? [weak, strong] : [weak];
    const mode = offered === 'none' ? 0 : MODE_WHATEVER;
    this.write({ kind: 'create', id, target: { user: to, community: '' }, ...service, data, mode, ciphers });
  }

  #take(message: SametimeMessage): void {
    this.heard.push(message);
    if (message.kind === 'handshake-ack') this.#logIn(message);
    else if (message.kind === 'login-ack') {
      this.#loginId = message.login.loginId;
      this.#online.resolve();
    } else if (message.kind === 'accept') this.#accepted(message);
    else if (message.kind === 'create') this.#answer(message);
    else if (message.kind === 'destroy') {
      this.#open.delete(message.channel);
      if (message.channel === 0) this.#online.reject(new Error(`refused: ${message.reason.toString(16)}`));
    } else if (message.kind === 'send' && message.sendType === SEND_FILE_ACK) this.#nextChunk(message.channel);
    else if (message.kind === 'send') this.#hear(message);
  }

  /** Takes every IM channel that is opened to it, as people's clients do. */
  #answer(create: ChannelCreate): void {
    if (create.service !== IM.service || this.#options.accepts === false) return;
    const { item, incoming, mode } = chooseCipher(create, this.#keys);
    this.#inboxes.set(create.id, { from: create.creator?.userId ?? '', cipher: incoming });
    const data = encodeImAnswer(FEATURE_RICH, { status: STATUS_ACTIVE, time: 0, text: '' });
    const cipher = item === undefined ? {} : { cipher: item, offeredMode: create.mode };
    this.write({ kind: 'accept', channel: create.id, ...IM, data, mode, ...cipher });
  }

  #hear({ channel, data, encrypted, sendType }: ChannelSend): void {
    const inbox = this.#inboxes.get(channel);
    if (inbox === undefined || sendType !== SEND_IM) return;
    const payload = decodeIm(encrypted && inbox.cipher !== undefined ? inbox.cipher.decrypt(data) : data);
    if (payload.kind === 'text') this.read.push({ from: inbox.from, text: decodeText(payload.text) });
  }

  #logIn({ offer }: HandshakeAck): void {
    const { clientType: loginType = LIBMEANWHILE, password, user: userId } = this.#options;
    const key = sharedKey(this.#keys.secret, offer?.key ?? new Uint8Array());
    if (offer === undefined || key === undefined) {
      this.#online.reject(new Error('the server sends no key'));
      return;
    }
    const auth = encodeDhLogin({ publicKey: this.#keys.publicKey, key, magic: offer.magic, password });
    this.write({ kind: 'login', loginType, userId, auth, authType: AUTH_RC2_128 });
  }

  #accepted(accept: ChannelAccept): void {
    const open = this.#open.get(accept.channel);
    if (open === undefined) return;
    open.accepted = true;
    const key =
      accept.cipher?.cipher === CIPHER_RC2_128
        ? sharedKey(this.#keys.secret, accept.cipher.info)
        : Buffer.from(this.#loginId).subarray(0, 5);
    if (accept.cipher !== undefined && key !== undefined) open.cipher = new Rc2Cipher(key);
    if (open.file === undefined) this.#flush(accept.channel, open);
    else this.#nextChunk(accept.channel);
  }

  #flush(channel: number, open: Open): void {
    for (const payload of open.waiting.splice(0)) this.#send(channel, open, SEND_IM, encodeIm(payload));
  }

  /** One chunk, then wait for its acknowledgement; behind the last the sender closes. */
  #nextChunk(channel: number): void {
    const open = this.#open.get(channel);
    if (open?.file === undefined) return;
    if (open.sent >= open.file.length) {
      this.#open.delete(channel);
      this.write({ kind: 'destroy', channel, reason: 0, info: new Uint8Array() });
      return;
    }
    const chunk = open.file.subarray(open.sent, open.sent + CHUNK_BYTES);
    open.sent += chunk.length;
    this.#send(channel, open, SEND_FILE_DATA, chunk);
  }

  #send(channel: number, open: Open, sendType: number, plain: Uint8Array): void {
    const encrypted = open.cipher !== undefined;
    this.write({ kind: 'send', channel, sendType, data: open.cipher?.encrypt(plain) ?? plain, encrypted });
  }
}
