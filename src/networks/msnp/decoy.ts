// An MSN account as a decoy: signs on, joins the conversations it is rung to, says nothing in them, and captures. At
// `accept` it also lets in who adds it, and takes files.
import type { Abilities, Decoy, DecoyContext } from '../../core/decoy.ts';
import { checkMsnpSettings, type MsnpSettings } from './config.ts';
import { Station } from './station.ts';

const ABILITIES: Abilities = {
  kinds: [
    'message',
    'contact-request',
    'contact-change',
    'group-invite',
    'file-offer',
    'file',
    'call',
    'typing',
    'nudge',
    'presence',
    'probe',
    'transfer-request',
    'connection',
    'service-notice',
    'backscatter',
    'malformed',
    'unknown',
  ],
  manyAddresses: false,
  offlineMessages: true,
  startTls: false,
};

/** @throws SundewError CONFIG_INVALID, LINK_UNVERIFIED */
export function msnpDecoy(settings: MsnpSettings): Decoy {
  checkMsnpSettings(settings);
  return {
    network: 'msnp',
    address: settings.address,
    abilities: ABILITIES,
    run: (context, signal) => runDecoy(settings, context, signal),
  };
}

async function runDecoy(settings: MsnpSettings, context: DecoyContext, signal: AbortSignal): Promise<void> {
  context.state('connecting');
  const { clock, log } = context;
  const station = new Station({
    settings,
    clock,
    log,
    dial: (endpoint, until) => context.dial(endpoint, until),
    capture: (draft, raw) => context.capture(draft, raw),
    handshake: (ring, cause) => ({
      act: 'delivery-handshake',
      peer: ring.inviter,
      ...(cause === undefined ? {} : { cause }),
    }),
    online: () => context.state('online'),
    receives: true,
  });
  try {
    await station.run(signal);
  } finally {
    context.state('offline');
  }
}
