// The loopback test range: servers, decoys' settings, senders that play an outbreak, and a mailbox. 127.0.0.1 only;
// all that comes of it is simulated.
import { randomBytes } from 'node:crypto';
import type { Clock, Log, Random } from '../core/clock.ts';
import { messageOf } from '../core/error.ts';
import { startIrcServer } from '../networks/irc/server.ts';
import { startXmppServer } from '../networks/xmpp/server.ts';
import { type ClassicServers, startClassicServers } from './classic-servers.ts';
import { CLASSIC_SITES, type ClassicPorts, classicDecoys } from './classic-sites.ts';
import { openIrcSenders } from './irc-senders.ts';
import { type Mailbox, openMailbox } from './mailbox.ts';
import { Outbreak } from './outbreak.ts';
import { PEER_DOMAINS } from './people.ts';
import type { Senders } from './senders.ts';
import { CHANNELS, COMPONENT_ADDRESSES, decoySettings, type RangeAccount, type RangeDecoy, SITES } from './sites.ts';

import { RANGE_NETWORKS, type RangeNetwork, type StageName, type Touch } from './touch.ts';
import { openXmppSenders } from './xmpp-senders.ts';

export type { Mailbox } from './mailbox.ts';
export type { RangeAccount, RangeDecoy } from './sites.ts';

export interface RangeOptions {
  readonly clock: Clock;
  /** The same draws play the same outbreak. */
  readonly random: Random;
  readonly log: Log;
  /** Stops it. */
  readonly signal: AbortSignal;
  /** 1 by default; 10 plays ten times as fast. */
  readonly speed?: number;
  /** False: nothing is played but what is handed to `send`. */
  readonly play?: boolean;
  /** Told of each touch as it is sent. */
  readonly onTouch?: (touch: Touch) => void;
}

export interface Range extends AsyncDisposable {
  /** Settings of the decoys to run, in the form of data/decoys/*.yaml. */
  readonly decoys: readonly RangeDecoy[];
  readonly mailbox: Mailbox;
  /** An XMPP account to send alerts from, and one to get them at. */
  readonly accounts: { readonly notifier: RangeAccount; readonly subscriber: RangeAccount };
  readonly ports: ClassicPorts & {
    readonly xmpp: number;
    readonly xmppComponents: number;
    readonly irc: number;
    readonly smtp: number;
  };
  /** Those who may touch a decoy on that stage. */
  peers(stage: StageName): readonly string[];
  /** Has a peer do this now, over its network. */
  send(touch: Touch): void;
  /** Resolves when every listener, connection and timer is gone. */
  stop(): Promise<void>;
}

/** Starts everything. @throws SundewError LINK_REFUSED */
export async function startRange(options: RangeOptions): Promise<Range> {
  await using undo = new AsyncDisposableStack();
  const { clock, log } = options;
  // Not drawn from the play's chance: another program on this machine must not know them. 16 characters: ICQ's limit.
  const secretOf = (): string => randomBytes(12).toString('base64url');
  const accounts = [...SITES.xmppAccounts, SITES.notifier, SITES.subscriber].map((local) => ({
    local,
    password: secretOf(),
  }));
  const components = [SITES.xmppComponent, ...PEER_DOMAINS].map((domain) => ({ domain, secret: secretOf() }));
  const xmpp = await startXmppServer({ domain: SITES.xmppDomain, accounts, components, now: () => clock.now() });
  undo.defer(() => xmpp.stop());
  const irc = await startIrcServer({ port: 0, name: SITES.ircServer, channels: CHANNELS, clock });
  undo.defer(() => irc.stop());
  const outbreak = openOutbreak(options.random);
  const passwords = { decoyPassword: secretOf(), peerPassword: secretOf() };
  const classic = await startClassicServers({ clock, ...passwords, peers: (stage) => outbreak.peers(stage) });
  undo.defer(() => classic.stop());
  const mailbox = await openMailbox(clock);
  undo.defer(() => mailbox.stop());
  const ports = {
    ...{ xmpp: xmpp.port, xmppComponents: xmpp.componentPort, irc: irc.port, smtp: mailbox.port },
    ...classic.ports,
  };
  const settings = decoySettings(ports, accounts, components);
  const decoys = [...settings.decoys, ...classicDecoys(classic.ports, passwords.decoyPassword)];
  const senders = await openAllSenders(ports, components, classic, log);
  undo.defer(() => {
    for (const network of RANGE_NETWORKS) senders[network].stop();
  });
  const send = (touch: Touch): void => senders[touch.network].send(touch);
  if (options.play ?? true) undo.use(openPlay(options, outbreak, send));

  const running = undo.move();
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    options.signal.removeEventListener('abort', onAbort);
    stopped ??= running.disposeAsync();
    return stopped;
  };
  const onAbort = (): void => {
    stop().catch((error: unknown) => log.error({ cause: messageOf(error) }, 'the range did not stop cleanly'));
  };
  options.signal.addEventListener('abort', onAbort, { once: true });
  if (options.signal.aborted) onAbort();
  const peers = (stage: StageName): readonly string[] => outbreak.peers(stage);
  return { ...settings, decoys, mailbox, ports, peers, send, stop, [Symbol.asyncDispose]: stop };
}

const STAGE_DECOYS: Readonly<Record<StageName, readonly string[]>> = {
  xmpp: [...SITES.xmppAccounts.map((local) => `${local}@${SITES.xmppDomain}`), ...COMPONENT_ADDRESSES],
  irc: SITES.ircNicks,
  ...CLASSIC_SITES,
};

const openOutbreak = (random: Random): Outbreak =>
  new Outbreak({
    random,
    decoys: STAGE_DECOYS,
    fileDecoys: COMPONENT_ADDRESSES,
    channels: CHANNELS,
  });

type Ports = Range['ports'];

async function openAllSenders(
  ports: Ports,
  components: readonly { readonly domain: string; readonly secret: string }[],
  classic: ClassicServers,
  log: Log,
): Promise<Readonly<Record<RangeNetwork, Senders>>> {
  const peers = components.filter(({ domain }) => domain !== SITES.xmppComponent);
  return {
    xmpp: await openXmppSenders(ports.xmppComponents, peers, log),
    irc: openIrcSenders(ports.irc, log),
    ...classic.openSenders(log),
  };
}

/** The play, until it is disposed of. */
function openPlay(options: RangeOptions, outbreak: Outbreak, send: (touch: Touch) => void): AsyncDisposable {
  const stopper = new AbortController();
  const played = play(options, outbreak, stopper.signal, (touch) => {
    send(touch);
    options.onTouch?.(touch);
  });
  return {
    [Symbol.asyncDispose]: async () => {
      stopper.abort();
      await played;
    },
  };
}

async function play(
  options: RangeOptions,
  outbreak: Outbreak,
  signal: AbortSignal,
  send: (touch: Touch) => void,
): Promise<void> {
  const { clock, log } = options;
  const speed = options.speed ?? 1;
  const start = clock.now().getTime();
  try {
    while (!signal.aborted) {
      const touch = outbreak.next();
      const leftMs = start + touch.atMs / speed - clock.now().getTime();
      if (leftMs > 0) await clock.sleep(leftMs, signal);
      send(touch);
    }
  } catch (error) {
    // The sleep is cut short by stop(); anything else ends the play, not the program.
    if (!signal.aborted) log.error({ cause: messageOf(error) }, 'the play of the range has ended');
  }
}
