// How many files an account takes: one at a time, and so many of a peer and in all within a day.
const DAY_MS = 24 * 60 * 60_000;
const MAX_OF_PEER = 10;
const MAX_IN_ALL = 500;

export class FileDesk {
  #busy = false;
  #since = 0;
  #all = 0;
  #byPeer = new Map<string, number>();

  /** Whether a file of this peer may be taken now; then nobody else's is until `leave`. */
  enter(peer: string, now: Date): boolean {
    if (now.getTime() - this.#since >= DAY_MS) {
      this.#since = now.getTime();
      this.#all = 0;
      this.#byPeer = new Map();
    }
    const key = peer.toLowerCase();
    const taken = this.#byPeer.get(key) ?? 0;
    if (this.#busy || taken >= MAX_OF_PEER || this.#all >= MAX_IN_ALL) return false;
    this.#busy = true;
    this.#all += 1;
    this.#byPeer.set(key, taken + 1);
    return true;
  }

  leave(): void {
    this.#busy = false;
  }

  /** Nothing came of it: the gate said no. */
  withdraw(peer: string): void {
    const key = peer.toLowerCase();
    this.#busy = false;
    this.#all -= 1;
    this.#byPeer.set(key, (this.#byPeer.get(key) ?? 1) - 1);
  }
}
