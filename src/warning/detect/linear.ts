// Small systems of linear equations, symmetric and positive definite, as least squares makes them.

/** Rows of a square matrix, one after another. */
export type Square = Float64Array;

// A pivot smaller than this share of its diagonal means columns that depend on each other.
const SINGULAR = 1e-11;

/**
 * Lower Cholesky factor of a symmetric matrix; a column that depends on those before it is left out, as R's `glm` does:
 * its pivot becomes infinite, so that its coefficient comes out as 0.
 */
export function choleskyFactor(matrix: Square, size: number): Square {
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = at(matrix, row * size + column);
      for (let k = 0; k < column; k += 1) sum -= at(factor, row * size + k) * at(factor, column * size + k);
      if (column < row) factor[row * size + column] = sum / at(factor, column * size + column);
      else if (sum > SINGULAR * at(matrix, row * size + row)) factor[row * size + row] = Math.sqrt(sum);
      else factor[row * size + row] = Number.POSITIVE_INFINITY;
    }
  }
  return factor;
}

/** Columns that `choleskyFactor` kept. */
export function rankOf(factor: Square, size: number): number {
  let rank = 0;
  for (let row = 0; row < size; row += 1) if (Number.isFinite(at(factor, row * size + row))) rank += 1;
  return rank;
}

/** L⁻¹ v for a lower factor. */
export function solveLower(factor: Square, size: number, vector: Float64Array): Float64Array {
  const solved = new Float64Array(size);
  for (let row = 0; row < size; row += 1) {
    let sum = at(vector, row);
    for (let k = 0; k < row; k += 1) sum -= at(factor, row * size + k) * at(solved, k);
    solved[row] = sum / at(factor, row * size + row);
  }
  return solved;
}

/** (L Lᵀ)⁻¹ v. */
export function solveCholesky(factor: Square, size: number, vector: Float64Array): Float64Array {
  const solved = solveLower(factor, size, vector);
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = at(solved, row);
    for (let k = row + 1; k < size; k += 1) {
      const below = at(factor, k * size + row);
      if (Number.isFinite(below)) sum -= below * at(solved, k);
    }
    solved[row] = sum / at(factor, row * size + row);
  }
  return solved;
}

/** Number at a place of a typed array; 0 past its end. */
export function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? 0;
}
