// Regression of counts with a logarithmic link and a variance in proportion to the mean, by iterated least squares.
import { at, choleskyFactor, rankOf, type Square, solveCholesky, solveLower } from './linear.ts';

/** Counts and what explains them: `columns` numbers a count, one row after another. */
export interface Design {
  readonly counts: Float64Array;
  readonly rows: Float64Array;
  readonly columns: number;
}

/** A fitted regression. */
export interface QuasiPoissonFit {
  readonly coefficients: Float64Array;
  readonly fitted: Float64Array;
  /** Share that each count has in its own fitted value. */
  readonly leverages: Float64Array;
  /** Pearson's: variance over mean. */
  readonly dispersion: number;
  readonly factor: Square;
}

// R's glm.control: relative change of the deviance, and iterations.
const CONVERGED = 1e-8;
const MAX_ITERATIONS = 25;
const MAX_EXPONENT = 700;
// R's poisson()$initialize starts the means here.
const START = 0.1;

/** Fits it with prior weights (1 where none are given). @returns undefined when it does not converge */
export function fitQuasiPoisson(design: Design, weights?: Float64Array): QuasiPoissonFit | undefined {
  const { counts } = design;
  const prior = weights ?? new Float64Array(counts.length).fill(1);
  let means: Float64Array = counts.map((count) => count + START);
  let etas: Float64Array = means.map((mean) => Math.log(mean));
  let deviance = devianceOf(counts, means, prior);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration += 1) {
    const { factor, solution } = leastSquares(design, means, etas, prior);
    etas = predictAll(design, solution);
    means = etas.map((eta) => Math.exp(Math.min(MAX_EXPONENT, eta)));
    const next = devianceOf(counts, means, prior);
    if (!Number.isFinite(next)) return undefined;
    if (Math.abs(next - deviance) / (Math.abs(next) + 0.1) < CONVERGED)
      return finished(design, solution, means, prior, factor);
    deviance = next;
  }
  return undefined;
}

/** Linear predictor of one row. */
export function predict(coefficients: Float64Array, row: ArrayLike<number>): number {
  let sum = 0;
  for (let column = 0; column < coefficients.length; column += 1) sum += at(coefficients, column) * at(row, column);
  return sum;
}

function predictAll({ counts, rows, columns }: Design, coefficients: Float64Array): Float64Array {
  return counts.map((_count, row) => predict(coefficients, rows.subarray(row * columns, (row + 1) * columns)));
}

interface Step {
  readonly factor: Square;
  readonly solution: Float64Array;
}

function leastSquares(
  { counts, rows, columns }: Design,
  means: Float64Array,
  etas: Float64Array,
  prior: Float64Array,
): Step {
  const normal = new Float64Array(columns * columns);
  const right = new Float64Array(columns);
  for (let row = 0; row < counts.length; row += 1) {
    const weight = at(prior, row) * at(means, row);
    const working = at(etas, row) + (at(counts, row) - at(means, row)) / at(means, row);
    for (let i = 0; i < columns; i += 1) {
      const weighted = weight * at(rows, row * columns + i);
      if (weighted === 0) continue;
      right[i] = at(right, i) + weighted * working;
      for (let j = 0; j <= i; j += 1) {
        normal[i * columns + j] = at(normal, i * columns + j) + weighted * at(rows, row * columns + j);
      }
    }
  }
  const factor = choleskyFactor(normal, columns);
  return { factor, solution: solveCholesky(factor, columns, right) };
}

/** The weights of the last iteration give leverages and covariance, as R's `glm` reports them. */
function finished(
  { counts, rows, columns }: Design,
  coefficients: Float64Array,
  fitted: Float64Array,
  prior: Float64Array,
  factor: Square,
): QuasiPoissonFit {
  let [pearson, used] = [0, 0];
  const leverages = counts.map((count, row) => {
    const mean = at(fitted, row);
    const weight = at(prior, row);
    if (weight > 0) used += 1;
    pearson += mean > 0 ? (weight * (count - mean) ** 2) / mean : 0;
    const half = solveLower(factor, columns, rows.slice(row * columns, (row + 1) * columns));
    return weight * mean * half.reduce((sum, value) => sum + value * value, 0);
  });
  const free = used - rankOf(factor, columns);
  return { coefficients, fitted, leverages, dispersion: free > 0 ? pearson / free : Number.NaN, factor };
}

function devianceOf(counts: Float64Array, means: Float64Array, prior: Float64Array): number {
  let deviance = 0;
  for (let row = 0; row < counts.length; row += 1) {
    const [count, mean] = [at(counts, row), at(means, row)];
    deviance += 2 * at(prior, row) * ((count > 0 ? count * Math.log(count / mean) : 0) - (count - mean));
  }
  return deviance;
}
