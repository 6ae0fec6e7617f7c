// Time and chance are passed in, never taken from the air, so that tests and replays own them.

export interface Clock {
  now(): Date;
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A number in [0, 1). */
export type Random = () => number;

/** Two streams (STYLE 10): this one is for operators. Fields never hold secrets; peer bytes never act as a format. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** A log that drops everything, for tests and one-shot commands. */
const drop = (): undefined => undefined;
export const SILENT: Log = { info: drop, warn: drop, error: drop };
