// What a decoy may take at level `accept`: asks the gate with the very frame, and does nothing where it says no. A contact
// request is granted; a file offer is accepted, then fetched over a link of its own.
import type { CaptureDraft, CaptureId } from '../../core/capture.ts';
import type { DecoyContext } from '../../core/decoy.ts';
import { isSundewError, messageOf } from '../../core/error.ts';
import { MAX_TRANSFER_MS } from '../../core/file-inbox.ts';
import type { Endpoint, Intent, Link, Ruling } from '../../core/link.ts';
import { isConnectionError } from '../connection-error.ts';
import type { OscarConnection } from './connection.ts';
import { encodeFileAccept, type FilePlan, planFile, type TakenOffer } from './session/file-plan.ts';
import { grantFor } from './session/grant.ts';
import { type OftEffect, OftReceiver } from './session/oft-receiver.ts';
import type { ServiceState } from './session/service.ts';
import { encodeSnac, type Snac } from './wire/snac.ts';
import { SNAC_ICBM_TO_CLIENT, SNAC_ICBM_TO_HOST } from './wire/snac-types.ts';

/** Request ids beyond those of the sign-on. */
const FIRST_REQUEST = 0x2000_0000;
/** Transfers at once, each of another peer: bounds what a decoy holds in memory. */
const MAX_TRANSFERS = 4;
/** Peers that were given leave in one session; each is given it once. */
const MAX_GRANTED = 1000;
/** A sender that says nothing for so long has gone. */
export const QUIET_MS = 30_000;

type Context = Pick<DecoyContext, 'capture' | 'clock' | 'dial' | 'log'>;

export interface AcceptanceOptions {
  /** The decoy's own name. */
  readonly address: string;
  /** The rendezvous proxy of the own server, if the operator named one. */
  readonly proxy?: Endpoint;
  readonly context: Context;
  readonly signal: AbortSignal;
}

export class Acceptance {
  readonly #options: AcceptanceOptions;
  readonly #transfers = new Map<string, Promise<void>>();
  readonly #granted = new Set<string>();
  #connection: OscarConnection<ServiceState> | undefined;
  #requestId = FIRST_REQUEST;

  constructor(options: AcceptanceOptions) {
    this.#options = options;
  }

  use(connection: OscarConnection<ServiceState>): void {
    this.#connection = connection;
  }

  /** What would become of a file offer. @returns undefined for any other SNAC */
  plan(snac: Snac, peer: string): FilePlan | undefined {
    if (snac.type !== SNAC_ICBM_TO_CLIENT) return undefined;
    const { proxy } = this.#options;
    const ownServerIsLoopback = this.#connection?.link.loopback ?? false;
    const plan = planFile(snac.body, { proxy: proxy !== undefined, ownServerIsLoopback });
    if (plan?.type !== 'take') return plan;
    const busy = this.#transfers.has(peer) || this.#transfers.size >= MAX_TRANSFERS;
    return busy ? { type: 'leave', why: 'another file is being received' } : plan;
  }

  /** The capture of what came is durable: what may be answered now is answered. */
  async stored(snac: Snac, draft: CaptureDraft, cause: CaptureId, plan: FilePlan | undefined): Promise<void> {
    const peer = draft.peer.id;
    if (draft.kind === 'contact-request') await this.#grant(snac, { act: 'accept-contact', peer, cause });
    if (draft.kind === 'file-offer' && plan?.type === 'take') await this.#accept(plan, draft, { peer, cause });
  }

  /** Resolves when no transfer is under way any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#transfers.values());
  }

  async #grant(snac: Snac, intent: Intent & { readonly peer: string }): Promise<void> {
    if (this.#granted.has(intent.peer) || this.#granted.size >= MAX_GRANTED) return;
    const grant = grantFor(snac, this.#options.address);
    if (grant === undefined) return;
    const ruling = await this.#send(grant.type, grant.body, intent);
    if (ruling?.allowed === true) this.#granted.add(intent.peer);
  }

  async #accept(plan: TakenOffer, draft: CaptureDraft, of: Omit<Intent, 'act'> & { peer: string }): Promise<void> {
    const ruling = await this.#send(SNAC_ICBM_TO_HOST, encodeFileAccept(plan), { act: 'accept-file', ...of });
    if (ruling?.allowed !== true || this.#transfers.has(of.peer)) return;
    const transfer = this.#receive(plan, draft, { act: 'transfer', ...of }).finally(() =>
      this.#transfers.delete(of.peer),
    );
    this.#transfers.set(of.peer, transfer);
  }

  /** @returns undefined when the session is gone, or breaks over it: its own reading reports that */
  async #send(type: number, body: Uint8Array, intent: Intent): Promise<Ruling | undefined> {
    try {
      return await this.#connection?.sendSnac(encodeSnac(type, this.#requestId++, body), intent);
    } catch (error) {
      if (!isSundewError(error)) throw error;
      return undefined;
    }
  }

  /** One offer to its end. Never rejects: a file that does not come is no fault of the session. */
  async #receive(plan: TakenOffer, draft: CaptureDraft, intent: Intent): Promise<void> {
    const { address, context, proxy, signal } = this.#options;
    const at = 'pin' in plan.at ? proxy : { ...plan.at, intent };
    if (at === undefined) return;
    const own = { peer: draft.peer, cookie: plan.cookie, file: draft.file ?? {} };
    const receiver = new OftReceiver('pin' in plan.at ? { ...own, proxy: { name: address, pin: plan.at.pin } } : own);
    try {
      const link = await context.dial(at, signal);
      await new Transfer(link, receiver, intent, context).run(signal);
    } catch (error) {
      const facts = { peer: draft.peer.id, cause: messageOf(error) };
      const expected = isSundewError(error) ? !isSundewError(error, 'JOURNAL_UNWRITABLE') : isConnectionError(error);
      if (expected || signal.aborted) context.log.info(facts, 'a file that was offered did not come');
      else context.log.warn(facts, 'a file could not be received');
    }
  }
}

/** A receiver on its link, with its limits. */
class Transfer {
  readonly #link: Link;
  readonly #receiver: OftReceiver;
  readonly #intent: Intent;
  readonly #context: Context;
  readonly #ends = new AbortController();
  #quiet = new AbortController();

  constructor(link: Link, receiver: OftReceiver, intent: Intent, context: Context) {
    this.#link = link;
    this.#receiver = receiver;
    this.#intent = intent;
    this.#context = context;
  }

  async run(signal: AbortSignal): Promise<void> {
    const stop = (): void => void this.#link.close();
    signal.addEventListener('abort', stop, { once: true });
    this.#closeAfter(MAX_TRANSFER_MS, this.#ends.signal);
    try {
      await this.#read();
    } finally {
      signal.removeEventListener('abort', stop);
      this.#ends.abort();
      this.#quiet.abort();
      await this.#link.close();
    }
  }

  async #read(): Promise<void> {
    try {
      this.#heard();
      let open = await this.#perform(this.#receiver.connected());
      if (!open) return;
      for await (const chunk of this.#link.incoming) {
        this.#heard();
        open = await this.#perform(this.#receiver.take(chunk, this.#context.clock.now()));
        if (!open) return;
      }
    } finally {
      await this.#perform(this.#receiver.closed());
    }
  }

  /** In order. @returns false when the transfer is over */
  async #perform(effects: readonly OftEffect[]): Promise<boolean> {
    for (const effect of effects) {
      if (effect.type === 'close') return false;
      if (effect.type === 'emit') await this.#context.capture(effect.draft, effect.raw);
      else if (!(await this.#link.send(effect.frame, this.#intent)).allowed) return false;
    }
    return true;
  }

  #heard(): void {
    this.#quiet.abort();
    this.#quiet = new AbortController();
    this.#closeAfter(QUIET_MS, this.#quiet.signal);
  }

  #closeAfter(ms: number, signal: AbortSignal): void {
    this.#context.clock.sleep(ms, signal).then(
      () => this.#link.close(),
      () => undefined, // over before that
    );
  }
}
