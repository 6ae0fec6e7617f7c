// Events by time in flat arrays: a binary heap that grows by doubling.

export class EventHeap {
  #times = new Float64Array(1_024);
  #items = new Int32Array(1_024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** When the next event is due; infinite when there is none. */
  get nextTime(): number {
    return this.#size === 0 ? Number.POSITIVE_INFINITY : (this.#times[0] ?? 0);
  }

  add(time: number, item: number): void {
    if (this.#size === this.#items.length) this.#grow();
    let at = this.#size;
    this.#size += 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.#times[parent] ?? 0;
      if (above <= time) break;
      this.#times[at] = above;
      this.#items[at] = this.#items[parent] ?? 0;
      at = parent;
    }
    this.#times[at] = time;
    this.#items[at] = item;
  }

  /** The earliest item, taken off; −1 when empty. */
  take(): number {
    if (this.#size === 0) return -1;
    const first = this.#items[0] ?? 0;
    this.#size -= 1;
    const [time, item] = [this.#times[this.#size] ?? 0, this.#items[this.#size] ?? 0];
    let at = 0;
    for (let child = 1; child < this.#size; child = 2 * at + 1) {
      if (child + 1 < this.#size && (this.#times[child + 1] ?? 0) < (this.#times[child] ?? 0)) child += 1;
      const below = this.#times[child] ?? 0;
      if (below >= time) break;
      this.#times[at] = below;
      this.#items[at] = this.#items[child] ?? 0;
      at = child;
    }
    this.#times[at] = time;
    this.#items[at] = item;
    return first;
  }

  #grow(): void {
    const [times, items] = [new Float64Array(this.#times.length * 2), new Int32Array(this.#items.length * 2)];
    times.set(this.#times);
    items.set(this.#items);
    [this.#times, this.#items] = [times, items];
  }
}
