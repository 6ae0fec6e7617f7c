// XMPP decoys: an account that nobody has a reason to write to, or a whole domain of them (XEP-0114).
import { createHmac, randomBytes } from 'node:crypto';
import type { Abilities, Decoy, DecoyContext } from '../../core/decoy.ts';
import { SundewError } from '../../core/error.ts';
import type { ResolveSrv, XmppClientSettings, XmppComponentSettings, XmppSettings } from './config.ts';
import { dialClient, domainOf, tlsOptionsOf } from './endpoint.ts';
import { readArrival } from './read/read-arrival.ts';
import type { Own } from './read/reading.ts';
import { SessionRunner } from './run-session.ts';
import { ClientSession } from './session/client-session.ts';
import { ComponentSession } from './session/component-session.ts';
import type { StreamManagement } from './session/stream-management.ts';
import type { Session } from './session/types.ts';
import { parseJid } from './wire/jid.ts';

const KINDS = [
  'message',
  'contact-request',
  'contact-change',
  'roster-push',
  'group-invite',
  'file-offer',
  'call',
  'typing',
  'nudge',
  'presence',
  'probe',
  'service-notice',
  'backscatter',
  'malformed',
  'transfer-request',
  'unknown',
] as const;

export interface XmppDecoyOptions {
  /** Look-up of SRV records, for settings without a host. */
  readonly srv?: ResolveSrv;
}

/** A decoy of the given settings. One `run()` is one connection. @throws SundewError CONFIG_INVALID */
export function xmppDecoy(settings: XmppSettings, options: XmppDecoyOptions = {}): Decoy {
  return settings.mode === 'client' ? clientDecoy(settings, options) : componentDecoy(settings);
}

function clientDecoy(settings: XmppClientSettings, options: XmppDecoyOptions): Decoy {
  const domain = domainOf(settings.address);
  const address = parseJid(settings.address)?.bare ?? settings.address;
  let resume: StreamManagement | undefined;
  return {
    network: 'xmpp',
    address,
    abilities: abilities({ manyAddresses: false, offlineMessages: true, startTls: true }),
    async run(context, signal) {
      const session = new ClientSession(
        {
          address,
          password: settings.password,
          tls: settings.tls,
          resource: stableResource(settings),
          nonce: randomBytes(18).toString('base64'),
          resumable: true,
          roster: true,
        },
        resume,
      );
      context.state('connecting');
      const link = await dialClient(settings, (endpoint, abort) => context.dial(endpoint, abort), signal, options.srv);
      try {
        await runOn(link, session, { mode: 'client', address, domain }, context, signal, tlsOptionsOf(settings));
      } finally {
        resume = session.resumption;
      }
    },
  };
}

function componentDecoy(settings: XmppComponentSettings): Decoy {
  const domain = parseJid(settings.address);
  if (domain === undefined || domain.full !== domain.domain) {
    throw new SundewError('CONFIG_INVALID', `"${settings.address}" is no domain; a component's address is one`);
  }
  const address = domain.domain;
  return {
    network: 'xmpp',
    address,
    abilities: abilities({ manyAddresses: true, offlineMessages: false, startTls: false }),
    async run(context, signal) {
      const session = new ComponentSession({ domain: address, secret: settings.password });
      context.state('connecting');
      const link = await context.dial({ host: settings.host, port: settings.port }, signal);
      await runOn(link, session, { mode: 'component', address, domain: address }, context, signal, {
        serverName: address,
      });
    },
  };
}

function abilities(flags: Omit<Abilities, 'kinds'>): Abilities {
  return { kinds: KINDS, ...flags };
}

async function runOn(
  link: Awaited<ReturnType<DecoyContext['dial']>>,
  session: Session,
  own: Own,
  context: DecoyContext,
  signal: AbortSignal,
  tls: { readonly serverName: string; readonly ca?: string },
): Promise<void> {
  const runner = new SessionRunner({
    link,
    session,
    clock: context.clock,
    tls,
    store: async (arrival) => {
      await Promise.all(readArrival(arrival, own).map((draft) => context.capture(draft, arrival.raw)));
    },
    online: (resumed) => {
      context.log.info({ network: 'xmpp', decoy: own.address, resumed }, 'decoy online');
      context.state('online');
    },
  });
  try {
    await runner.run(signal);
  } finally {
    context.state('offline');
  }
}

/**
 * The same at every start, so that a server that still holds the last stream of a killed process hands over at once
 * what that one did not acknowledge; and not to be guessed, as whoever knows it can reach the decoy by IQ.
 */
function stableResource(settings: XmppClientSettings): string {
  return createHmac('sha256', settings.password).update(`resource ${settings.address}`).digest('hex').slice(0, 12);
}
