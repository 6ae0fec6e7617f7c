// Tells a database that is away or full from a statement that is wrong. Never by the text of a message.
import pg from 'pg';
import { isSundewError, messageOf, SundewError } from '../core/error.ts';

/** PostgreSQL's SQLSTATE classes and codes (PostgreSQL 18 manual, appendix A). */
const DISK_FULL = '53100';
const TRANSIENT_STATES = new Set(['40001', '40P01', '55P03', '57P01', '57P02', '57P03', '53300']);
const AWAY_STATES = new Set(['57P01', '57P02', '57P03', '53300', '3D000']);
const CONNECTION_CLASS = '08';
const AUTHORISATION_CLASS = '28';

function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** `pg` reports a lost connection as a system error or a plain Error, without an SQLSTATE; our mistakes are subclasses. */
function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof pg.DatabaseError || error instanceof SundewError) return false;
  if (error instanceof AggregateError) return true; // every address of a host refused
  return 'syscall' in error || Object.getPrototypeOf(error) === Error.prototype;
}

/**
 * The error as callers see it: STORE_UNAVAILABLE when the database is away, STORE_FULL when its disk is full, and
 * otherwise the error itself (a violated constraint stays a `pg.DatabaseError`).
 */
export function toStoreError(error: unknown): unknown {
  const state = sqlState(error);
  if (state === DISK_FULL) {
    return new SundewError('STORE_FULL', 'the disk that holds the database is full: free some space', { cause: error });
  }
  const away =
    state === undefined
      ? isConnectionLoss(error)
      : AWAY_STATES.has(state) || state.startsWith(CONNECTION_CLASS) || state.startsWith(AUTHORISATION_CLASS);
  if (!away) return error;
  return new SundewError('STORE_UNAVAILABLE', `the database cannot be reached (${messageOf(error)})`, { cause: error });
}

/** Whether the same work may succeed when it is tried again: a lost connection, a deadlock, a serialization failure. */
export function isTransient(error: unknown): boolean {
  if (isSundewError(error, 'STORE_UNAVAILABLE')) return error.cause === undefined || isTransient(error.cause);
  const state = sqlState(error);
  if (state === undefined) return isConnectionLoss(error);
  return TRANSIENT_STATES.has(state) || state.startsWith(CONNECTION_CLASS);
}
