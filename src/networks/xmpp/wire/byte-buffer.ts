// A buffer that grows by doubling up to a named maximum and never beyond.

/** Collects bytes up to `max`; what comes after is counted, not kept. */
export class BoundedBuffer {
  readonly #max: number;
  #bytes = new Uint8Array(1024);
  #length = 0;
  #seen = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** Bytes that were added, kept or not. */
  get seen(): number {
    return this.#seen;
  }

  /** True once more was added than may be kept. */
  get over(): boolean {
    return this.#seen > this.#max;
  }

  add(bytes: Uint8Array): void {
    this.#seen += bytes.length;
    const keep = Math.min(bytes.length, this.#max - this.#length);
    if (keep <= 0) return;
    const needed = this.#length + keep;
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.min(this.#max, Math.max(needed, this.#bytes.length * 2)));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(bytes.subarray(0, keep), this.#length);
    this.#length = needed;
  }

  /** A copy of what is kept, at most `max` bytes of it. */
  copy(max = this.#max): Uint8Array {
    return this.#bytes.slice(0, Math.min(max, this.#length));
  }

  clear(): void {
    this.#length = 0;
    this.#seen = 0;
    if (this.#bytes.length > 16_384) this.#bytes = new Uint8Array(1024);
  }
}
