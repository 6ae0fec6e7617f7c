// Whom a notifier may write to at this moment. The store has just been asked; the gate asks here, and fails closed.

export interface Audience {
  /** For the notifier's gate. */
  has(address: string): boolean;
  /** Lets messages to an address through until the result is called. */
  admit(address: string): () => void;
}

export function createAudience(): Audience {
  const admitted = new Map<string, number>();
  return {
    has: (address) => admitted.has(address),
    admit(address) {
      admitted.set(address, (admitted.get(address) ?? 0) + 1);
      return () => {
        const left = (admitted.get(address) ?? 1) - 1;
        if (left > 0) admitted.set(address, left);
        else admitted.delete(address);
      };
    },
  };
}
