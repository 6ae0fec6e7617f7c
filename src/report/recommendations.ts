// Section 12's advice: by what came most, three sentences each for users, administrators and operators. Reviewed words.
import type { VerdictClass } from '../core/verdict.ts';

type Audience = 'users' | 'administrators' | 'operators';
export type Advice = Readonly<Record<Audience, string>>;

const BY_CLASS: Readonly<Partial<Record<VerdictClass, Advice>>> = {
  worm: {
    users:
      'Ask by another way before you open a link or file that a contact sends unasked: the contact may be infected.',
    administrators:
      'Block programs and screen savers sent by messenger, and take a machine off the network that sends the same to all its contacts.',
    operators: 'Limit how many contacts an account may send the same link or file to within a minute.',
  },
  malware: {
    users: 'Refuse files and programs that you did not ask for, whatever their name says.',
    administrators: 'Scan what messengers save, and keep programs from starting in download folders.',
    operators: 'Refuse transfers whose content does not agree with their name.',
  },
  exploit: {
    users: 'Update the messenger now, and take messages from contacts only until you have.',
    administrators: 'Find and update the clients that the entries met in this period name.',
    operators: 'Drop malformed frames at the server, before they reach a client.',
  },
  phishing: {
    users: 'Type no password or code into a page that a message led to.',
    administrators: 'Turn on the second factor, and end all sessions of an account that was phished.',
    operators:
      'Block the hosts of the feeds, and ask an account for its password again when it begins to write to all its contacts.',
  },
  scam: {
    users: 'Answer no stranger who speaks of money, work or love, and send no codes.',
    administrators: 'Tell people in charge of payments that the period’s fraud came by messenger.',
    operators: 'Let people report a conversation with one click, and look at accounts that several report.',
  },
  spam: {
    users: 'Do not answer spam: block and report its sender.',
    administrators: 'Take messages from contacts only where nobody needs strangers.',
    operators: 'Limit what new accounts may send, and close registration that nobody watches.',
  },
};

const ALWAYS: readonly Advice[] = [
  {
    users: 'Keep the messenger and the system up to date.',
    administrators: 'Subscribe to the alerts, and agree on who reads them.',
    operators: 'Run a few decoys of your own, on lists that worms can reach.',
  },
  {
    users: 'Use a password of its own for each messenger.',
    administrators: 'Rehearse what happens when a messenger account is taken over.',
    operators: 'Take in the block lists, and let their entries expire.',
  },
  {
    users: 'Say when you clicked: nobody can help with what nobody knows.',
    administrators: 'Know which messengers are in use.',
    operators: 'Name an address for reports, and answer them.',
  },
];

const WANTED = 3;

/** @param classes what came, most first */
export function recommend(classes: readonly string[]): Readonly<Record<Audience, readonly string[]>> {
  const advice = [...classes.flatMap((one) => BY_CLASS[one as VerdictClass] ?? []), ...ALWAYS].slice(0, WANTED);
  const of = (audience: Audience): readonly string[] => advice.map((one) => one[audience]);
  return { users: of('users'), administrators: of('administrators'), operators: of('operators') };
}
