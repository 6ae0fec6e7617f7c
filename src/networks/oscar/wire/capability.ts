// Capabilities: UUIDs that say what a client can do, and which service a rendezvous is about.
import { hexOf } from './fields.ts';

export const CAPABILITY_BYTES = 16;
/** More than any client has; the rest is a flood. */
const MAX_CAPABILITIES = 64;

/** Full UUID of a short capability XXYY. */
const short = (xxyy: string): string => `0946${xxyy}4c7f11d18222444553540000`;

export const CAPABILITY_HEX = {
  'secure-im': short('0001'),
  xhtml: short('0002'),
  'short-capabilities': short('0000'),
  'voice-chat': short('1341'),
  'direct-play': short('1342'),
  'send-file': short('1343'),
  'icq-direct': short('1344'),
  'direct-im': short('1345'),
  'buddy-icon': short('1346'),
  'add-ins': short('1347'),
  'get-file': short('1348'),
  'icq-relay': short('1349'),
  games: short('134a'),
  'send-buddy-list': short('134b'),
  interoperate: short('134d'),
  unicode: short('134e'),
  'games-2': '0946134a4c7f11d12282444553540000',
  'chat-invite': '748f2420628711d18222444553540000',
  'icq-rtf': '97b12751243c4334ad22d6abf73f1492',
  typing: '563fc8090b6f41bd9f79422609dfa2f3',
  xtraz: '1a093c6cd7fd4ec59d51a6474e34f5a0',
  'xtraz-script': '3b60b3efd82a6c45a4e09c5a5e67e865',
  'html-messages': '0138ca7b769a491588f213fc00979ea8',
  'trillian-encryption': 'f2e7c7f4fead4dfbb23536798bdf0000',
} as const;
export type CapabilityName = keyof typeof CAPABILITY_HEX;

const NAMES = new Map<string, CapabilityName>(
  Object.entries(CAPABILITY_HEX).map(([name, hex]) => [hex, name as CapabilityName]),
);

/** The name of a capability; `undefined` for one we do not know. */
export const capabilityName = (bytes: Uint8Array): CapabilityName | undefined => NAMES.get(hexOf(bytes));

export const capabilityBytes = (name: CapabilityName): Uint8Array =>
  Uint8Array.from(Buffer.from(CAPABILITY_HEX[name], 'hex'));

/** Names of a set of UUIDs; unknown ones as hex: they tell clients and kits apart. */
export function capabilityNames(value: Uint8Array): readonly string[] {
  const names: string[] = [];
  for (let at = 0; at + CAPABILITY_BYTES <= value.length && names.length < MAX_CAPABILITIES; at += CAPABILITY_BYTES) {
    const uuid = value.subarray(at, at + CAPABILITY_BYTES);
    names.push(capabilityName(uuid) ?? hexOf(uuid));
  }
  return names;
}
