// What a simulated run is made of, and presets whose figures are published in docs/range.md.
import { SundewError } from '../../core/error.ts';

export const RUN_KINDS = ['worm', 'spim', 'quiet'] as const;
export type RunKind = (typeof RUN_KINDS)[number];

/** Times are minutes, rates an hour. */
export interface RunParameters {
  readonly kind: RunKind;
  /** Accounts that can be infected. */
  readonly population: number;
  /** Links of a newcomer in the scale-free graph; the mean contact list is twice as long. */
  readonly links: number;
  readonly decoys: number;
  /** Contact lists that each decoy stands on. */
  readonly lists: number;
  /** Chance that a contact opens what an infected account sends it. */
  readonly click: number;
  /** Median time from message to infection, and the spread of its logarithm. */
  readonly delayMin: number;
  readonly delaySpread: number;
  readonly noisePerHour: number;
  /** Accounts infected at the start, and when that is. */
  readonly seeds: number;
  readonly startMin: number;
  readonly lengthMin: number;
  /** Of a spim burst: its hits an hour on all decoys, its length, and its senders (0: each message a new one). */
  readonly burstPerHour: number;
  readonly burstMin: number;
  readonly burstSenders: number;
  /** Share of the lists a decoy stands on that it knows of; share of senders of bursts and of noise that had it on theirs. */
  readonly contactsKnown: number;
  readonly burstContacts: number;
  readonly noiseContacts: number;
  /** Payloads that noise shares among it; 0: each hit has its own. */
  readonly noisePayloads: number;
  /** Share of the hits of worm and burst whose payload is not known again. */
  readonly payloadMiss: number;
}

export const DEFAULTS: RunParameters = {
  kind: 'worm',
  population: 20_000,
  links: 7,
  decoys: 30,
  lists: 20,
  click: 0.2,
  delayMin: 15,
  delaySpread: 1,
  noisePerHour: 1,
  seeds: 1,
  startMin: 600,
  lengthMin: 2_880,
  burstPerHour: 60,
  burstMin: 120,
  burstSenders: 0,
  contactsKnown: 0,
  burstContacts: 0,
  noiseContacts: 0,
  noisePayloads: 0,
  payloadMiss: 0,
};

/** Named settings; where the figures come from stands in docs/range.md. */
export const PRESETS: Readonly<Record<string, Partial<RunParameters>>> = {
  /** A link that a person opens between two sentences. */
  'chat-link': { click: 0.2, delayMin: 3 },
  /** A file that a person accepts when back at the desk. */
  'file-offer': { click: 0.1, delayMin: 60 },
  /** Doubles about every 37 minutes, as Code Red did. */
  'code-red-pace': { population: 359_000, click: 0.1, delayMin: 110 },
  /** Nobody has to click: 500,000 machines in about 31 seconds (Hindocha and Chien's upper bound). */
  'no-click': { population: 500_000, links: 10, click: 1, delayMin: 0.12, delaySpread: 0.3, lengthMin: 1_440 },
  /** Just above the border below which a worm dies out. */
  smoulder: { click: 0.08, links: 4, delayMin: 60 },
  spim: { kind: 'spim' },
  quiet: { kind: 'quiet' },
};

const LIMITS: Readonly<Record<Exclude<keyof RunParameters, 'kind'>, readonly [number, number]>> = {
  population: [100, 1_000_000],
  links: [1, 50],
  decoys: [1, 100_000],
  lists: [1, 100_000],
  click: [0, 1],
  delayMin: [0.001, 10_080],
  delaySpread: [0, 3],
  noisePerHour: [0, 1_000],
  seeds: [1, 1_000],
  startMin: [0, 100_000],
  lengthMin: [1, 100_000],
  burstPerHour: [0, 10_000],
  burstMin: [1, 100_000],
  burstSenders: [0, 100_000],
  contactsKnown: [0, 1],
  burstContacts: [0, 1],
  noiseContacts: [0, 1],
  noisePayloads: [0, 100_000],
  payloadMiss: [0, 1],
};
const WHOLE = ['population', 'links', 'decoys', 'lists', 'seeds', 'burstSenders', 'noisePayloads'] as const;
/** Decoys × lists. */
const MAX_PLACES = 10_000_000;

/** @throws SundewError USAGE with the name of what is wrong and its limits */
export function checkParameters(parameters: RunParameters): RunParameters {
  for (const [name, [least, most]] of Object.entries(LIMITS)) {
    const value = parameters[name as keyof typeof LIMITS];
    if (!(value >= least && value <= most)) throw wrong(`${name} is ${least} to ${most}, not ${value}`);
  }
  for (const name of WHOLE) {
    if (!Number.isInteger(parameters[name])) throw wrong(`${name} is a whole number, not ${parameters[name]}`);
  }
  const { population, links, lists, decoys, seeds } = parameters;
  if (links >= population) throw wrong('links must be fewer than the population');
  if (lists > population) throw wrong('a decoy cannot stand on more lists than there are accounts');
  if (seeds > population) throw wrong('seeds must not be more than the population');
  if (decoys * lists > MAX_PLACES) throw wrong(`decoys × lists is ${MAX_PLACES} at most`);
  return parameters;
}

const wrong = (text: string): SundewError => new SundewError('USAGE', text);
