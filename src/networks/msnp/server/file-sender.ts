// A stranger of the range who offers a file in a conversation and, when it is taken up, hands it over: by P2P through the
// switchboard, or by MSNFTP on a port of its own.
import { randomInt, randomUUID } from 'node:crypto';
import { encodeFileContext } from '../wire/file-context.ts';
import { decodeInvitation, encodeFileInvitation, encodeListening } from '../wire/invite.ts';
import { encodeP2pMessage } from '../wire/message.ts';
import { decodeMime, mediaTypeOf } from '../wire/mime.ts';
import { acknowledgeP2p, decodeP2p, P2P_ACK, P2P_FILE_DATA, type P2pChunk, splitP2p } from '../wire/p2p.ts';
import { decodeSlp, encodeFileInvite, encodeSlp, type SlpMessage } from '../wire/slp.ts';
import { encodeSlpBye } from '../wire/slp-answers.ts';
import { type FtpListener, listenForReceiver } from './ftp-sender.ts';

export interface OfferedFile {
  readonly name: string;
  readonly content: Uint8Array;
  /** Bytes that the offer claims, when it lies. */
  readonly claims?: number;
  readonly way: 'p2p' | 'ftp';
  /** P2P: a direct connection is proposed before the data, as real clients do. */
  readonly direct?: boolean;
  /** MSNFTP: what the receiver sends to the sender's port. */
  onFetched?(chunk: Uint8Array): void;
}

/** `taken`: every byte, acknowledged. `refused`: the receiver ended it. */
export type OfferOutcome = 'taken' | 'refused';

export interface FileSenderOptions {
  readonly from: string;
  readonly to: string;
  readonly file: OfferedFile;
  say(payload: Uint8Array): void;
}

const number = (): number => randomInt(1, 0x7fff_ffff);
const guid = (): string => `{${randomUUID().toUpperCase()}}`;

export class FileSender {
  readonly outcome: Promise<OfferOutcome>;
  readonly #options: FileSenderOptions;
  readonly #settled = Promise.withResolvers<OfferOutcome>();
  readonly #call: { readonly from: string; readonly to: string; readonly branch: string; readonly callId: string };
  readonly #session = number();
  readonly #cookie = number();
  #identifier = number();
  /** Of the messages whose acknowledgement is waited for. */
  #data: number | undefined;
  #bye: number | undefined;
  #listener: FtpListener | undefined;

  constructor(options: FileSenderOptions) {
    this.#options = options;
    this.outcome = this.#settled.promise;
    this.#call = { from: options.from, to: options.to, branch: guid(), callId: guid() };
  }

  offer(): void {
    const { name, content, claims = content.length, way } = this.#options.file;
    if (way === 'ftp') {
      this.#options.say(encodeFileInvitation({ cookie: this.#cookie, name, size: claims }));
      return;
    }
    const context = encodeFileContext({ name, size: claims });
    this.#signal(encodeFileInvite({ ...this.#call, session: this.#session, context }));
  }

  /** A payload that the receiver said. */
  hear(payload: Uint8Array): void {
    const message = decodeMime(payload);
    const type = mediaTypeOf(message.headers);
    if (type === 'text/x-msmsgsinvite') this.#invitation(message.body);
    if (type === 'application/x-msnmsgrp2p') this.#p2p(decodeP2p(message.body));
  }

  async stop(): Promise<void> {
    await this.#listener?.stop();
  }

  #invitation(body: Uint8Array): void {
    const { command, cookie } = decodeInvitation(body);
    if (command !== 'ACCEPT' || cookie !== String(this.#cookie) || this.#listener !== undefined) return;
    const { to, file, say } = this.#options;
    const authCookie = String(number());
    const listener = listenForReceiver({
      ...{ receiver: to, authCookie, content: file.content },
      onBytes: (chunk) => file.onFetched?.(chunk),
    });
    this.#listener = listener;
    listener.outcome.then(this.#settled.resolve, this.#settled.reject);
    listener.port.then(
      (port) => say(encodeListening({ cookie, host: '127.0.0.1', port, authCookie })),
      this.#settled.reject,
    );
  }

  #p2p(chunk: P2pChunk): void {
    if ((chunk.flags & P2P_ACK) !== 0) this.#acknowledged(chunk.ackId);
    else if (chunk.chunk.length > 0) this.#slp(decodeSlp(chunk.chunk), chunk);
  }

  #acknowledged(identifier: number): void {
    if (identifier === this.#bye) this.#settled.resolve('taken');
    if (identifier === this.#data) this.#bye = this.#signal(encodeSlpBye(this.#call));
  }

  #slp(slp: SlpMessage, last: P2pChunk): void {
    if (slp.headers.get('call-id') !== this.#call.callId) return;
    this.#say(acknowledgeP2p(last, this.#next()));
    if (slp.method === 'BYE') this.#settled.resolve('refused');
    if (slp.method !== '200' || this.#data !== undefined) return;
    const answersOffer = (slp.headers.get('content-type') ?? '').includes('sessionreqbody');
    if (answersOffer && this.#options.file.direct === true) this.#proposeDirect();
    else this.#sendData();
  }

  #proposeDirect(): void {
    const fields = 'Bridges: TCPv1\r\nNetID: 0\r\nConn-Type: Firewall\r\nUPnPNat: false\r\nICF: false\r\n\r\n\0';
    this.#signal(encodeSlp(`INVITE MSNMSGR:${this.#call.to} MSNSLP/1.0`, this.#call, 0, 'transreqbody', fields));
  }

  #sendData(): void {
    this.#data = this.#next();
    const ids = { identifier: this.#data, ackId: number() };
    const kind = { session: this.#session, flags: P2P_FILE_DATA, footer: 2 };
    for (const chunk of splitP2p(this.#options.file.content, ids, undefined, kind)) this.#say(chunk);
  }

  /** @returns the identifier of the message */
  #signal(message: Uint8Array): number {
    const identifier = this.#next();
    for (const chunk of splitP2p(message, { identifier, ackId: number() })) this.#say(chunk);
    return identifier;
  }

  #say(chunk: P2pChunk): void {
    this.#options.say(encodeP2pMessage(this.#options.to, chunk));
  }

  #next(): number {
    this.#identifier += 1;
    return this.#identifier;
  }
}
