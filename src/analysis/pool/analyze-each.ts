// Analyses many captures where one that cannot be analysed must not hold up the others.
import type { Capture } from '../../core/capture.ts';
import { messageOf, SundewError } from '../../core/error.ts';
import type { Analysis } from '../types.ts';
import type { AnalysisPool } from './pool.ts';

/** The analysis of each capture, or the error why there is none (`ANALYSIS_FAILED`), in input order. */
export async function analyzeEach(
  pool: Pick<AnalysisPool, 'analyzeBatch'>,
  captures: readonly Capture[],
): Promise<readonly (Analysis | SundewError)[]> {
  if (captures.length === 0) return [];
  try {
    return await pool.analyzeBatch(captures);
  } catch (cause) {
    if (captures.length === 1) return [failureOf(cause)];
    const half = captures.length >> 1;
    const first = await analyzeEach(pool, captures.slice(0, half));
    return [...first, ...(await analyzeEach(pool, captures.slice(half)))];
  }
}

function failureOf(cause: unknown): SundewError {
  return cause instanceof SundewError ? cause : new SundewError('ANALYSIS_FAILED', messageOf(cause), { cause });
}
