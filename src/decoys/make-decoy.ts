// The network's decoy for a checked config.
import type { Decoy } from '../core/decoy.ts';
import { ircDecoy } from '../networks/irc/decoy.ts';
import type { ResolveSrv } from '../networks/xmpp/config.ts';
import { xmppDecoy } from '../networks/xmpp/decoy.ts';
import type { DecoyConfig } from './decoy-config.ts';

export interface MakeDecoyOptions {
  readonly srv?: ResolveSrv;
}

/** @throws SundewError CONFIG_INVALID */
export function makeDecoy(config: DecoyConfig, options: MakeDecoyOptions = {}): Decoy {
  return config.network === 'xmpp' ? xmppDecoy(config, options) : ircDecoy(config);
}
