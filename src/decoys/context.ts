// What a decoy is handed: clock, links through the gate, and captures with its identity bound to them.
import type { Capture, CaptureDraft, CaptureId } from '../core/capture.ts';
import { captureIdOf } from '../core/capture-id.ts';
import type { Clock, Log, Random } from '../core/clock.ts';
import type { DecoyContext, DecoyState } from '../core/decoy.ts';
import type { Journal } from '../core/journal.ts';
import type { Keepsake } from '../core/keepsake.ts';
import type { Endpoint, Link } from '../core/link.ts';
import type { Network } from '../core/network.ts';

export interface ContextOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly journal: Journal;
  /** Bytes of a journal entry: `encodeCaptureEntry` of captures/. */
  readonly encodeEntry: (capture: Capture, raw: Uint8Array) => Uint8Array;
  readonly network: Network;
  /** The decoy's address; for a host of many addresses its domain. */
  readonly address: string;
  readonly manyAddresses: boolean;
  readonly sensor: string;
  readonly simulated: boolean;
  readonly keepsake?: Keepsake | undefined;
  dial(endpoint: Endpoint, signal: AbortSignal): Promise<Link>;
  onState(state: DecoyState): void;
  /** After the capture is durable. */
  onCapture(capture: Capture): void;
}

/** Binds a context to one decoy. What the context knows wins over what a draft claims. */
export function createContext(options: ContextOptions): DecoyContext {
  let count = 0;
  return {
    clock: options.clock,
    random: options.random,
    log: options.log,
    keepsake: options.keepsake,
    dial: async (endpoint, signal) => await options.dial(endpoint, signal),
    state: (state) => options.onState(state),
    capture: async (draft, raw) => {
      count += 1;
      const capture = bind(draft, raw, options, count);
      await options.journal.append('capture', options.encodeEntry(capture, raw));
      options.onCapture(capture);
      return capture.id;
    },
  };
}

function bind(draft: CaptureDraft, raw: Uint8Array, options: ContextOptions, count: number): Capture {
  const { decoy: claimed, meta = {}, ...rest } = draft;
  const decoy = touched(claimed, options);
  const at = options.clock.now().toISOString();
  const of = { network: options.network, decoy, native: draft.native };
  const id: CaptureId = captureIdOf(of, () => contentOf(draft, raw, `${at} ${count}`));
  return {
    ...rest,
    v: 1,
    id,
    at,
    network: options.network,
    sensor: options.sensor,
    decoy,
    meta,
    simulated: options.simulated,
  };
}

/** Without a message id of the network, what came at another time is another thing; a delay stamp outlives redelivery. */
function contentOf(draft: CaptureDraft, raw: Uint8Array, arrival: string): string {
  return `${draft.kind}\0${draft.peer.id}\0${draft.sentAt ?? arrival}\0${Buffer.from(raw).toString('latin1')}`;
}

/** The address that was touched: a component may name any of its domain; otherwise it is the decoy's own. */
function touched(claimed: string | undefined, options: ContextOptions): string {
  const bare = (claimed?.split('/')[0] ?? '').toLowerCase();
  return options.manyAddresses && bare.endsWith(`@${options.address.toLowerCase()}`) ? bare : options.address;
}
