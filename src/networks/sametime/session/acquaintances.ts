// Who opened a channel lately: the next one of the same peer is accepted on the strength of the first capture, so that
// opening and closing channels in a loop makes no flood of captures.
import type { CaptureId } from '../../../core/capture.ts';

const RECENT_MS = 10 * 60_000;
const MAX_KNOWN = 500;
/** The gate remembers the last thousand captures; an older one is no cause any more. */
const MAX_CAPTURES_SINCE = 500;

interface Acquaintance {
  readonly capture: CaptureId;
  readonly atMs: number;
  readonly count: number;
}

export class Acquaintances {
  readonly #known = new Map<string, Acquaintance>();
  #count = 0;

  /** One more thing was captured. */
  touched(): void {
    this.#count += 1;
  }

  remember(peer: string, capture: CaptureId, now: Date): void {
    this.#known.delete(peer);
    this.#known.set(peer, { capture, atMs: now.getTime(), count: this.#count });
    if (this.#known.size <= MAX_KNOWN) return;
    const oldest = this.#known.keys().next();
    if (oldest.done !== true) this.#known.delete(oldest.value);
  }

  forget(peer: string): void {
    this.#known.delete(peer);
  }

  recent(peer: string, now: Date): CaptureId | undefined {
    const known = this.#known.get(peer);
    if (known === undefined) return undefined;
    if (now.getTime() - known.atMs < RECENT_MS && this.#count - known.count < MAX_CAPTURES_SINCE) return known.capture;
    this.#known.delete(peer);
    return undefined;
  }
}
