// What the model is asked of a text, which rows teach each answer, and how much an error on a row costs.
import type { TrainingRow } from './training-row.ts';

/**
 * `chat`: is it a lure as chats know it, rather than advertising by text message? It chooses who is asked whether it is
 * fraud: what is fraud among text messages is told apart by other words than among lures.
 */
export const QUESTIONS = ['unsolicited', 'opener', 'chat', 'textFraud', 'chatFraud', 'scam', 'worm'] as const;
export type Question = (typeof QUESTIONS)[number];

/** How a question is learnt. */
export interface Lesson {
  /** What an error on the row costs; 0 leaves the row out. */
  cost(row: TrainingRow): number;
  positive(row: TrainingRow): boolean;
  /** Rows whose held-out answers make the calibration. */
  calibrates(row: TrainingRow): boolean;
}

/** Texts of our own count little beside real ones: few templates, many texts of each. */
const OWN = 'phrases';
/** Source of rows that analysts corrected. */
export const CORRECTIONS = 'corrections';
const PHISHES = /(?:https?:|www\.)\S|\.(?:com|net|org|info|uk)\b|account|verify|log ?in|update|password|confirm/i;

const isOwn = ({ source }: TrainingRow): boolean => source === OWN || source === CORRECTIONS;
const isHarmless = ({ label }: TrainingRow): boolean => label === 'ham' || label === 'recon';
const isBad = (row: TrainingRow): boolean => !isHarmless(row) && row.label !== 'opener';
/** Only these rows tell fraud from other unsolicited messages. */
const isOfKnownKind = (row: TrainingRow): boolean =>
  isBad(row) && row.label !== 'worm' && row.source !== 'uci' && row.source !== 'tg-spam';
const isFraud = (row: TrainingRow): boolean => isOfKnownKind(row) && row.label !== 'spam';

export const LESSONS: Readonly<Record<Question, Lesson>> = {
  unsolicited: {
    cost: (row) => (row.label === 'opener' ? 0 : (UNSOLICITED_COST[row.source] ?? 1)),
    positive: isBad,
    calibrates: (row) => row.source !== OWN,
  },
  chat: {
    cost: (row) => (isOfKnownKind(row) ? 1 : 0),
    positive: isOwn,
    calibrates: isOfKnownKind,
  },
  textFraud: {
    cost: (row) => (isOfKnownKind(row) && !isOwn(row) ? 1 : 0),
    positive: isFraud,
    calibrates: (row) => isOfKnownKind(row) && !isOwn(row),
  },
  chatFraud: {
    cost: (row) => (isOfKnownKind(row) && isOwn(row) ? 1 : 0),
    positive: isFraud,
    calibrates: (row) => isOfKnownKind(row) && isOwn(row),
  },
  scam: {
    cost: (row) => (isFraud(row) ? 1 : 0),
    positive: (row) => row.label === 'scam' || (row.label === 'smishing' && !PHISHES.test(row.text)),
    calibrates: isFraud,
  },
  worm: {
    cost: (row) => (isBad(row) ? 1 : 0),
    positive: (row) => row.label === 'worm',
    calibrates: isBad,
  },
  opener: {
    cost: (row) => (row.label === 'opener' || isHarmless(row) ? 1 : 0.2),
    positive: (row) => row.label === 'opener',
    calibrates: (row) => row.label === 'opener' || isHarmless(row),
  },
};

const UNSOLICITED_COST: Readonly<Record<string, number>> = {
  uci: 3,
  mendeley: 3,
  'tg-spam': 4,
  irc: 1,
  [OWN]: 0.03,
  [CORRECTIONS]: 3,
};
