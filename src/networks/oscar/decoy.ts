// An AIM name or ICQ number as a decoy: signs on, stays, answers nobody, and captures.
import type { Abilities, Decoy, DecoyContext } from '../../core/decoy.ts';
import { checkOscarSettings, type OscarSettings } from './config.ts';
import { draftsOf } from './read/read-snac.ts';
import { malformed, type OscarReader, serverPeer } from './read/reading.ts';
import type { OscarEvent } from './session/types.ts';
import { runOscar } from './sign-on.ts';

export type OscarDecoyConfig = OscarSettings;

const ABILITIES: Abilities = {
  kinds: [
    'message',
    'contact-request',
    'contact-change',
    'roster-push',
    'group-invite',
    'file-offer',
    'call',
    'typing',
    'presence',
    'warning',
    'probe',
    'service-notice',
    'backscatter',
    'malformed',
    'transfer-request',
    'unknown',
  ],
  manyAddresses: false,
  offlineMessages: true,
  startTls: false,
};

/** @throws SundewError CONFIG_INVALID */
export function oscarDecoy(config: OscarDecoyConfig): Decoy {
  checkOscarSettings(config);
  return {
    network: 'oscar',
    address: config.address,
    abilities: ABILITIES,
    run: (context, signal) => runDecoy(config, context, signal),
  };
}

async function runDecoy(config: OscarDecoyConfig, context: DecoyContext, signal: AbortSignal): Promise<void> {
  const { clock, log } = context;
  const reader = { address: config.address, server: config.host };
  context.state('connecting');
  try {
    await runOscar(
      {
        settings: config,
        dial: (endpoint, ends) => context.dial(endpoint, ends),
        clock,
        log,
        onEvent: (event) => take(event, reader, context),
      },
      signal,
    );
  } finally {
    context.state('offline');
  }
}

const SIGN_OFF_REASONS = ['none', 'signed on elsewhere', 'account deleted'] as const;

function take(event: OscarEvent, reader: OscarReader, context: DecoyContext): Promise<unknown> | undefined {
  switch (event.type) {
    case 'online':
      context.state('online');
      return undefined;
    case 'snac': {
      const { snac, sequence, bytes } = event;
      const drafts = draftsOf(snac, reader);
      if (drafts.length === 0) return undefined;
      const frame = { sequence, requestId: snac.requestId };
      return Promise.all(drafts.map((draft) => context.capture({ ...draft, meta: { ...draft.meta, frame } }, bytes)));
    }
    case 'malformed': {
      const draft = { kind: 'malformed', peer: serverPeer(reader), meta: {} } as const;
      return context.capture(malformed(draft, event.reason), event.bytes);
    }
    case 'signed-off': {
      const reason = SIGN_OFF_REASONS[event.reason] ?? event.reason;
      return context.capture(
        { kind: 'service-notice', peer: serverPeer(reader), meta: { signedOff: reason } },
        event.bytes,
      );
    }
    case 'redirect':
      return undefined;
  }
}
