// An account's connection, over redirects if its server sends it elsewhere.
import type { CaptureDraft, CaptureId } from '../../core/capture.ts';
import type { Clock, Log } from '../../core/clock.ts';
import type { SundewError } from '../../core/error.ts';
import type { Endpoint, GateRole, Link } from '../../core/link.ts';
import { endpointOf, requireTrust, type SametimeSettings, sessionConfigOf } from './config.ts';
import { SessionRunner } from './run-session.ts';

/** A server that redirects every login must not make us knock for ever. */
const MAX_REDIRECTS = 2;

export type Dial = (endpoint: Endpoint, signal: AbortSignal) => Promise<Link>;

export interface AccountOptions {
  readonly role: GateRole;
  readonly settings: SametimeSettings;
  readonly dial: Dial;
  readonly clock: Clock;
  readonly log: Log;
  capture(draft: CaptureDraft, raw: Uint8Array): Promise<CaptureId | undefined>;
  online(runner: SessionRunner): void;
  delivered?(key: number, error: SundewError | undefined): void;
}

/** Dials, signs on, runs until the end. @throws SundewError what ended it, unless the signal did */
export async function runSametime(options: AccountOptions, signal: AbortSignal): Promise<void> {
  const { settings } = options;
  let host: string | undefined = settings.host;
  for (let redirects = MAX_REDIRECTS; host !== undefined; redirects -= 1) {
    const link: Link = await options.dial(endpointOf(settings, host), signal);
    try {
      requireTrust(link, settings);
      const config = { ...sessionConfigOf(settings, options.role, redirects), server: host };
      const runner: SessionRunner = new SessionRunner({
        ...options,
        link,
        config,
        online: () => options.online(runner),
      });
      host = await runner.run(signal);
    } finally {
      await link.close();
    }
  }
}
