// What to do, by class: three lines at most, for people who read them on a telephone.
import type { VerdictClass } from '../core/verdict.ts';

const ADVICE: Readonly<Record<VerdictClass, readonly string[]>> = {
  worm: [
    'Do not open the link or the file, even when a contact seems to send it: ask by another way first.',
    'If you opened it, take the machine off the network, scan it, and change the messenger’s password from another one.',
    'Operators: block the hosts and file names listed, and look for accounts that send the same text to many contacts.',
  ],
  malware: [
    'Do not open the link or the file; refuse transfers you did not ask for.',
    'If you opened it, take the machine off the network and scan it with an up-to-date scanner.',
    'Operators: block the hosts, hashes and file names listed.',
  ],
  exploit: [
    'Update the messenger and the system now; until then accept messages and files from contacts only.',
    'Operators: drop the malformed frames at the server where you can, and update clients you manage.',
  ],
  phishing: [
    'Do not open the link, and never type the messenger’s password or a code into a page that a message led to.',
    'If you did, change the password, end all other sessions and turn on the second factor.',
    'Operators: block the hosts listed and look for accounts that suddenly message all their contacts.',
  ],
  scam: [
    'Do not answer, and pay or invest nothing that a stranger in a chat proposes.',
    'If money went, tell your bank at once and keep the messages as proof.',
  ],
  spam: [
    'Do not answer and do not open links: block and report the sender.',
    'Operators: limit what new accounts may send, and close registration that nobody watches.',
  ],
  recon: ['Nothing to do for users; operators may limit probes of unknown origin.'],
  benign: ['Nothing to do.'],
  unknown: ['Treat unexpected messages with care.'],
};

/** Sentences on what to do now. */
export function adviceOf(verdict: VerdictClass): readonly string[] {
  return ADVICE[verdict];
}
