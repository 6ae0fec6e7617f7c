// How fast the server lets this account speak: its rate classes, followed as the server reckons them.

import { decodeRateChange, decodeRateInfo, levelAfter, type RateClass, waitFor } from './wire/rates.ts';
import type { Snac } from './wire/snac.ts';
import { SNAC_RATE_CHANGE, SNAC_RATE_INFO } from './wire/snac-types.ts';

interface Level {
  readonly rate: RateClass;
  readonly level: number;
  readonly atMs: number;
  /** The server drops what is sent until the level is at `clear` again. */
  readonly limited: boolean;
}

const LIMITED = 3;
const CLEARED = 4;

export class Pace {
  readonly #levels = new Map<number, Level>();
  #members: ReadonlyMap<number, number> = new Map();

  /** Learns from (01,07) and (01,0A); ignores all else. @throws SundewError WIRE_* */
  learn(snac: Snac, now: Date): void {
    const atMs = now.getTime();
    if (snac.type === SNAC_RATE_INFO) {
      const info = decodeRateInfo(snac.body, true);
      this.#members = info.members;
      for (const rate of info.classes) this.#levels.set(rate.id, { rate, level: rate.current, atMs, limited: false });
    } else if (snac.type === SNAC_RATE_CHANGE) {
      const { code, rate } = decodeRateChange(snac.body);
      const known = this.#levels.get(rate.id);
      if (known === undefined || rate.window === 0) return;
      const limited = code === LIMITED || (known.limited && code !== CLEARED);
      this.#levels.set(rate.id, { rate, level: rate.current, atMs, limited });
    }
  }

  /** Milliseconds until a SNAC of this type may be sent without a warning. */
  delay(type: number, now: Date): number {
    const known = this.#of(type);
    if (known === undefined) return 0;
    const { rate, level, atMs, limited } = known;
    return waitFor(rate, level, now.getTime() - atMs, limited ? rate.clear : rate.alert);
  }

  /** Counts a SNAC that was sent. */
  spend(type: number, now: Date): void {
    const known = this.#of(type);
    if (known === undefined) return;
    const atMs = now.getTime();
    const level = levelAfter(known.rate, known.level, atMs - known.atMs);
    this.#levels.set(known.rate.id, { ...known, level, atMs, limited: known.limited && level < known.rate.clear });
  }

  #of(type: number): Level | undefined {
    const id = this.#members.get(type);
    return id === undefined ? undefined : this.#levels.get(id);
  }
}
