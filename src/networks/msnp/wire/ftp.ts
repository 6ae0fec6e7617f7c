// MSNFTP: a few lines, then the file in blocks of a 3-byte header and data. The receiver connects to the sender.
import { concatBytes } from '../../../core/bytes.ts';
import { SundewError } from '../../../core/error.ts';

/** Bytes of a line with its end. */
export const MAX_FTP_LINE_BYTES = 512;
const BLOCK_HEADER_BYTES = 3;
const LF = 10;

/** `BYE` of a receiver who has it all. */
export const FTP_TAKEN = 16_777_989;

export interface FtpLine {
  /** `VER`, `USR`, `FIL`, `TFR`, `CCL`, `BYE`. */
  readonly command: string;
  readonly args: readonly string[];
}

export interface FtpBlock {
  /** The end of the file, or its sender's change of mind. */
  readonly end: boolean;
  readonly data: Uint8Array;
}

/** Takes one line. @returns undefined until it is complete @throws SundewError WIRE_TOO_LARGE, WIRE_MALFORMED */
export function takeFtpLine(buffer: Uint8Array): { readonly line: FtpLine; readonly rest: Uint8Array } | undefined {
  const end = buffer.subarray(0, MAX_FTP_LINE_BYTES).indexOf(LF);
  if (end === -1) {
    if (buffer.length < MAX_FTP_LINE_BYTES) return undefined;
    throw new SundewError('WIRE_TOO_LARGE', `MSNFTP: a line over ${MAX_FTP_LINE_BYTES} bytes`);
  }
  const [command = '', ...args] = Buffer.from(buffer.subarray(0, end)).toString('utf8').trimEnd().split(' ');
  if (!/^[A-Z]{3}$/.test(command))
    throw new SundewError('WIRE_MALFORMED', 'MSNFTP: a line that begins with no command');
  return { line: { command, args }, rest: buffer.subarray(end + 1) };
}

/** Takes one block. @returns undefined until it is complete @throws SundewError WIRE_MALFORMED */
export function takeFtpBlock(buffer: Uint8Array): { readonly block: FtpBlock; readonly rest: Uint8Array } | undefined {
  const [mark, low, high] = buffer;
  if (mark !== undefined && mark > 1) throw new SundewError('WIRE_MALFORMED', `MSNFTP: a block of kind ${mark}`);
  if (mark === undefined || low === undefined || high === undefined) return undefined;
  const end = BLOCK_HEADER_BYTES + low + high * 256;
  if (buffer.length < end) return undefined;
  return { block: { end: mark === 1, data: buffer.subarray(BLOCK_HEADER_BYTES, end) }, rest: buffer.subarray(end) };
}

export function encodeFtpLine(command: string, args: readonly (string | number)[] = []): Uint8Array {
  const words = [command, ...args].map(String);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these would end the argument or the line
  if (words.some((word) => /[\x00\r\n ]/.test(word))) {
    throw new SundewError('INPUT_INVALID', `MSNFTP ${command}: an argument with a blank or line end`);
  }
  return new Uint8Array(Buffer.from(`${words.join(' ')}\r\n`, 'utf8'));
}

/** A block of at most 65,535 bytes; senders use 2,045. */
export function encodeFtpBlock({ end, data }: FtpBlock): Uint8Array {
  return concatBytes([Uint8Array.of(end ? 1 : 0, data.length & 0xff, data.length >> 8), data]);
}
