// When two spellings of an address are one account.
import type { Network } from '../core/network.ts';

/** An address as its network compares it: without resource, host or device, in one case. */
export function accountName(network: Network, address: string): string {
  const name = address.trim().toLowerCase();
  switch (network) {
    case 'xmpp':
    case 'irc':
      return name.split(/[/!]/)[0] ?? ''; // resource; user and host
    case 'oscar':
      return name.replaceAll(' ', ''); // blanks in screen names are for show
    case 'msnp':
      return name.split(';')[0] ?? ''; // device
    default:
      return name; // Sametime's directory names have slashes of their own
  }
}
