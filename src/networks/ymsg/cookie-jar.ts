// The cookies of an account between its sign-ons, and over restarts where its keepsake lasts.
import type { Keepsake } from '../../core/keepsake.ts';
import { MAX_COOKIE } from './session/cookies.ts';
import type { Cookies } from './session/types.ts';

interface Kept extends Cookies {
  /** They were shown, and no sign-on has come of it so far. */
  readonly shown: boolean;
}

/**
 * Cookies to show at the sign-on that begins now. What was shown without a sign-on coming of it is held back once: a
 * server may leave stale cookies unanswered, another (escargot) leaves their absence unanswered.
 */
export async function takeCookies(keepsake: Keepsake): Promise<Cookies | undefined> {
  const kept = parse(await keepsake.load());
  if (kept === undefined) return undefined;
  await keepsake.save(JSON.stringify({ ...kept, shown: !kept.shown }));
  return kept.shown ? undefined : { y: kept.y, t: kept.t };
}

/** After a sign-on: keeps the new cookies, or those before when the server gave none. */
export async function keepCookies(keepsake: Keepsake, cookies: Cookies | undefined): Promise<void> {
  const kept = cookies ?? parse(await keepsake.load());
  if (kept !== undefined) await keepsake.save(JSON.stringify({ y: kept.y, t: kept.t, shown: false }));
}

function parse(text: string | undefined): Kept | undefined {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    if (typeof value !== 'object' || value === null || !('y' in value) || !('t' in value)) return undefined;
    const { y, t } = value;
    if (!isCookie(y) || !isCookie(t)) return undefined;
    return { y, t, shown: 'shown' in value && value.shown === true };
  } catch {
    return undefined; // a file that somebody edited: as if there were none
  }
}

function isCookie(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_COOKIE && /^[\x21-\x7e]+$/.test(value);
}
