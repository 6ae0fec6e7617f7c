// One error class, one catalogue of codes. `WIRE_*` is the peer's fault, everything else is ours or the operator's.
// docs/errors.md lists every code; a test fails when the two differ.

export const ERROR_CODES = {
  WIRE_MALFORMED: 'bytes that no honest peer sends',
  WIRE_TOO_LARGE: 'a frame, field, count or nesting over its named maximum',
  WIRE_CLOSED: 'the far side closed the connection',
  LINK_REFUSED: 'no connection could be opened',
  LINK_TIMEOUT: 'the far side did not answer in time',
  LINK_UNVERIFIED: 'the link is not encrypted or its certificate is not trusted, so no credentials were sent',
  GATE_DENIED: 'the rules of engagement do not allow this frame',
  DECOY_LOGIN_REFUSED: 'the server refused the name or password',
  DECOY_BANNED: 'the server banned the account or the address',
  DECOY_CONFLICT: 'the account signed on elsewhere',
  DECOY_UNSUPPORTED: 'the server lacks something the decoy needs',
  DECOY_EXISTS: 'a decoy of this name is already configured',
  DECOY_UNKNOWN: 'no decoy of this name is configured',
  CAPTURE_INVALID: 'a capture record does not have the documented form',
  JOURNAL_UNWRITABLE: 'the evidence journal cannot be written',
  JOURNAL_CORRUPT: 'the evidence journal does not verify',
  JOURNAL_ERASED: 'the content was erased on purpose',
  CONFIG_INVALID: 'a setting is unknown or wrong',
  DATA_LOCKED: 'another process owns the data directory',
  CONTROL_UNREACHABLE: 'the running Sundew did not answer on its control socket',
  STORE_UNAVAILABLE: 'the database cannot be reached or started',
  STORE_NEWER: 'the database was written by a newer version of Sundew or PostgreSQL',
  STORE_FULL: 'the disk that holds the database or the journal is full',
  ANALYSIS_FAILED: 'a capture could not be analysed',
  THREAT_UNKNOWN: 'no threat of this id is in the knowledge base',
  THREAT_CONFLICT: 'the threat was changed by someone else in the meantime',
  RETRACTION_CONFLICT: 'it is retracted already, or it is not retracted',
  SUBSCRIBER_INVALID: 'the address, network or severity of a subscription is wrong',
  SUBSCRIBER_REFUSED: 'this address may not be subscribed',
  SUBSCRIBER_UNKNOWN: 'no subscriber, or no longer a valid link',
  CHANNEL_REFUSED: 'the alert channel refused the message for good',
  CHANNEL_RETRY: 'the alert channel could not take the message now',
  INPUT_INVALID: 'a request or an input file does not have the documented form',
  NOT_FOUND: 'there is no such thing',
  NOT_ALLOWED: 'the caller may not do this',
  USAGE: 'the command was called wrongly',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** What is wrong at one place of a request; `at` is a path in its body, as `entry.relations.0.threat`. */
export interface FieldFault {
  readonly at: string;
  readonly message: string;
}

/** The one error of Sundew: a code of the catalogue, a sentence that says what, where and what to do, and the cause. */
export class SundewError extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldFault[];

  constructor(
    code: ErrorCode,
    message: string,
    options: ErrorOptions & { readonly fields?: readonly FieldFault[] } = {},
  ) {
    const { fields = [], ...rest } = options;
    super(message, rest);
    this.name = 'SundewError';
    this.code = code;
    this.fields = fields;
  }
}

/** Whether a thrown value is a SundewError, optionally of one code. */
export function isSundewError(error: unknown, code?: ErrorCode): error is SundewError {
  return error instanceof SundewError && (code === undefined || error.code === code);
}

/** Marks a case that the types rule out. */
export function unreachable(value: never): never {
  throw new TypeError(`unreachable: ${JSON.stringify(value)}`);
}

/** The message of any thrown value, for one line of a log. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
