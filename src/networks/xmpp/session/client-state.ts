// State of a client session (RFC 6120): the phases in the order in which a sign-on passes them.
import { MAX_CONTACTS_TOLD } from '../../../core/contact-list.ts';
import type { ScramStart } from '../wire/scram.ts';
import type { StreamManagement } from './stream-management.ts';
import type { LinkFacts } from './types.ts';

export const CLIENT_PHASES = [
  'idle',
  'features', // plain or encrypted, before authentication
  'upgrading', // STARTTLS asked for
  'authenticating',
  'authenticated', // new stream, features awaited
  'resuming',
  'binding',
  'enabling',
  'online',
  'closed',
] as const;
export type ClientPhase = (typeof CLIENT_PHASES)[number];

export interface ClientOptions {
  /** Bare JID, its local part and domain. */
  readonly address: string;
  readonly local: string;
  readonly domain: string;
  readonly password: string;
  readonly tls: 'starttls' | 'direct' | 'none';
  readonly resource: string;
  /** Fresh for each session. */
  readonly nonce: string;
  /** A decoy wants its stream resumed; a notifier sends again by itself. */
  readonly resumable: boolean;
  /** Whether the roster is asked for and followed: a decoy learns from it who has it on the list. */
  readonly roster: boolean;
}

export interface ClientState {
  readonly phase: ClientPhase;
  readonly options: ClientOptions;
  readonly link: LinkFacts | undefined;
  /** The server's last word in SCRAM must be this; `undefined` where none is due (PLAIN). */
  readonly serverFinal: string | undefined;
  readonly scram: ScramStart | undefined;
  readonly sm: StreamManagement | undefined;
  /** From an earlier connection. */
  readonly resume: StreamManagement | undefined;
  readonly offersSm: boolean;
  readonly jid: string | undefined;
  readonly pings: number;
  readonly awaitingPong: boolean;
  /** The answer to the request of the roster has come. */
  readonly rosterRead: boolean;
  /** Contacts that may still be told on this connection. */
  readonly contactsLeft: number;
}

export function initialClientState(options: ClientOptions, resume?: StreamManagement): ClientState {
  return {
    phase: 'idle',
    options,
    link: undefined,
    serverFinal: undefined,
    scram: undefined,
    sm: undefined,
    resume,
    offersSm: false,
    jid: undefined,
    pings: 0,
    awaitingPong: false,
    rosterRead: false,
    contactsLeft: MAX_CONTACTS_TOLD,
  };
}
