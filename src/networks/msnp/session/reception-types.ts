// What the two ways of receiving a file hear in a conversation, and what they want done.
import type { CaptureDraft, CapturedFile, CaptureId, Peer } from '../../../core/capture.ts';
import type { Intent } from '../../../core/link.ts';
import type { P2pChunk } from '../wire/p2p.ts';
import type { SlpMessage } from '../wire/slp.ts';

/** A word of a conversation that may concern a transfer. */
export type TransferWord =
  /** A whole MSNSLP message, with its last chunk. */
  | { readonly type: 'slp'; readonly slp: SlpMessage; readonly last: P2pChunk }
  | { readonly type: 'data'; readonly chunk: P2pChunk }
  /** An MSNFTP offer. */
  | { readonly type: 'invitation'; readonly cookie: string }
  /** Its sender tells where it listens. */
  | {
      readonly type: 'listening';
      readonly cookie: string;
      readonly host: string;
      readonly port: number;
      readonly authCookie: string;
    }
  | { readonly type: 'cancelled'; readonly cookie: string };

/** Who said it, and the capture that it became, if it became one. */
export interface Hearing {
  readonly peer: Peer;
  readonly cause?: CaptureId | undefined;
  /** The file of a `file-offer`. */
  readonly offered?: CapturedFile | undefined;
}

/** An address of a sender, to be looked at before it is dialled. */
export interface FtpAddress {
  readonly host: string;
  readonly port: number;
  readonly authCookie: string;
}

export type ReceptionEffect =
  /** A payload of MSG; the token tells whose outcome the gate's word is. */
  | {
      readonly type: 'say';
      readonly payload: Uint8Array;
      readonly wanted: 'D' | 'N';
      readonly intent: Intent;
      readonly token: string;
    }
  | { readonly type: 'emit'; readonly draft: CaptureDraft; readonly raw: Uint8Array }
  | {
      readonly type: 'fetch';
      readonly at: FtpAddress;
      readonly peer: Peer;
      readonly file: CapturedFile;
      readonly intent: Intent;
    }
  /** Wakes the reception after so long. */
  | { readonly type: 'set-timer'; readonly ms: number };

export type ReceptionEffects = readonly ReceptionEffect[];
