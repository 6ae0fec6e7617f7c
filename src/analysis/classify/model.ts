// The shipped model: what train.ts wrote. Two questions over the same features: is it unsolicited, and if so, is it
// phishing. Weights are quantised to one byte each.
import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { SundewError } from '../../core/error.ts';
import { FEATURE_COUNT, FeatureExtractor } from './features.ts';
import { type Calibration, marginOf, sigmoid, type Weights } from './learn.ts';

export const QUESTIONS = ['unsolicited', 'phishing'] as const;

interface Quantised extends Calibration {
  readonly weights: Int8Array;
  readonly bias: number;
  readonly scale: number;
}

/** Answers of the model for one text: probabilities. */
export interface Opinion {
  readonly unsolicited: number;
  /** Given that it is unsolicited. */
  readonly phishing: number;
}

const FILE = new URL('../data/model.bin.gz', import.meta.url);
const HEADER_BYTES = QUESTIONS.length * 32;

/** The model with its working memory; one a thread. */
export class Model {
  readonly #questions: readonly Quantised[];
  readonly #extractor = new FeatureExtractor();

  constructor(packed: Uint8Array) {
    this.#questions = unpack(packed);
  }

  /** @param folded folded text */
  ask(folded: string): Opinion {
    const features = this.#extractor.of(folded);
    const [unsolicited = 0, phishing = 0] = this.#questions.map((question) => {
      const margin = marginOf({ weights: question.weights, bias: 0 }, features) * question.scale + question.bias;
      return sigmoid(question.slope * margin + question.offset);
    });
    return { unsolicited, phishing };
  }
}

let shipped: Model | undefined;

/** The model that comes with Sundew, loaded at first use. */
export function shippedModel(): Model {
  shipped ??= new Model(readFileSync(FILE));
  return shipped;
}

/** The model as a file: header of doubles, then the weights, compressed. */
export function pack(questions: readonly (Weights & Calibration)[]): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + questions.length * FEATURE_COUNT);
  const view = new DataView(bytes.buffer);
  for (const [at, question] of questions.entries()) {
    let most = 1e-9;
    for (const weight of question.weights) most = Math.max(most, Math.abs(weight));
    const scale = most / 127;
    const header = [scale, question.bias, question.slope, question.offset];
    for (const [field, value] of header.entries()) view.setFloat64(at * 32 + field * 8, value);
    const weights = new Int8Array(bytes.buffer, HEADER_BYTES + at * FEATURE_COUNT, FEATURE_COUNT);
    for (let index = 0; index < FEATURE_COUNT; index++)
      weights[index] = Math.round((question.weights[index] ?? 0) / scale);
  }
  return gzipSync(bytes, { level: 9 });
}

function unpack(packed: Uint8Array): readonly Quantised[] {
  const size = HEADER_BYTES + QUESTIONS.length * FEATURE_COUNT;
  const bytes = Uint8Array.from(gunzipSync(packed, { maxOutputLength: size + 1 }));
  if (bytes.length !== size) {
    throw new SundewError(
      'INPUT_INVALID',
      'the classifier model has the wrong size; make it again with src/analysis/classify/train.ts',
    );
  }
  const view = new DataView(bytes.buffer);
  return QUESTIONS.map((_question, at) => ({
    scale: view.getFloat64(at * 32),
    bias: view.getFloat64(at * 32 + 8),
    slope: view.getFloat64(at * 32 + 16),
    offset: view.getFloat64(at * 32 + 24),
    weights: new Int8Array(bytes.buffer, HEADER_BYTES + at * FEATURE_COUNT, FEATURE_COUNT),
  }));
}
