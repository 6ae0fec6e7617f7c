// All that a conversation does about files: hears the words that concern one, and says what is to be done.
import type { FileDesk } from './file-desk.ts';
import { FTP_TOKEN, FtpInvitation } from './ftp-invitation.ts';
import { P2P_TOKEN, P2pReception } from './p2p-reception.ts';
import type { Hearing, ReceptionEffects, TransferWord } from './reception-types.ts';

export interface ReceptionOptions {
  readonly own: string;
  readonly desk: FileDesk;
  /** MSNFTP, where the receiver connects to the sender, who learns the account's address. */
  readonly fetches: boolean;
}

export class Reception {
  readonly #p2p: P2pReception;
  readonly #ftp: FtpInvitation;
  readonly #fetches: boolean;

  constructor({ own, desk, fetches }: ReceptionOptions) {
    this.#p2p = new P2pReception(own, desk);
    this.#ftp = new FtpInvitation(desk);
    this.#fetches = fetches;
  }

  hear(word: TransferWord, hearing: Hearing, now: Date): ReceptionEffects {
    switch (word.type) {
      case 'slp':
        return this.#p2p.slp(word.slp, word.last, hearing, now);
      case 'data':
        return this.#p2p.data(word.chunk, hearing, now);
      case 'invitation':
        return this.#fetches ? this.#ftp.offered(word.cookie, hearing, now) : [];
      case 'listening':
        return this.#ftp.listening(word, hearing);
      case 'cancelled':
        this.#ftp.cancelled(word.cookie);
        return [];
    }
  }

  /** The gate let the first answer through. */
  allowed(token: string): ReceptionEffects {
    if (token === P2P_TOKEN) return this.#p2p.allowed();
    return token === FTP_TOKEN ? this.#ftp.allowed() : [];
  }

  denied(token: string): void {
    if (token === P2P_TOKEN) this.#p2p.denied();
    if (token === FTP_TOKEN) this.#ftp.denied();
  }

  timer(now: Date): ReceptionEffects {
    this.#ftp.timer(now);
    return this.#p2p.timer(now);
  }

  closed(): ReceptionEffects {
    this.#ftp.closed();
    return this.#p2p.closed();
  }
}
