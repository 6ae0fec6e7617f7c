// A Sametime account as a decoy: signs on, accepts the channels that bring text, says nothing, and captures.
import type { Abilities, Decoy, DecoyContext } from '../../core/decoy.ts';
import { checkSametimeSettings, type SametimeSettings } from './config.ts';
import { runSametime } from './run-account.ts';

const ABILITIES: Abilities = {
  kinds: [
    'message',
    'connection',
    'typing',
    'group-invite',
    'file-offer',
    'file',
    'probe',
    'service-notice',
    'malformed',
    'unknown',
  ],
  manyAddresses: false,
  offlineMessages: false,
  startTls: false,
};

/** @throws SundewError CONFIG_INVALID */
export function sametimeDecoy(settings: SametimeSettings): Decoy {
  checkSametimeSettings(settings);
  return {
    network: 'sametime',
    address: settings.address,
    abilities: ABILITIES,
    run: (context, signal) => runDecoy(settings, context, signal),
  };
}

async function runDecoy(settings: SametimeSettings, context: DecoyContext, signal: AbortSignal): Promise<void> {
  context.state('connecting');
  const { clock, log } = context;
  try {
    await runSametime(
      {
        role: 'decoy',
        settings,
        clock,
        log,
        dial: (endpoint, abort) => context.dial(endpoint, abort),
        capture: (draft, raw) => context.capture(draft, raw),
        online: () => context.state('online'),
      },
      signal,
    );
  } finally {
    context.state('offline');
  }
}
