// A Yahoo id as a decoy: signs on, keeps alive, answers nobody, and captures.
import type { Abilities, Decoy, DecoyContext } from '../../core/decoy.ts';
import { type Keepsake, memoryKeepsake } from '../../core/keepsake.ts';
import { checkYmsgSettings, endpointOf, requireTrust, sessionConfig, type YmsgSettings } from './config.ts';
import { keepCookies, takeCookies } from './cookie-jar.ts';
import { draftOfMalformed, readPacket } from './read/read-packet.ts';
import type { YmsgReader } from './read/reading.ts';
import { YmsgRunner } from './run-session.ts';
import type { YmsgEvent } from './session/types.ts';

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
  /** For cookies, where the context has none that lasts. */
  readonly keepsake: Keepsake;
  readonly config: ReturnType<typeof sessionConfig>;
}

/** @throws SundewError CONFIG_INVALID */
export function ymsgDecoy(settings: YmsgSettings): Decoy {
  checkYmsgSettings(settings);
  const memory: Memory = { keepsake: memoryKeepsake(), config: sessionConfig(settings) };
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
  const keepsake = context.keepsake ?? memory.keepsake;
  const config = memory.config(await takeCookies(keepsake));
  const onEvent = (event: YmsgEvent): Promise<unknown> | undefined => take(event, reader, keepsake, context);
  try {
    await new YmsgRunner({ link, config, clock, log, onEvent }).run(signal);
  } finally {
    context.state('offline');
  }
}

function take(
  event: YmsgEvent,
  reader: YmsgReader,
  keepsake: Keepsake,
  context: DecoyContext,
): Promise<unknown> | undefined {
  switch (event.type) {
    case 'online':
      context.state('online');
      return keepCookies(keepsake, event.cookies);
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
