// A Yahoo id as a decoy: signs on, keeps alive, captures, and answers nobody but, at `accept`, who asks to add it.
import type { Abilities, Decoy, DecoyContext } from '../../core/decoy.ts';
import { type Keepsake, memoryKeepsake } from '../../core/keepsake.ts';
import { checkYmsgSettings, endpointOf, requireTrust, sessionConfig, type YmsgSettings } from './config.ts';
import { keepCookies, takeCookies } from './cookie-jar.ts';
import { fetchToken } from './fetch-token.ts';
import { grantAdd } from './outgoing.ts';
import { draftOfMalformed, readPacket } from './read/read-packet.ts';
import type { YmsgReader } from './read/reading.ts';
import { YmsgRunner } from './run-session.ts';
import type { YmsgNews } from './session/types.ts';
import type { Packet } from './wire/packet.ts';
import { SERVICE } from './wire/services.ts';
import type { TokenLogin } from './wire/token-login.ts';

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
  const { clock, log } = context;
  const keepsake = context.keepsake ?? memory.keepsake;
  const config = memory.config(await takeCookies(keepsake));
  const reader: YmsgReader = { user: config.user, server: settings.host };
  const take = (event: YmsgNews): Promise<unknown> | undefined => {
    switch (event.type) {
      case 'online':
        context.state('online');
        return keepCookies(keepsake, event.cookies);
      case 'alive':
        return undefined;
      case 'malformed':
        return context.capture(draftOfMalformed(event.reason, reader), event.bytes);
      case 'packet':
        return takePacket(event.packet, reader, context, runner);
    }
  };
  const token = (challenge: string, limit: AbortSignal): Promise<TokenLogin> =>
    fetchToken(challenge, settings, context.dial, limit);
  const runner = new YmsgRunner({ link, config, clock, log, onEvent: take, fetchToken: token });
  try {
    await runner.run(signal);
  } finally {
    context.state('offline');
  }
}

function takePacket(
  packet: Packet,
  reader: YmsgReader,
  context: DecoyContext,
  runner: YmsgRunner,
): Promise<unknown> | undefined {
  return Promise.all(
    readPacket(packet, reader).map(async (draft) => {
      const cause = await context.capture(draft, packet.raw);
      // An add of versions up to 12 (0x0F) has taken effect already; from 13 on it waits for an answer.
      if (packet.service !== SERVICE.AUTHORISATION || draft.kind !== 'contact-request') return;
      const network = typeof draft.meta?.federated === 'number' ? draft.meta.federated : 0;
      const grant = grantAdd(reader.user, draft.peer.id, network);
      // The gate denies it below the level `accept`.
      await runner.send(grant, { act: 'accept-contact', peer: draft.peer.id, cause });
    }),
  );
}
