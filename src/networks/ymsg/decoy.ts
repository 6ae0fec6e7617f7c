// A Yahoo id as a decoy: signs on, keeps alive, answers nobody, and captures.
import type { Abilities, Decoy, DecoyContext } from '../../core/decoy.ts';
import { checkYmsgSettings, endpointOf, requireTrust, sessionConfig, type YmsgSettings } from './config.ts';
import { draftOfMalformed, readPacket } from './read/read-packet.ts';
import type { YmsgReader } from './read/reading.ts';
import { YmsgRunner } from './run-session.ts';
import type { Cookies, YmsgEvent } from './session/types.ts';

const ABILITIES: Abilities = {
  kinds: [
    'message',
    'contact-request',
    'contact-change',
    'group-invite',
    'file-offer',
    'transfer-request',
    'call',
    'typing',
    'nudge',
    'presence',
    'probe',
    'service-notice',
    'backscatter',
    'malformed',
    'unknown',
  ],
  manyAddresses: false,
  offlineMessages: true,
  startTls: false,
};

/** What is kept from one connection to the next. */
interface Memory {
  cookies: Cookies | undefined;
  readonly config: ReturnType<typeof sessionConfig>;
}

/** @throws SundewError CONFIG_INVALID */
export function ymsgDecoy(settings: YmsgSettings): Decoy {
  checkYmsgSettings(settings);
  const memory: Memory = { cookies: undefined, config: sessionConfig(settings) };
  return {
    network: 'ymsg',
    address: settings.address,
    abilities: ABILITIES,
    run: (context, signal) => runDecoy(settings, memory, context, signal),
  };
}

async function runDecoy(
  settings: YmsgSettings,
  memory: Memory,
  context: DecoyContext,
  signal: AbortSignal,
): Promise<void> {
  context.state('connecting');
  await using link = await context.dial(endpointOf(settings), signal);
  requireTrust(link, settings);
  const reader: YmsgReader = { user: settings.address.toLowerCase(), server: settings.host };
  const { clock, log } = context;
  const config = memory.config(memory.cookies);
  // Cookies that did not lead to a sign-on are not tried twice.
  memory.cookies = undefined;
  const onEvent = (event: YmsgEvent): Promise<unknown> | undefined => take(event, reader, memory, context);
  try {
    await new YmsgRunner({ link, config, clock, log, onEvent }).run(signal);
  } finally {
    context.state('offline');
  }
}

function take(
  event: YmsgEvent,
  reader: YmsgReader,
  memory: Memory,
  context: DecoyContext,
): Promise<unknown> | undefined {
  switch (event.type) {
    case 'online':
      memory.cookies = event.cookies;
      context.state('online');
      return undefined;
    case 'alive':
      return undefined;
    case 'malformed':
      return context.capture(draftOfMalformed(event.reason, reader), event.bytes);
    case 'packet': {
      const { packet } = event;
      return Promise.all(readPacket(packet, reader).map((draft) => context.capture(draft, packet.raw)));
    }
  }
}
