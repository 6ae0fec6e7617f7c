// The network's decoy for a checked config.
import type { Decoy } from '../core/decoy.ts';
import { unreachable } from '../core/error.ts';
import { ircDecoy } from '../networks/irc/decoy.ts';
import { msnpDecoy } from '../networks/msnp/decoy.ts';
import { oscarDecoy } from '../networks/oscar/decoy.ts';
import { sametimeDecoy } from '../networks/sametime/decoy.ts';
import type { ResolveSrv } from '../networks/xmpp/config.ts';
import { xmppDecoy } from '../networks/xmpp/decoy.ts';
import { ymsgDecoy } from '../networks/ymsg/decoy.ts';
import type { DecoyConfig } from './decoy-config.ts';

export interface MakeDecoyOptions {
  readonly srv?: ResolveSrv;
}

/** @throws SundewError CONFIG_INVALID */
export function makeDecoy(config: DecoyConfig, options: MakeDecoyOptions = {}): Decoy {
  switch (config.network) {
    case 'xmpp':
      return xmppDecoy(config, options);
    case 'irc':
      return ircDecoy(config);
    case 'ymsg':
      return ymsgDecoy(config);
    case 'msnp':
      return msnpDecoy(config);
    case 'oscar':
      return oscarDecoy(config);
    case 'sametime':
      return sametimeDecoy(config);
    default:
      return unreachable(config);
  }
}
