// How much a hostile file may cost. One budget a file handed in, shared by all that is within.

/** The caps of one triage. */
export interface Limits {
  /** Of the file, and of each one within. */
  readonly fileBytes: number;
  /** Unpacked in all. */
  readonly totalBytes: number;
  /** Unpacked bytes to packed ones, an entry. */
  readonly ratio: number;
  readonly entries: number;
  readonly depth: number;
  readonly timeMs: number;
}

export const LIMITS: Limits = {
  fileBytes: 64 * 1024 * 1024,
  totalBytes: 256 * 1024 * 1024,
  ratio: 100,
  entries: 1000,
  depth: 3,
  timeMs: 10_000,
};

/** Below this the ratio says nothing: a page of blanks packs well, too. */
const RATIO_FROM = 1024 * 1024;

export class Budget {
  readonly limits: Limits;
  readonly #nowMs: () => number;
  readonly #untilMs: number;
  #bytes: number;
  #entries: number;

  /** @param nowMs a clock that only goes forward */
  constructor(limits: Limits, nowMs: () => number) {
    this.limits = limits;
    this.#nowMs = nowMs;
    this.#untilMs = nowMs() + limits.timeMs;
    this.#bytes = limits.totalBytes;
    this.#entries = limits.entries;
  }

  /** How many bytes an entry of this packed size may unpack to. */
  room(packedBytes: number): number {
    const { fileBytes, ratio } = this.limits;
    return Math.max(0, Math.min(fileBytes, this.#bytes, Math.max(RATIO_FROM, packedBytes * ratio)));
  }

  spend(bytes: number): void {
    this.#bytes -= bytes;
  }

  /** Whether one more entry may be looked at. */
  takeEntry(): boolean {
    this.#entries -= 1;
    return this.#entries >= 0;
  }

  get late(): boolean {
    return this.#nowMs() > this.#untilMs;
  }
}
