// The range's servers of AIM and ICQ, MSN, Yahoo! and Sametime, with accounts for its decoys and for those who write.
import type { Clock, Log } from '../core/clock.ts';
import { type MsnpServer, startMsnpServer } from '../networks/msnp/server.ts';
import { startOscarServer } from '../networks/oscar/server.ts';
import { startSametimeServer } from '../networks/sametime/server.ts';
import { startYmsgServer } from '../networks/ymsg/server.ts';
import { CLASSIC_SITES, type ClassicPorts } from './classic-sites.ts';
import { openMsnpSenders } from './msnp-senders.ts';
import { openOscarSenders } from './oscar-senders.ts';
import { openSametimeSenders } from './sametime-senders.ts';
import type { Senders } from './senders.ts';
import type { RangeNetwork, StageName } from './touch.ts';
import { openYmsgSenders } from './ymsg-senders.ts';

export interface ClassicOptions {
  readonly clock: Clock;
  /** Of every decoy, and of every peer: nobody else has an account. */
  readonly decoyPassword: string;
  readonly peerPassword: string;
  /** Everyone who may write to a decoy there. */
  peers(stage: StageName): readonly string[];
}

export interface ClassicServers {
  readonly ports: ClassicPorts;
  /** Those who write to the decoys. */
  openSenders(log: Log): Readonly<Record<Exclude<RangeNetwork, 'xmpp' | 'irc'>, Senders>>;
  stop(): Promise<void>;
}

/** Starts all four. */
export async function startClassicServers(options: ClassicOptions): Promise<ClassicServers> {
  const { clock, decoyPassword, peerPassword, peers } = options;
  const { aim, icq, msnp: msnpDecoys, ymsg: ymsgDecoys, sametime: sametimeDecoys } = CLASSIC_SITES;
  await using undo = new AsyncDisposableStack();
  const oscar = await startOscarServer({
    port: 0,
    clock,
    accounts: [
      ...[...aim, ...icq].map((name) => ({ name, password: decoyPassword })),
      ...[...peers('aim'), ...peers('icq')].map((name) => ({ name, password: peerPassword })),
    ],
  });
  undo.defer(() => oscar.stop());
  const msnp: MsnpServer = await startMsnpServer({
    port: 0,
    clock,
    challenge: true,
    accounts: msnpDecoys.map((address) => ({ address, password: decoyPassword })),
  });
  undo.defer(() => msnp.stop());
  const ymsg = await startYmsgServer({
    port: 0,
    clock,
    guestPassword: peerPassword,
    accounts: ymsgDecoys.map((id) => ({ id, password: decoyPassword })),
  });
  undo.defer(() => ymsg.stop());
  const sametime = await startSametimeServer({
    port: 0,
    accounts: [
      ...sametimeDecoys.map((user) => ({ user, password: decoyPassword })),
      ...peers('sametime').map((user) => ({ user, password: peerPassword })),
    ],
  });
  undo.defer(() => sametime.stop());
  const running = undo.move();
  return {
    ports: { oscar: oscar.port, msnp: msnp.port, ymsg: ymsg.port, sametime: sametime.port },
    openSenders: (log) => ({
      oscar: openOscarSenders(oscar.port, peerPassword, log),
      msnp: openMsnpSenders(msnp, log),
      ymsg: openYmsgSenders(ymsg.port, peerPassword, log),
      sametime: openSametimeSenders(sametime.port, peerPassword, log),
    }),
    stop: () => running.disposeAsync(),
  };
}
