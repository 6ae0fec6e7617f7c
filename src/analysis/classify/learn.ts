// Learning the linear model: logistic regression by AdaGrad (Duchi et al. 2011) and Platt scaling. Deterministic: the
// order of the examples comes from a generator with a fixed seed.
import { FEATURE_COUNT } from './features.ts';

export interface Example {
  readonly features: Int32Array;
  readonly positive: boolean;
}

/** Weights of one binary question, in full precision. */
export interface Weights {
  readonly weights: Float32Array;
  readonly bias: number;
}

/** Turns a margin into a probability: 1 / (1 + exp(-(slope * margin + offset))). */
export interface Calibration {
  readonly slope: number;
  readonly offset: number;
}

export interface LearnOptions {
  readonly passes: number;
  readonly rate: number;
  /** Strength of the pull to zero. */
  readonly decay: number;
}

const DEFAULTS: LearnOptions = { passes: 8, rate: 0.5, decay: 1e-6 };

/** Fits the weights. */
export function learn(examples: readonly Example[], options: LearnOptions = DEFAULTS): Weights {
  const weights = new Float32Array(FEATURE_COUNT);
  const squares = new Float32Array(FEATURE_COUNT).fill(1e-8);
  const order = examples.map((_example, at) => at);
  const random = generator(20_260_101);
  let [bias, biasSquares] = [0, 1e-8];
  for (let pass = 0; pass < options.passes; pass++) {
    shuffle(order, random);
    for (const at of order) {
      const example = examples[at];
      if (example === undefined) continue;
      const { features, positive } = example;
      const share = 1 / Math.sqrt(Math.max(1, features.length));
      const gradient = sigmoid(marginOf({ weights, bias }, features)) - (positive ? 1 : 0);
      biasSquares += gradient * gradient;
      bias -= (options.rate * gradient) / Math.sqrt(biasSquares);
      const step = gradient * share;
      for (const index of features) {
        const slope = step + options.decay * (weights[index] ?? 0);
        const square = (squares[index] ?? 0) + slope * slope;
        squares[index] = square;
        weights[index] = (weights[index] ?? 0) - (options.rate * slope) / Math.sqrt(square);
      }
    }
  }
  return { weights, bias };
}

/** Distance from the border of the two answers, positive for yes. */
export function marginOf(
  model: { readonly weights: ArrayLike<number>; readonly bias: number },
  features: Int32Array,
): number {
  let sum = 0;
  for (const index of features) sum += model.weights[index] ?? 0;
  return sum / Math.sqrt(Math.max(1, features.length)) + model.bias;
}

/** Platt scaling of held-out margins, by Newton's method on the log likelihood. */
export function calibrate(margins: readonly { readonly margin: number; readonly positive: boolean }[]): Calibration {
  let [slope, offset] = [1, 0];
  for (let round = 0; round < 50; round++) {
    let [gs, go, hss, hso, hoo] = [0, 0, 1e-6, 0, 1e-6];
    for (const { margin, positive } of margins) {
      const p = sigmoid(slope * margin + offset);
      const error = p - (positive ? 1 : 0);
      const weight = p * (1 - p);
      gs += error * margin;
      go += error;
      hss += weight * margin * margin;
      hso += weight * margin;
      hoo += weight;
    }
    const determinant = hss * hoo - hso * hso;
    if (Math.abs(determinant) < 1e-12) break;
    slope -= (hoo * gs - hso * go) / determinant;
    offset -= (hss * go - hso * gs) / determinant;
  }
  return { slope, offset };
}

export function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

/** Numbers in [0, 1) from a seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function shuffle(order: number[], random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
}
