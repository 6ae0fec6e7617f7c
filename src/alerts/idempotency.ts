// One key for each message to each subscriber: a second insert of the same is nothing.
import { createHash } from 'node:crypto';

/** @param what the alert's id, the request's id or the day of a budget notice */
export function idempotencyKey(purpose: string, what: string, revision: number, subscriber: string): string {
  return createHash('sha256').update(`${purpose}|${what}|${revision}|${subscriber}`).digest('hex');
}
