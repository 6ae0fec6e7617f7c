// An IRC nick as a decoy: signs on, sits in its channels, answers PING and nothing else, and captures.
import type { Abilities, Decoy, DecoyContext } from '../../core/decoy.ts';
import { SundewError } from '../../core/error.ts';
import type { Link } from '../../core/link.ts';
import { draftOf, draftOfMalformed, type IrcReader } from './captures.ts';
import { runIrcClient } from './client.ts';
import { checkIrcConfig, type IrcDecoyConfig } from './config.ts';
import type { IrcEvent, IrcSessionConfig } from './session/types.ts';

const ABILITIES: Abilities = {
  kinds: [
    'message',
    'group-invite',
    'file-offer',
    'transfer-request',
    'probe',
    'typing',
    'presence',
    'service-notice',
    'backscatter',
    'malformed',
  ],
  manyAddresses: false,
  offlineMessages: false,
  startTls: false,
};

/** @throws SundewError CONFIG_INVALID */
export function ircDecoy(config: IrcDecoyConfig): Decoy {
  checkIrcConfig(config);
  return {
    network: 'irc',
    address: config.address,
    abilities: ABILITIES,
    run: (context, signal) => runDecoy(config, context, signal),
  };
}

async function runDecoy(config: IrcDecoyConfig, context: DecoyContext, signal: AbortSignal): Promise<void> {
  context.state('connecting');
  const { host, tls } = config;
  await using link = await context.dial(
    {
      host,
      port: config.port ?? (tls === 'direct' ? 6697 : 6667),
      ...(tls === 'direct' ? { tls: { serverName: host, ...(config.ca === undefined ? {} : { ca: config.ca }) } } : {}),
    },
    signal,
  );
  requireTrust(link, config);
  const reader = { nick: config.address, server: host };
  const { clock, log } = context;
  const session = sessionConfig(config);
  try {
    await runIrcClient({ link, config: session, clock, log, onEvent: (event) => take(event, reader, context) }, signal);
  } finally {
    context.state('offline');
  }
}

/** I-24: no password, and no nick either, over a link that anyone could be at the other end of. */
function requireTrust(link: Link, config: IrcDecoyConfig): void {
  if (config.tls === 'none' ? link.loopback : link.tls?.verified === true) return;
  const why = config.tls === 'none' ? 'it is plain and not on this machine' : (link.tls?.problem ?? 'it has no TLS');
  throw new SundewError(
    'LINK_UNVERIFIED',
    `IRC link to ${config.host} is not trusted: ${why}. Give the server's certificate as "ca" or mend it.`,
  );
}

function take(
  event: IrcEvent,
  reader: { -readonly [K in keyof IrcReader]: IrcReader[K] },
  context: DecoyContext,
): Promise<unknown> | undefined {
  switch (event.type) {
    case 'online':
      if (event.server !== '') reader.server = event.server;
      context.state('online');
      return undefined;
    case 'trouble':
      context.log.warn({ channel: event.channel, code: event.code }, 'IRC channel could not be joined');
      return undefined;
    case 'malformed':
      return context.capture(draftOfMalformed(event.reason, reader), event.line);
    case 'message': {
      const draft = draftOf(event.message, reader);
      return draft === undefined ? undefined : context.capture(draft, event.line);
    }
  }
}

function sessionConfig(config: IrcDecoyConfig): IrcSessionConfig {
  const word = config.address.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return {
    nick: config.address,
    username: config.username ?? (word === '' ? 'user' : word.slice(0, 9)),
    realname: config.realname ?? config.address,
    serverPassword: config.serverPassword,
    sasl: config.sasl,
    channels: config.channels,
  };
}
