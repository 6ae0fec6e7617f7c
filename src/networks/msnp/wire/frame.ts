// Cuts the byte stream into commands: a line of arguments, some with a payload whose length the line ends in.
// Lengths count bytes; nothing stands between a payload and the next command. Reference: draft-movva-msn-messenger-protocol-00.
import { concatBytes } from '../../../core/bytes.ts';
import { SundewError } from '../../../core/error.ts';

/** Bytes of a line without its end. */
export const MAX_LINE_BYTES = 8192;
/** Payloads of the notification server: profiles, notices, NOT. */
export const MAX_NOTIFICATION_PAYLOAD = 64 * 1024;
/** Servers close a switchboard over 1664; a little more is read, so that it can be told. */
export const MAX_SWITCHBOARD_PAYLOAD = 8 * 1024;
const MAX_ARGUMENTS = 512;

const LF = 10;
const CR = 13;
const LENGTH = /^\d{1,7}$/;
const COMMAND = /^[A-Z0-9]{3}$/;

export interface MsnpFrame {
  /** Three letters, or the three digits of an error. */
  readonly command: string;
  /** As written, percent-encoding and empty ones included. */
  readonly args: readonly string[];
  readonly payload: Uint8Array | undefined;
  /** The exact bytes, payload included. */
  readonly bytes: Uint8Array;
}

/** Who wrote the bytes: the tables of payload commands differ. */
export type Writer = 'server' | 'client';

export interface FrameLimits {
  readonly from: Writer;
  readonly maxPayload: number;
}

/** Commands with a payload, by writer. `single`: also with the length as the only argument. */
const PAYLOAD: Readonly<Record<Writer, ReadonlySet<string>>> = {
  server: new Set(['MSG', 'NOT', 'GCF', 'UBX', 'UBN', 'UBM', 'IPG', 'ADL', 'RML', 'FQY', 'NFY', 'PUT', 'SDG']),
  client: new Set(['MSG', 'QRY', 'UUX', 'ADL', 'RML', 'FQY', 'UUN', 'UUM', 'PUT', 'DEL', 'SDG', 'VAS', 'SDC']),
};
const SINGLE = new Set(['NOT', 'IPG']);
/** Without a readable length these cannot be stepped over. */
const ALWAYS = new Set(['MSG', 'NOT', 'IPG']);

/**
 * Takes one command off the buffer.
 * @returns undefined until it is complete
 * @throws SundewError WIRE_TOO_LARGE, WIRE_MALFORMED; nothing after such bytes can be read
 */
export function takeFrame(
  buffer: Uint8Array,
  limits: FrameLimits,
): { readonly frame: MsnpFrame; readonly rest: Uint8Array } | undefined {
  const end = buffer.subarray(0, MAX_LINE_BYTES + 2).indexOf(LF);
  if (end === -1) {
    if (buffer.length > MAX_LINE_BYTES + 1) throw tooLarge(`a line over ${MAX_LINE_BYTES} bytes`);
    return undefined;
  }
  const line = Buffer.from(buffer.subarray(0, buffer[end - 1] === CR ? end - 1 : end)).toString('utf8');
  const [command = '', ...args] = line.split(' ', MAX_ARGUMENTS + 2);
  if (!COMMAND.test(command)) throw malformed('a line that begins with no command');
  if (args.length > MAX_ARGUMENTS) throw tooLarge(`more than ${MAX_ARGUMENTS} arguments`);
  const length = payloadLength(command, args, limits);
  const total = end + 1 + (length ?? 0);
  if (buffer.length < total) return undefined;
  const payload = length === undefined ? undefined : buffer.subarray(end + 1, total);
  return { frame: { command, args, payload, bytes: buffer.subarray(0, total) }, rest: buffer.subarray(total) };
}

function payloadLength(command: string, args: readonly string[], limits: FrameLimits): number | undefined {
  if (!PAYLOAD[limits.from].has(command)) return undefined;
  const last = args.at(-1) ?? '';
  if (!LENGTH.test(last)) {
    if (ALWAYS.has(command)) throw malformed(`${command} without a length`);
    return undefined; // an acknowledgement, such as `ADL 6 OK`
  }
  if (args.length < 2 && !SINGLE.has(command)) return undefined; // the number is a transaction
  const length = Number(last);
  if (length > limits.maxPayload) throw tooLarge(`${command} of ${length} bytes, over ${limits.maxPayload}`);
  return length;
}

/** Adds a chunk: what it completes, and what stays open. A broken stream is said after the whole frames before it. */
export function takeFrames(
  open: Uint8Array,
  chunk: Uint8Array,
  limits: FrameLimits,
): { readonly frames: readonly MsnpFrame[]; readonly rest: Uint8Array; readonly broken?: SundewError } {
  const frames: MsnpFrame[] = [];
  let rest = open.length === 0 ? chunk : concatBytes([open, chunk]);
  try {
    for (let taken = takeFrame(rest, limits); taken !== undefined; taken = takeFrame(rest, limits)) {
      frames.push(taken.frame);
      rest = taken.rest;
    }
  } catch (error) {
    if (!(error instanceof SundewError)) throw error;
    return { frames, rest, broken: error };
  }
  return { frames, rest: Uint8Array.from(rest) };
}

/** Encodes a command. Arguments must be encoded already. @throws SundewError INPUT_INVALID for one that would break out */
export function encodeFrame(command: string, args: readonly (string | number)[], payload?: Uint8Array): Uint8Array {
  const words = [command, ...args, ...(payload === undefined ? [] : [payload.length])].map(String);
  for (const word of words) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these would end the argument or the line
    if (/[\x00\r\n ]/.test(word))
      throw new SundewError('INPUT_INVALID', `${command}: an argument with a blank or line end`);
  }
  const line = Buffer.from(`${words.join(' ')}\r\n`, 'utf8');
  return payload === undefined ? new Uint8Array(line) : concatBytes([line, payload]);
}

const tooLarge = (what: string): SundewError => new SundewError('WIRE_TOO_LARGE', `MSNP: ${what}`);
const malformed = (what: string): SundewError => new SundewError('WIRE_MALFORMED', `MSNP: ${what}`);
