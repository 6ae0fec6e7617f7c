// Learning a linear border: support vector machine with squared hinge loss, by dual coordinate descent (Hsieh, Chang, Lin,
// Keerthi, Sundararajan: A Dual Coordinate Descent Method for Large-scale Linear SVM, ICML 2008). Deterministic: the order
// of the examples comes from a generator with a fixed seed.

/** Examples as sparse rows: entries of row r are `starts[r]` to `starts[r + 1]`. */
export interface SparseRows {
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

export interface SvmOptions {
  /** Price of an error, by row. */
  readonly cost: (row: number) => number;
  readonly passes: number;
  /** Ends earlier when no example pulls harder than this. */
  readonly tolerance: number;
}

const SEED = 20_260_101;

/**
 * Weights by column that tell `positive` rows from the others.
 * @param rows which rows to learn from @param positive answer by row @param columns how many columns there are
 */
export function learn(
  data: SparseRows,
  rows: Int32Array,
  positive: (row: number) => boolean,
  columns: number,
  { cost, passes, tolerance }: SvmOptions,
): Float64Array {
  const weights = new Float64Array(columns);
  const alphas = new Float64Array(rows.length);
  const signs = Float64Array.from(rows, (row) => (positive(row) ? 1 : -1));
  const diagonals = Float64Array.from(rows, (row) => 0.5 / cost(row));
  const squares = Float64Array.from(rows, (row, at) => squareOf(data, row) + (diagonals[at] ?? 0));
  const order = Int32Array.from(rows, (_row, at) => at);
  const random = generator(SEED);
  for (let pass = 0; pass < passes; pass++) {
    shuffle(order, random);
    let most = 0;
    for (const at of order) {
      const [row, sign, alpha] = [rows[at] ?? 0, signs[at] ?? 0, alphas[at] ?? 0];
      const gradient = sign * productOf(data, row, weights) - 1 + alpha * (diagonals[at] ?? 0);
      const pull = alpha === 0 ? Math.min(gradient, 0) : gradient;
      most = Math.max(most, Math.abs(pull));
      if (Math.abs(pull) < 1e-12) continue;
      const next = Math.max(alpha - gradient / (squares[at] ?? 1), 0);
      alphas[at] = next;
      addTo(weights, data, row, (next - alpha) * sign);
    }
    if (most < tolerance) break;
  }
  return weights;
}

/** Distance of a row from the border, positive for yes. */
export function productOf(data: SparseRows, row: number, weights: Float64Array): number {
  const { starts, columns, values } = data;
  const end = starts[row + 1] ?? 0;
  let sum = 0;
  for (let at = starts[row] ?? 0; at < end; at++) sum += (weights[columns[at] ?? 0] ?? 0) * (values[at] ?? 0);
  return sum;
}

function squareOf({ starts, values }: SparseRows, row: number): number {
  const end = starts[row + 1] ?? 0;
  let sum = 0;
  for (let at = starts[row] ?? 0; at < end; at++) sum += (values[at] ?? 0) ** 2;
  return sum;
}

function addTo(weights: Float64Array, { starts, columns, values }: SparseRows, row: number, by: number): void {
  const end = starts[row + 1] ?? 0;
  for (let at = starts[row] ?? 0; at < end; at++) {
    const column = columns[at] ?? 0;
    weights[column] = (weights[column] ?? 0) + by * (values[at] ?? 0);
  }
}

/** Numbers in [0, 1) from a seed (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function shuffle(order: Int32Array, random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
}
