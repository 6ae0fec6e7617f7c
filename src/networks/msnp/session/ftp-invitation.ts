// Taking up a file offer of the old style: ACCEPT to its sender, who then tells where to fetch it.
import type { CapturedFile, CaptureId, Peer } from '../../../core/capture.ts';
import { mayTakeFile } from '../../../core/file-inbox.ts';
import { isAddress } from '../wire/address.ts';
import { encodeAcceptance } from '../wire/invite.ts';
import type { FileDesk } from './file-desk.ts';
import type { Hearing, ReceptionEffects, TransferWord } from './reception-types.ts';

/** Tells the outcome of the ACCEPT. */
export const FTP_TOKEN = 'ftp';
/** For the sender's answer. */
const PATIENCE_MS = 60_000;
/** Ports below are those of services, not of a messenger's file transfer. */
const MIN_PORT = 1024;

interface Invitation {
  readonly peer: Peer;
  readonly cause: CaptureId;
  readonly cookie: string;
  readonly file: CapturedFile;
  readonly sinceMs: number;
}

export class FtpInvitation {
  readonly #desk: FileDesk;
  #open: Invitation | undefined;

  constructor(desk: FileDesk) {
    this.#desk = desk;
  }

  offered(cookie: string, { peer, cause, offered }: Hearing, now: Date): ReceptionEffects {
    if (!/^\d{1,10}$/.test(cookie) || cause === undefined || offered === undefined || !isAddress(peer.id)) return [];
    if (this.#open !== undefined || !mayTakeFile(offered) || !this.#desk.enter(peer.id, now)) return [];
    this.#open = { peer, cause, cookie, file: offered, sinceMs: now.getTime() };
    const intent = { act: 'accept-file', peer: peer.id, cause } as const;
    return [{ type: 'say', payload: encodeAcceptance(cookie), wanted: 'N', intent, token: FTP_TOKEN }];
  }

  allowed(): ReceptionEffects {
    return [{ type: 'set-timer', ms: PATIENCE_MS + 1 }];
  }

  denied(): void {
    if (this.#open !== undefined) this.#desk.withdraw(this.#open.peer.id);
    this.#open = undefined;
  }

  /** Hands the desk on to the transfer. */
  listening(word: Extract<TransferWord, { type: 'listening' }>, { peer, cause }: Hearing): ReceptionEffects {
    const open = this.#open;
    const mine = open?.cookie === word.cookie && open.peer.id.toLowerCase() === peer.id.toLowerCase();
    if (open === undefined || !mine || cause === undefined) return [];
    this.#open = undefined;
    if (word.port < MIN_PORT) {
      this.#desk.leave();
      return [];
    }
    const { host, port, authCookie } = word;
    const intent = { act: 'transfer', peer: open.peer.id, cause } as const;
    return [{ type: 'fetch', at: { host, port, authCookie }, peer: open.peer, file: open.file, intent }];
  }

  cancelled(cookie: string): void {
    if (this.#open?.cookie === cookie) this.closed();
  }

  timer(now: Date): void {
    if (this.#open !== undefined && now.getTime() - this.#open.sinceMs > PATIENCE_MS) this.closed();
  }

  closed(): void {
    if (this.#open !== undefined) this.#desk.leave();
    this.#open = undefined;
  }
}
