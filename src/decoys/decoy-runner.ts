// Keeps one decoy signed on: connects, waits after a failure, stops for good after a fatal one.
import type { Capture } from '../core/capture.ts';
import { type Decoy, type DecoyState, FATAL_DECOY_ERRORS } from '../core/decoy.ts';
import { isSundewError, messageOf } from '../core/error.ts';
import type { Level } from '../core/link.ts';
import type { Network } from '../core/network.ts';
import { BackOff } from './back-off.ts';
import type { DecoyConfig } from './decoy-config.ts';
import { type DecoyEnvironment, equip } from './equip.ts';
import type { Turnstile } from './turnstile.ts';

/** A sign-on that takes longer lets the next decoy of the same server try. */
const TURN_MS = 30_000;

/** What an operator sees of a decoy. */
export interface DecoyStatus {
  readonly name: string;
  readonly network: Network;
  readonly address: string;
  readonly mode?: string;
  readonly enabled: boolean;
  readonly state: DecoyState | 'stopped' | 'disabled';
  /** One sentence, while something is wrong. */
  readonly problem?: string;
  /** Since when the state holds, RFC 3339. */
  readonly since: string;
  /** Since when it has not been online although it is enabled, RFC 3339; tries in between do not end it, a restart does. */
  readonly downSince?: string;
  /** Since this process started. */
  readonly captures: number;
  readonly lastCapture?: string;
  readonly level: Level;
  readonly simulated: boolean;
}

export class DecoyRunner {
  readonly config: DecoyConfig;
  readonly decoy: Decoy;
  readonly #environment: DecoyEnvironment;
  readonly #turnstile: Turnstile;
  readonly #onChange: () => void;
  #state: DecoyStatus['state'] = 'disabled';
  #problem: string | undefined;
  #since: Date;
  #onlineSince: Date | undefined;
  #downSince: Date | undefined;
  #captures = 0;
  #lastCapture: string | undefined;
  #running: { readonly controller: AbortController; readonly done: Promise<void> } | undefined;
  #leaveTurn: () => void = () => undefined;

  constructor(of: {
    config: DecoyConfig;
    decoy: Decoy;
    environment: DecoyEnvironment;
    turnstile: Turnstile;
    onChange: () => void;
  }) {
    this.config = of.config;
    this.decoy = of.decoy;
    this.#environment = of.environment;
    this.#turnstile = of.turnstile;
    this.#onChange = of.onChange;
    this.#since = of.environment.clock.now();
  }

  /** Begins after `delayMs`; does nothing while it runs. */
  start(delayMs: number): void {
    if (this.#running !== undefined) return;
    const controller = new AbortController();
    this.#problem = undefined;
    this.#set('connecting');
    this.#running = { controller, done: this.#run(delayMs, controller.signal) };
  }

  /** Signs off and waits for the end. */
  async stop(): Promise<void> {
    const running = this.#running;
    running?.controller.abort(new Error('the decoy is to sign off'));
    await running?.done;
    this.#running = undefined;
    this.#problem = undefined;
    this.#set('disabled');
  }

  status(): DecoyStatus {
    const { network, address } = this.decoy;
    return {
      name: this.config.name,
      network,
      address,
      ...('mode' in this.config ? { mode: this.config.mode } : {}),
      enabled: this.#running !== undefined,
      state: this.#state,
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
      since: this.#since.toISOString(),
      ...(this.#downSince === undefined ? {} : { downSince: this.#downSince.toISOString() }),
      captures: this.#captures,
      ...(this.#lastCapture === undefined ? {} : { lastCapture: this.#lastCapture }),
      level: this.#environment.engagement.level({ network, decoy: this.config.name }),
      simulated: this.#environment.simulated,
    };
  }

  #set(state: DecoyStatus['state']): void {
    const now = this.#environment.clock.now();
    if (state === 'online') {
      this.#problem = undefined;
      this.#onlineSince ??= now;
      this.#leaveTurn();
    }
    this.#downSince = state === 'online' || state === 'disabled' ? undefined : (this.#downSince ?? now);
    if (state === this.#state) return;
    this.#state = state;
    this.#since = now;
    this.#onChange();
  }

  #captured(capture: Capture): void {
    this.#captures += 1;
    this.#lastCapture = capture.at;
  }

  async #run(delayMs: number, signal: AbortSignal): Promise<void> {
    const { clock, log, random } = this.#environment;
    const backOff = new BackOff(random);
    try {
      if (delayMs > 0) await clock.sleep(delayMs, signal);
      while (!signal.aborted) {
        const error = await this.#connect(signal);
        if (signal.aborted) return;
        const onlineMs = this.#onlineSince === undefined ? 0 : clock.now().getTime() - this.#onlineSince.getTime();
        this.#onlineSince = undefined;
        const waitMs = this.#waitAfter(error, backOff, onlineMs);
        this.#problem = messageOf(error ?? 'the server closed the connection');
        const { name } = this.config;
        const code = isSundewError(error) ? error.code : undefined;
        if (waitMs === undefined) {
          log.error({ decoy: name, code, cause: this.#problem }, 'decoy stopped');
          this.#set('stopped');
          return;
        }
        log.warn(
          { decoy: name, code, cause: this.#problem, waitMs: Math.round(waitMs) },
          'decoy offline, will try again',
        );
        this.#set('offline');
        await clock.sleep(waitMs, signal);
      }
    } catch (error) {
      if (signal.aborted) return;
      this.#problem = messageOf(error);
      this.#set('stopped');
      log.error({ decoy: this.config.name, cause: this.#problem }, 'decoy stopped');
    }
  }

  #waitAfter(error: unknown, backOff: BackOff, onlineMs: number): number | undefined {
    if (FATAL_DECOY_ERRORS.some((code) => isSundewError(error, code))) return undefined;
    return isSundewError(error, 'DECOY_CONFLICT') ? backOff.nextAfterConflict(onlineMs) : backOff.next(onlineMs);
  }

  /** One connection. @returns what ended it */
  async #connect(signal: AbortSignal): Promise<unknown> {
    this.#set('connecting');
    const leave = await this.#turnstile.enter(serverOf(this.config), signal);
    const turn = new AbortController();
    const timer = AbortSignal.any([signal, turn.signal]);
    void this.#environment.clock.sleep(TURN_MS, timer).then(leave, leave);
    this.#leaveTurn = () => turn.abort();
    const context = equip(this.config, this.decoy, this.#environment, {
      onState: (state) => {
        if (!signal.aborted) this.#set(state);
      },
      onCapture: (capture) => this.#captured(capture),
    });
    try {
      await this.decoy.run(context, signal);
      return undefined;
    } catch (error) {
      return error;
    } finally {
      turn.abort();
    }
  }
}

/** Decoys with the same key sign on one after the other. */
function serverOf(config: DecoyConfig): string {
  const host = config.host ?? config.address.slice(config.address.indexOf('@') + 1);
  return `${config.network} ${host.toLowerCase()}`;
}
