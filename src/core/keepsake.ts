// A small secret that a network gives an account and wants to see again, also after a restart.

/** Holds one text for one account. A secret: never logged, never evidence. */
export interface Keepsake {
  /** @returns undefined when there is none, or none that can be read */
  load(): Promise<string | undefined>;
  /** Keeps a text in the place of the one before. Never rejects: what cannot be kept is logged, and missed later. */
  save(text: string): Promise<void>;
}

/** A keepsake for as long as the process lives. */
export function memoryKeepsake(): Keepsake {
  let kept: string | undefined;
  return {
    load: () => Promise.resolve(kept),
    save: (text) => {
      kept = text;
      return Promise.resolve();
    },
  };
}
