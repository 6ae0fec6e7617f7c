// Changes that can be taken back: the database transaction that a batch belongs to may fail after the batch was clustered.

/** While a checkpoint is open, every change leaves its opposite here. */
export class UndoLog {
  #steps: (() => void)[] | undefined;

  /** Starts recording; what was recorded before is kept for good. */
  open(): void {
    this.#steps = [];
  }

  record(undo: () => void): void {
    this.#steps?.push(undo);
  }

  /** Takes back everything since `open`, last first. */
  rollback(): void {
    const steps = this.#steps ?? [];
    this.#steps = undefined;
    for (let at = steps.length - 1; at >= 0; at--) steps[at]?.();
  }
}
