// Tells an end of the connection from faults of our own.
import { isSundewError } from '../core/error.ts';

/** Whether a thrown value is one of Node's socket errors: they carry a system code such as ECONNRESET or EPIPE. */
export function isConnectionError(error: unknown): boolean {
  if (isSundewError(error) || !(error instanceof Error)) return false;
  return 'code' in error && typeof error.code === 'string' && error.code.startsWith('E');
}

/** Whether a thrown value says that the connection broke: a session then ends as if the far side had closed it. */
export function isBreak(error: unknown): boolean {
  return isSundewError(error, 'WIRE_CLOSED') || isConnectionError(error);
}
