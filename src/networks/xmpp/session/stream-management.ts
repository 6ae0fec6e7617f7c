// XEP-0198: what we have taken responsibility for. Counts a stanza as handled only once its capture is durable.

export interface StreamManagement {
  /** Resumption id, when the server allows to resume. */
  readonly id: string | undefined;
  /** The full JID that was bound. */
  readonly jid: string;
  /** Stanzas received since `<enabled/>`. */
  readonly received: number;
  /** Number of the last stanza that is handled, as are all before it. */
  readonly handled: number;
  /** Arrivals emitted and not yet stored. */
  readonly open: number;
  /** The last `h` told to the server. */
  readonly told: number;
  /** The server asked while something was still being stored. */
  readonly owed: boolean;
}

/** XEP-0198 4: `h` wraps at 2^32. */
const WRAP = 0x1_0000_0000;
/** Stanzas after which the server is told without having asked. */
const TELL_EVERY = 16;

export function startManagement(id: string | undefined, jid: string): StreamManagement {
  return { id, jid, received: 0, handled: 0, open: 0, told: 0, owed: false };
}

/** Back on a resumed stream: what was not stored comes again. */
export function resumeManagement(sm: StreamManagement): StreamManagement {
  return { ...sm, received: sm.handled, open: 0, told: sm.handled, owed: false };
}

/** A stanza came; `emitted` when it is being stored. */
export function countReceived(sm: StreamManagement, emitted: boolean): StreamManagement {
  const received = sm.received + 1;
  if (emitted) return { ...sm, received, open: sm.open + 1 };
  return { ...sm, received, handled: sm.open === 0 ? received : sm.handled };
}

/** The stanza of this number is durable. */
export function countStored(sm: StreamManagement, seq: number): StreamManagement {
  const open = Math.max(0, sm.open - 1);
  return { ...sm, open, handled: open === 0 ? sm.received : Math.max(sm.handled, Math.min(seq, sm.received)) };
}

/** The server must be told: it asked and the answer has changed, or much has been stored since. */
export function shouldTell(sm: StreamManagement): boolean {
  return sm.handled > sm.told && ((sm.owed && sm.open === 0) || sm.handled - sm.told >= TELL_EVERY);
}

export function told(sm: StreamManagement): StreamManagement {
  return { ...sm, told: sm.handled, owed: sm.handled < sm.received };
}

/** The value of `h` on the wire. */
export function wireCount(count: number): string {
  return String(count % WRAP);
}

/** How many of ours the server has, from its `h` and what we know it had. @returns undefined when it makes no sense */
export function parseCount(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) && Number(text) < WRAP ? Number(text) : undefined;
}
