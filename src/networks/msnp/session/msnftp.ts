// The receiver's side of MSNFTP, on a connection to the sender: VER, USR with its cookie, FIL, TFR, the blocks, BYE.
//   new → greeting → named → receiving → closed
import { concatBytes } from '../../../core/bytes.ts';
import type { CapturedFile } from '../../../core/capture.ts';
import { isSundewError, messageOf } from '../../../core/error.ts';
import { FileInbox, MAX_FILE_BYTES, MAX_TRANSFER_MS, type Received } from '../../../core/file-inbox.ts';
import { encodeFtpLine, FTP_TAKEN, type FtpLine, takeFtpBlock, takeFtpLine } from '../wire/ftp.ts';

/** Without a byte of the sender. */
export const FTP_IDLE_MS = 30_000;

export interface FtpRequest {
  /** The receiver's address and what the sender gave it to say. */
  readonly own: string;
  readonly authCookie: string;
  readonly file: CapturedFile;
}

export type FtpInput =
  | { readonly type: 'connected' }
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  | { readonly type: 'timer'; readonly timer: FtpTimer }
  | { readonly type: 'closed' };
export type FtpTimer = 'transfer' | 'idle';

export type FtpEffect =
  | { readonly type: 'send'; readonly frame: Uint8Array }
  | { readonly type: 'received'; readonly received: Received }
  | { readonly type: 'malformed'; readonly reason: string; readonly bytes: Uint8Array }
  | { readonly type: 'set-timer'; readonly timer: FtpTimer; readonly ms: number }
  | { readonly type: 'close' };
export type FtpEffects = readonly FtpEffect[];

export class FtpSession {
  readonly #request: FtpRequest;
  #phase: 'new' | 'greeting' | 'named' | 'receiving' | 'closed' = 'new';
  #open: Uint8Array = new Uint8Array();
  #inbox: FileInbox | undefined;

  constructor(request: FtpRequest) {
    this.#request = request;
  }

  step(input: FtpInput, now: Date): FtpEffects {
    if (this.#phase === 'closed') return [];
    switch (input.type) {
      case 'connected':
        this.#phase = 'greeting';
        return [send('VER', 'MSNFTP'), { type: 'set-timer', timer: 'transfer', ms: MAX_TRANSFER_MS }, IDLE];
      case 'bytes':
        return [IDLE, ...this.#take(input.bytes, now)];
      case 'timer':
        return this.#cancel();
      case 'closed':
        return this.#end();
    }
  }

  #take(bytes: Uint8Array, now: Date): FtpEffects {
    this.#open = this.#open.length === 0 ? bytes : concatBytes([this.#open, bytes]);
    const effects: FtpEffect[] = [];
    try {
      for (let more = true; more && !this.#isClosed(); ) {
        const found = this.#inbox === undefined ? this.#takeLine(now) : this.#takeBlock(this.#inbox);
        effects.push(...(found ?? []));
        more = found !== undefined;
      }
    } catch (error) {
      if (!isSundewError(error)) throw error;
      effects.push({ type: 'malformed', reason: messageOf(error), bytes: this.#open.slice(0, 512) }, ...this.#cancel());
    }
    this.#open = Uint8Array.from(this.#open);
    return effects;
  }

  #isClosed(): boolean {
    return this.#phase === 'closed';
  }

  #takeLine(now: Date): FtpEffects | undefined {
    const taken = takeFtpLine(this.#open);
    if (taken === undefined) return undefined;
    this.#open = taken.rest;
    return this.#line(taken.line, now);
  }

  #line({ command, args: [first = ''] }: FtpLine, now: Date): FtpEffects {
    const { own, authCookie } = this.#request;
    if (command === 'VER' && this.#phase === 'greeting' && first === 'MSNFTP') {
      this.#phase = 'named';
      return [send('USR', own, authCookie)];
    }
    if (command === 'FIL' && this.#phase === 'named') {
      const size = /^\d{1,10}$/.test(first) ? Number(first) : 0;
      if (size === 0 || size > MAX_FILE_BYTES) return this.#refuse(size);
      this.#phase = 'receiving';
      this.#inbox = new FileInbox(size, now);
      return [send('TFR')];
    }
    return this.#cancel(); // CCL, BYE, and what has no place here
  }

  #takeBlock(inbox: FileInbox): FtpEffects | undefined {
    const taken = takeFtpBlock(this.#open);
    if (taken === undefined) return undefined;
    this.#open = taken.rest;
    inbox.take(taken.block.data);
    if (inbox.complete && !inbox.refused) return [send('BYE', FTP_TAKEN), ...this.#end()];
    return inbox.done || taken.block.end ? this.#cancel() : [];
  }

  /** Another size than was offered: the cap holds for what is said now. */
  #refuse(size: number): FtpEffects {
    const file = { ...this.#request.file, size };
    const received: Received = { content: new Uint8Array(), file, meta: { refused: 'size' } };
    return [{ type: 'received', received }, ...this.#cancel()];
  }

  #cancel(): FtpEffects {
    return [send('CCL'), ...this.#end()];
  }

  #end(): FtpEffects {
    this.#phase = 'closed';
    const inbox = this.#inbox;
    if (inbox === undefined || inbox.bytes === 0) return [{ type: 'close' }];
    return [{ type: 'received', received: inbox.finish(this.#request.file) }, { type: 'close' }];
  }
}

const IDLE: FtpEffect = { type: 'set-timer', timer: 'idle', ms: FTP_IDLE_MS };

const send = (command: string, ...args: readonly (string | number)[]): FtpEffect => ({
  type: 'send',
  frame: encodeFtpLine(command, args),
});
