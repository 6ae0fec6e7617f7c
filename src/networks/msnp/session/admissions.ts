// Who added the account and is to be let in, as far as the gate allows: once each, a bounded number of them.
import type { CaptureId } from '../../../core/capture.ts';
import type { Intent } from '../../../core/link.ts';
import { LIST_PENDING, LIST_REVERSE, readListEntry, readListNotice } from '../wire/contact-list.ts';
import type { MsnpFrame } from '../wire/frame.ts';
import type { ContactStep, MsnpInput } from './types.ts';

type AcceptContact = Extract<MsnpInput, { type: 'accept-contact' }>;

/** Answers of one session. Lists have an end, too (error 210). */
const MAX_ADMITTED = 500;
/** Contacts that are remembered as dealt with. */
const MAX_HANDLED = 5_000;
const AFTER: Partial<Readonly<Record<ContactStep, ContactStep>>> = { allow: 'settle', settle: 'unpend' };

export class Admissions {
  readonly #dialect: number;
  readonly #handled = new Set<string>();
  readonly #pending = new Set<string>();
  #admitted = 0;

  constructor(dialect: number) {
    this.#dialect = dialect;
  }

  /** A command of the server, and the capture that it became. @returns the answer that goes to the gate, if one does */
  hear(frame: MsnpFrame, cause: CaptureId | undefined): AcceptContact | undefined {
    if (!['ADC', 'ADD', 'LST'].includes(frame.command)) return undefined;
    const contact = frame.command === 'LST' ? readListEntry(frame, this.#dialect) : readListNotice(frame);
    if (contact === undefined) return undefined;
    const key = contact.address.toLowerCase();
    // Dialect 7 lists each list by itself, those who are let in or shut out before those who added the account.
    if ((contact.lists & (LIST_REVERSE | LIST_PENDING)) === 0 && this.#handled.size < MAX_HANDLED)
      this.#handled.add(key);
    if (cause === undefined || this.#handled.has(key) || this.#admitted >= MAX_ADMITTED) return undefined;
    this.#admitted += 1;
    this.#handled.add(key);
    if ((contact.lists & LIST_PENDING) !== 0) this.#pending.add(key);
    const { address } = contact;
    return { type: 'accept-contact', address, step: 'allow', intent: { act: 'accept-contact', peer: address, cause } };
  }

  /** An answer went out. @returns the next one for who is on the pending list */
  sent(token: string, intent: Intent): AcceptContact | undefined {
    const [step = '', address = ''] = token.split(' ');
    const next = AFTER[step as ContactStep];
    if (next === undefined || !this.#pending.has(address.toLowerCase())) return undefined;
    return { type: 'accept-contact', address, step: next, intent };
  }
}
