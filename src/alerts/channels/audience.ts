// Whom a notifier may write to at this moment. The store has just been asked; the gate asks here, and fails closed.

export interface Audience {
  /** For the notifier's gate: an alert or a confirmation to this address is being sent. */
  mayNotify(address: string): boolean;
  /** For the notifier's gate: a command from this address is being answered. */
  mayAnswer(address: string): boolean;
  /** Lets messages to an address through until the result is called. */
  admit(act: 'notify' | 'answer', address: string): () => void;
}

export function createAudience(): Audience {
  const admitted = new Map<string, number>();
  return {
    mayNotify: (address) => admitted.has(`notify ${address}`),
    mayAnswer: (address) => admitted.has(`answer ${address}`),
    admit(act, address) {
      const key = `${act} ${address}`;
      admitted.set(key, (admitted.get(key) ?? 0) + 1);
      return () => {
        const left = (admitted.get(key) ?? 1) - 1;
        if (left > 0) admitted.set(key, left);
        else admitted.delete(key);
      };
    },
  };
}
