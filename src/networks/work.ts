// Work under way: sends, and captures on their way to the disk. It is waited for before more bytes are read, so that a flood
// is slowed down and not kept in memory.

export class Work {
  /** What has not ended yet, and what failed and was not told yet. */
  readonly #work = new Set<Promise<unknown>>();

  track(work: Promise<unknown>): void {
    this.#work.add(work);
    work.then(
      () => this.#work.delete(work),
      // Handled at once, so that a failure between two reads is no unhandled rejection; `settle` throws it.
      () => undefined,
    );
  }

  /** Until nothing is under way; what is done may bring more. @throws what the first of it to fail threw, once */
  async settle(): Promise<void> {
    while (this.#work.size > 0) {
      const batch = [...this.#work];
      try {
        await Promise.all(batch);
      } finally {
        for (const work of batch) this.#work.delete(work);
      }
    }
  }

  /** Until what is under way now has ended, well or not. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.#work);
  }
}
