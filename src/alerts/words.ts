// The fixed words of alerts: who is at risk, and what can not be known, for each class. Reviewed, never generated.
import type { VerdictClass } from '../core/verdict.ts';
import type { Growth } from '../warning/types.ts';

export const AT_RISK: Readonly<Record<VerdictClass, string>> = {
  worm: 'Anyone who opens the file or link; the message may come from a contact whose machine is infected.',
  malware: 'Anyone who opens the file or runs what the link offers.',
  exploit: 'Anyone whose client has the flaw, perhaps without opening anything.',
  phishing: 'Anyone who enters a password or payment data on the page behind the link.',
  scam: 'Anyone who answers, pays or sends codes or documents.',
  spam: 'Anyone who follows the offer; mostly a nuisance.',
  recon: 'Accounts that answer: they may be chosen for what comes next.',
  benign: 'Nobody, as far as we know.',
  unknown: 'Not known yet; treat unexpected messages of this kind with care.',
};

export const UNKNOWNS: Readonly<Record<VerdictClass, string>> = {
  worm: 'How many people opened it, and what it does on their machines beyond what is listed here.',
  malware: 'How many people opened it, and what it does beyond what is listed here.',
  exploit: 'Which versions of which clients are affected, unless listed here.',
  phishing: 'How many people entered data, and who collects it.',
  scam: 'Who is behind it, and how many people answered.',
  spam: 'Who is behind it.',
  recon: 'What the sender is after.',
  benign: 'Nothing of importance.',
  unknown: 'What it does and who is behind it.',
};

export const GROWTH_WORDS: Readonly<Record<Growth, string>> = {
  new: 'new',
  growing: 'still growing',
  steady: 'no longer growing',
  fading: 'fading',
};
