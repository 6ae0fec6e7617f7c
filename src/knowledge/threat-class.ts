// What a capture is that matches a threat of some type.
import type { VerdictClass } from '../core/verdict.ts';

const CLASS_BY_TYPE: Readonly<Record<string, VerdictClass>> = {
  'im-worm': 'worm',
  'irc-worm': 'worm',
  'p2p-worm': 'worm',
  'blended-worm': 'worm',
  'im-botnet': 'worm',
  'spim-campaign': 'spam',
  adware: 'spam',
  'phishing-campaign': 'phishing',
  'chat-bot-fraud': 'scam',
  vulnerability: 'exploit',
};

/** Verdict class of a threat type; everything that runs code and is no worm is `malware`. */
export function classOfType(type: string): VerdictClass {
  return CLASS_BY_TYPE[type] ?? 'malware';
}
