// Contacts on the wire: LST by dialect, and the notices that someone added or removed the decoy.
import type { MsnpFrame } from './frame.ts';
import { decodePercent } from './percent.ts';

const LIST_FORWARD = 1;
const LIST_ALLOW = 2;
const LIST_BLOCK = 4;
export const LIST_REVERSE = 8;
export const LIST_PENDING = 16;
const MAX_NAME = 2048;
const BITS: ReadonlyMap<string, number> = new Map([
  ['FL', LIST_FORWARD],
  ['AL', LIST_ALLOW],
  ['BL', LIST_BLOCK],
  ['RL', LIST_REVERSE],
  ['PL', LIST_PENDING],
]);

export interface Contact {
  readonly address: string;
  readonly name: string;
  readonly lists: number;
}

/** Reads `LST` of a dialect. @returns undefined for an empty list and for what names nobody */
export function readListEntry(frame: MsnpFrame, dialect: number): Contact | undefined {
  const args = frame.args.filter((arg) => arg !== '');
  if (dialect >= 10) return readFields(args, (rest) => numberOf(rest[0]));
  if (dialect >= 8) return contact(args[0], args[1], numberOf(args[2]));
  // `t FL ser i n mail name …`, or `t RL ser 0 0` for an empty list.
  return contact(args[5], args[6], BITS.get(args[1] ?? '') ?? 0);
}

/** Reads `ADC`, `ADD` or `REM` that came unasked. @returns undefined for an answer to a request of our own */
export function readListNotice(frame: MsnpFrame): Contact | undefined {
  const [transaction, list = '', ...rest] = frame.args.filter((arg) => arg !== '');
  const lists = BITS.get(list) ?? 0;
  if (transaction !== '0' || lists === 0) return undefined;
  if (frame.command === 'ADC') return readFields(rest, () => lists);
  // ADD and REM of dialects up to 9 carry a serial number before the address.
  const numbered = /^\d+$/.test(rest[0] ?? '');
  return contact(rest[numbered ? 1 : 0], rest[numbered ? 2 : 1], lists);
}

/** `X=` fields in any order, then what is positional. */
function readFields(args: readonly string[], lists: (rest: readonly string[]) => number): Contact | undefined {
  const fields = new Map<string, string>();
  const rest: string[] = [];
  for (const arg of args) {
    if (/^[A-Z]=/.test(arg)) fields.set(arg.slice(0, 1), arg.slice(2));
    else rest.push(arg);
  }
  return contact(fields.get('N'), fields.get('F'), lists(rest));
}

function contact(address: string | undefined, name: string | undefined, lists: number): Contact | undefined {
  if (address === undefined || address === '') return undefined;
  return {
    address: decodePercent(address).slice(0, MAX_NAME),
    name: decodePercent(name ?? '').slice(0, MAX_NAME),
    lists,
  };
}

const numberOf = (text: string | undefined): number => (/^\d{1,5}$/.test(text ?? '') ? Number(text) : 0);
