// An AIM name or ICQ number as a decoy: signs on, stays, and captures; what the gate allows is accepted.
import type { Abilities, Decoy, DecoyContext } from '../../core/decoy.ts';
import { Acceptance } from './acceptance.ts';
import { checkOscarSettings, type OscarSettings, proxyOf } from './config.ts';
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
    'file',
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
  const ended = new AbortController();
  const proxy = proxyOf(config);
  const acceptance = new Acceptance({
    address: config.address,
    context,
    signal: AbortSignal.any([signal, ended.signal]),
    ...(proxy === undefined ? {} : { proxy }),
  });
  context.state('connecting');
  try {
    await runOscar(
      {
        settings: config,
        dial: (endpoint, ends) => context.dial(endpoint, ends),
        clock,
        log,
        onEvent: (event) => take(event, reader, context, acceptance),
        onConnection: (connection) => acceptance.use(connection),
      },
      signal,
    );
  } finally {
    ended.abort();
    await acceptance.settled();
    context.state('offline');
  }
}

const SIGN_OFF_REASONS = ['none', 'signed on elsewhere', 'account deleted'] as const;

function take(
  event: OscarEvent,
  reader: OscarReader,
  context: DecoyContext,
  acceptance: Acceptance,
): Promise<unknown> | undefined {
  switch (event.type) {
    case 'online':
      context.state('online');
      return undefined;
    case 'snac':
      return takeSnac(event, reader, context, acceptance);
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

function takeSnac(
  event: Extract<OscarEvent, { type: 'snac' }>,
  reader: OscarReader,
  context: DecoyContext,
  acceptance: Acceptance,
): Promise<unknown> | undefined {
  const { snac, sequence, bytes } = event;
  const drafts = draftsOf(snac, reader);
  if (drafts.length === 0) return undefined;
  const frame = { sequence, requestId: snac.requestId };
  return Promise.all(
    drafts.map(async (draft) => {
      const plan = draft.kind === 'file-offer' ? acceptance.plan(snac, draft.peer.id) : undefined;
      const left = plan?.type === 'leave' ? { notTaken: plan.why } : {};
      const id = await context.capture({ ...draft, meta: { ...draft.meta, ...left, frame } }, bytes);
      await acceptance.stored(snac, draft, id, plan);
    }),
  );
}
