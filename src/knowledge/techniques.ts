// ATT&CK techniques (Enterprise, v15 names) by the way a threat spreads or is steered.
import type { Technique } from './types.ts';

const SPEARPHISHING_SERVICE: Technique = { id: 'T1566.003', name: 'Phishing: Spearphishing via Service' };
const INTERNAL: Technique = { id: 'T1534', name: 'Internal Spearphishing' };
const LINK: Technique = { id: 'T1204.001', name: 'User Execution: Malicious Link' };
const FILE: Technique = { id: 'T1204.002', name: 'User Execution: Malicious File' };
const TRANSFER: Technique = { id: 'T1105', name: 'Ingress Tool Transfer' };
const TAINT: Technique = { id: 'T1080', name: 'Taint Shared Content' };
const CLIENT: Technique = { id: 'T1203', name: 'Exploitation for Client Execution' };
const CHAT_C2: Technique = { id: 'T1071', name: 'Application Layer Protocol' };
const ACCOUNTS: Technique = { id: 'T1585', name: 'Establish Accounts' };
const SUPPLY: Technique = { id: 'T1195.002', name: 'Supply Chain Compromise: Compromise Software Supply Chain' };
const MAIL: Technique = { id: 'T1566.001', name: 'Phishing: Spearphishing Attachment' };

/** Technique ids by vector of the seed data; an unknown vector has none. */
export const TECHNIQUES_BY_VECTOR: Readonly<Record<string, readonly Technique[]>> = {
  url: [SPEARPHISHING_SERVICE, INTERNAL, LINK],
  'file-transfer': [SPEARPHISHING_SERVICE, INTERNAL, FILE, TRANSFER],
  'shared-folder': [TAINT, FILE],
  'protocol-responder': [TAINT, FILE],
  'script-overwrite': [{ id: 'T1059', name: 'Command and Scripting Interpreter' }],
  'removable-drive': [{ id: 'T1091', name: 'Replication Through Removable Media' }],
  'irc-c2': [CHAT_C2, TRANSFER],
  'p2p-c2': [{ id: 'T1090.003', name: 'Proxy: Multi-hop Proxy' }, CHAT_C2],
  exploit: [CLIENT],
  'mass-unsolicited': [SPEARPHISHING_SERVICE],
  'fake-accounts': [ACCOUNTS],
  'open-registration': [ACCOUNTS],
  'session-hijack': [{ id: 'T1539', name: 'Steal Web Session Cookie' }, INTERNAL],
  'credential-consent': [{ id: 'T1598.003', name: 'Phishing for Information: Spearphishing Link' }],
  conversation: [{ id: 'T1598.001', name: 'Phishing for Information: Spearphishing Service' }],
  'presence-status': [SPEARPHISHING_SERVICE, LINK],
  'supply-chain': [SUPPLY],
  'tampered-client': [{ id: 'T1036.005', name: 'Masquerading: Match Legitimate Name or Location' }],
  'im-c2': [{ id: 'T1102.002', name: 'Web Service: Bidirectional Communication' }, CHAT_C2],
  'web-compromise': [{ id: 'T1584.004', name: 'Compromise Infrastructure: Server' }],
  'browser-extension': [{ id: 'T1176', name: 'Browser Extensions' }],
  'notification-reply': [SPEARPHISHING_SERVICE],
  'qr-code': [{ id: 'T1528', name: 'Steal Application Access Token' }],
  invite: [SPEARPHISHING_SERVICE],
};

const BY_NETWORK: Readonly<Record<string, readonly Technique[]>> = {
  email: [MAIL, { id: 'T1071.003', name: 'Application Layer Protocol: Mail Protocols' }],
};

/** Techniques of an entry without repetition, in the order of its vectors. */
export function techniquesOf(vectors: readonly string[], networks: readonly string[]): readonly Technique[] {
  const found = new Map<string, Technique>();
  for (const vector of vectors) for (const one of TECHNIQUES_BY_VECTOR[vector] ?? []) found.set(one.id, one);
  for (const network of networks) for (const one of BY_NETWORK[network] ?? []) found.set(one.id, one);
  return [...found.values()];
}
