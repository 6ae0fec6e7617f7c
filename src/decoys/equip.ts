// Equips a decoy with its gate, its links and its context: all it can reach of the world.
import type { Capture } from '../core/capture.ts';
import type { Clock, Log, Random } from '../core/clock.ts';
import type { Decoy, DecoyContext, DecoyState } from '../core/decoy.ts';
import type { Journal } from '../core/journal.ts';
import type { Network } from '../core/network.ts';
import { createContext } from './context.ts';
import type { DecoyConfig } from './decoy-config.ts';
import { Contacts } from './engagement/contacts.ts';
import type { Engagement } from './engagement/engagement.ts';
import { createGate } from './engagement/gate.ts';
import { openDialer } from './engagement/link.ts';
import type { SaidBook } from './engagement/said.ts';
import type { Keepsakes } from './keepsakes.ts';

export interface DecoyEnvironment {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly journal: Journal;
  readonly engagement: Pick<Engagement, 'level'>;
  readonly said: SaidBook;
  /** `encodeCaptureEntry` of captures/. */
  readonly encodeEntry: (capture: Capture, raw: Uint8Array) => Uint8Array;
  readonly sensor: string;
  readonly simulated: boolean;
  /** Without them a network's secrets live as long as the process. */
  readonly keepsakes?: Keepsakes | undefined;
  /** Whether an address is a decoy of ours: they never answer each other. */
  isDecoy(network: Network, address: string): boolean;
}

export interface DecoyEvents {
  onState(state: DecoyState): void;
  onCapture(capture: Capture): void;
}

/** The context in which a decoy runs. */
export function equip(
  config: DecoyConfig,
  decoy: Decoy,
  environment: DecoyEnvironment,
  events: DecoyEvents,
): DecoyContext {
  const { clock, journal, log } = environment;
  const { network, address } = decoy;
  const contacts = new Contacts();
  const gate = createGate({
    role: 'decoy',
    network,
    address,
    contacts,
    level: () => environment.engagement.level({ network, decoy: config.name }),
    channels: config.network === 'irc' ? config.channels : [],
    isDecoy: (peer) => environment.isDecoy(network, peer),
    said: environment.said,
    now: () => clock.now(),
  });
  return createContext({
    ...environment,
    network,
    address,
    keepsake: environment.keepsakes?.of(config),
    manyAddresses: decoy.abilities.manyAddresses,
    dial: openDialer({ gate, journal, decoy: config.name, clock, log }),
    onState: (state) => events.onState(state),
    onCapture: (capture) => {
      contacts.remember(capture);
      events.onCapture(capture);
    },
  });
}
