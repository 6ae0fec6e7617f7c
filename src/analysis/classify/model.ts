// A model at work: what it thinks of a text, and which words and traits made it think so.
import { readFileSync } from 'node:fs';
import { asWritten } from './as-written.ts';
import { sigmoid } from './calibration.ts';
import { TRAIT_SHARE } from './dataset.ts';
import { type ModelHeader, type QuantisedAnswer, unpackModel } from './model-file.ts';
import type { Question } from './questions.ts';
import { LINK_TOKEN, shapeOf, TRAITS, traitsOf } from './shape.ts';
import { TermCounter, type Terms } from './terms.ts';
import { type Cells, cellsOf, firstWeight, isKnown, secondWeight, type Vector, Vectorizer } from './vocabulary.ts';

const FILE = new URL('../data/model.bin.gz', import.meta.url);
const MAX_WORDS = 3;
const MAX_WORD_UNITS = 24;
/** A share of the margin under which a word or trait is not worth naming. */
const WORTH_NAMING = 0.04;

/** What a text is, if it is unsolicited. */
export type LureKind = 'spam' | 'phishing' | 'scam' | 'worm';

/** What the model thinks of a text. */
export interface Opinion {
  /** Probability that it is unsolicited: advertising, phishing, fraud, a worm's lure. */
  readonly unsolicited: number;
  /** Whether that is enough to say so, at the false-alarm rate the model was made for. */
  readonly isUnsolicited: boolean;
  /** Whether it reads like the start of a long talk that ends in fraud. */
  readonly isOpener: boolean;
}

/** The model with its working memory; one a thread. */
export class Model {
  readonly header: ModelHeader;
  readonly #cells: Cells;
  readonly #answers: ReadonlyMap<Question, QuantisedAnswer>;
  readonly #counter = new TermCounter();
  readonly #vectorizer = new Vectorizer();
  readonly #traits = new Float64Array(TRAITS.length);
  #plain = '';
  #shaped = '';
  #terms: Terms = {
    hashes: new Uint32Array(0),
    counts: new Uint16Array(0),
    words: new Uint16Array(0),
    length: 0,
    grams: 0,
  };
  #vector: Vector = {
    slots: new Int32Array(0),
    cells: new Uint32Array(0),
    values: new Float32Array(0),
    places: new Int32Array(0),
    length: 0,
  };

  /** @throws SundewError INPUT_INVALID */
  constructor(packed: Uint8Array) {
    const { header, vocabulary, answers } = unpackModel(packed);
    this.header = header;
    this.#answers = new Map(answers.map((answer) => [answer.question, answer]));
    this.#cells = cellsOf(vocabulary, this.#answerTo('unsolicited').weights, this.#answerTo('opener').weights);
  }

  /** @param plain the text as people see it @param folded the same, folded */
  ask(plain: string, folded: string): Opinion {
    this.#plain = plain;
    this.#shaped = shapeOf(folded);
    this.#terms = this.#counter.of(this.#shaped);
    this.#vector = this.#vectorizer.of(this.#terms, this.#cells);
    traitsOf(plain, folded, this.#traits);
    const answer = this.#answerTo('unsolicited');
    const opener = this.#answerTo('opener');
    const { cells, values, length } = this.#vector;
    let forUnsolicited = 0;
    let forOpener = 0;
    for (let at = 0; at < length; at++) {
      const cell = cells[at] ?? 0;
      const value = values[at] ?? 0;
      forUnsolicited += firstWeight(cell) * value;
      forOpener += secondWeight(cell) * value;
    }
    const margin = this.#marginFrom(answer, forUnsolicited);
    return {
      unsolicited: sigmoid(answer.slope * margin + answer.offset),
      isUnsolicited: margin >= answer.border,
      isOpener: this.#marginFrom(opener, forOpener) >= opener.border,
    };
  }

  /** What the text last asked about is, if it is unsolicited. */
  kind(): LureKind {
    if (this.#says('worm')) return 'worm';
    if (!this.#says(this.#says('chat') ? 'chatFraud' : 'textFraud')) return 'spam';
    return this.#says('scam') ? 'scam' : 'phishing';
  }

  /** Words and traits that spoke most for `question` in the text last asked about, a few at most. */
  because(question: Question): readonly string[] {
    const answer = this.#answerTo(question);
    const words = this.#shaped.split(' ').filter((word) => word !== '');
    const shares = this.#sharesOf(answer, words.length);
    const byWord = new Map<string, number>();
    for (const [at, word] of words.entries()) {
      if (shares[at] !== 0) byWord.set(word, (byWord.get(word) ?? 0) + (shares[at] ?? 0));
    }
    const known = this.#knownOf(words);
    const named = [...byWord].filter(([word]) => known.has(word));
    const parts = named.map(([word, share]) => ({ name: word, share, isWord: true }));
    for (const [at, name] of TRAITS.entries()) {
      const share = (answer.traits[at] ?? 0) * (this.#traits[at] ?? 0) * TRAIT_SHARE;
      if (NAMED_TRAITS.has(name)) parts.push({ name, share, isWord: false });
    }
    parts.sort((a, b) => b.share - a.share);
    const telling = new Map<string, boolean>();
    for (const { name, share, isWord } of parts) {
      if (share >= WORTH_NAMING && telling.size < MAX_WORDS) telling.set(name, isWord);
    }
    return [...telling].map(([name, isWord]) => (isWord ? spoken(name, this.#plain) : name));
  }

  #says(question: Question): boolean {
    const answer = this.#answerTo(question);
    return this.#marginOf(answer) >= answer.border;
  }

  /** What each word of the text, and the pairs and runs of characters in it, say to a question. */
  #sharesOf(answer: QuantisedAnswer, words: number): Float64Array {
    const shares = new Float64Array(words);
    const { slots, values, places, length } = this.#vector;
    for (let at = 0; at < length; at++) {
      const word = this.#terms.words[places[at] ?? 0] ?? 0;
      shares[word] = (shares[word] ?? 0) + (answer.weights[slots[at] ?? 0] ?? 0) * (values[at] ?? 0) * answer.scale;
    }
    return shares;
  }

  // Only words that several training texts hold are named: a token made for one target is not.
  #knownOf(words: readonly string[]): ReadonlySet<string> {
    const known = new Set<string>();
    for (let at = 0; at < this.#terms.grams; at++) {
      if (isKnown(this.#cells, this.#terms.hashes[at] ?? 0)) known.add(words[this.#terms.words[at] ?? 0] ?? '');
    }
    return known;
  }

  #marginOf(answer: QuantisedAnswer): number {
    const { slots, values, length } = this.#vector;
    let sum = 0;
    for (let at = 0; at < length; at++) sum += (answer.weights[slots[at] ?? 0] ?? 0) * (values[at] ?? 0);
    return this.#marginFrom(answer, sum);
  }

  /** @param sum of the terms' weights, in steps */
  #marginFrom({ scale, traits, constant }: QuantisedAnswer, sum: number): number {
    let shape = 0;
    for (let at = 0; at < traits.length; at++) shape += (traits[at] ?? 0) * (this.#traits[at] ?? 0);
    return sum * scale + shape * TRAIT_SHARE + constant;
  }

  #answerTo(question: Question): QuantisedAnswer {
    const answer = this.#answers.get(question);
    if (answer === undefined) throw new TypeError(`the model has no answer to ${question}`);
    return answer;
  }
}

// Measures of size say nothing to a reader.
const NAMED_TRAITS: ReadonlySet<string> = new Set([
  'capitals',
  'short numbers to send to',
  'telephone numbers',
  'exclamation marks',
  'sums of money',
  'shouted words',
  'letters of two scripts in one word',
  'pictograms',
]);

function spoken(word: string, plain: string): string {
  if (word === LINK_TOKEN) return 'a link';
  if (/^#\d+$/.test(word)) return `a number of ${word.slice(1)} digits`;
  // A pair of surrogates cut apart is dropped.
  const shown = asWritten(word, plain)
    .slice(0, MAX_WORD_UNITS)
    .replace(/[\ud800-\udbff]$/, '');
  return `“${shown}”`;
}

/** The model of a file; the shipped one when none is named. @throws SundewError INPUT_INVALID */
export function modelOf(file: string | undefined): Model {
  return file === undefined ? shippedModel() : new Model(readFileSync(file));
}

let shipped: Model | undefined;

/** The model that comes with Sundew, loaded at first use. */
export function shippedModel(): Model {
  shipped ??= new Model(readFileSync(FILE));
  return shipped;
}
