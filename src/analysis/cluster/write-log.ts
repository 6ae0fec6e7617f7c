// Changes that can be taken back: the database transaction that a batch belongs to may fail after the batch was clustered.
// All memory of the clusterer is typed arrays of fixed size, so that a change is an array, a place and what stood there.

/** The arrays that are written through a log. */
export type Cells = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** While a checkpoint is open, every write leaves what it overwrote here. */
export class WriteLog {
  #open = false;
  readonly #cells: Cells[] = [];
  readonly #at: number[] = [];
  readonly #old: number[] = [];

  set(cells: Cells, at: number, value: number): void {
    if (this.#open) {
      this.#cells.push(cells);
      this.#at.push(at);
      this.#old.push(cells[at] ?? 0);
    }
    cells[at] = value;
  }

  add(cells: Cells, at: number, more: number): void {
    if (more !== 0) this.set(cells, at, (cells[at] ?? 0) + more);
  }

  /** Starts recording; what was recorded before is kept for good. */
  open(): void {
    this.#clear();
    this.#open = true;
  }

  /** Takes back everything since `open`, last first, and records no longer. */
  rollback(): void {
    for (let step = this.#at.length - 1; step >= 0; step--) {
      const cells = this.#cells[step];
      if (cells !== undefined) cells[this.#at[step] ?? 0] = this.#old[step] ?? 0;
    }
    this.#clear();
    this.#open = false;
  }

  #clear(): void {
    this.#cells.length = 0;
    this.#at.length = 0;
    this.#old.length = 0;
  }
}
