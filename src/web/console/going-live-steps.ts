import type { Status } from '../api/types.ts';

export type Step = Status['goingLive'][number]['step'];

/** What each step of going live is called, and what it is for. */
export const STEP_WORDS: Readonly<Record<Step, { readonly title: string; readonly text: string }>> = {
  decoy: {
    title: 'A real decoy',
    text: 'An account on a real server that nobody has a reason to contact. Once it is there, the simulation stays off.',
  },
  mail: { title: 'Outgoing mail', text: 'The mail server that alerts leave by. A test message proves it.' },
  subscriber: {
    title: 'A first subscriber',
    text: 'An address that asked for alerts and pressed the button in the message.',
  },
  purge: { title: 'Simulated data gone', text: 'The demonstration has done its work; its data can go.' },
};
