// Learns the weights of the look-alike score anew: `node bench/look-alike.ts` writes `src/analysis/look-alike/weights.ts`.
// The same data give the same weights.
import { writeFileSync } from 'node:fs';
import { FEATURES } from '../src/analysis/look-alike/features.ts';
import { domainRows, learn } from './look-alike/learn.ts';

const weights = learn(domainRows());
const lines = [...FEATURES, 'bias'].map((name, at) => `  ${(weights[at] ?? 0).toFixed(4)}, // ${name}`);
const head = `// Weights of the look-alike score, in the order of the features, the bias last. Written by \`node bench/look-alike.ts\`.

export const WEIGHTS: readonly number[] = [
`;
writeFileSync(new URL('../src/analysis/look-alike/weights.ts', import.meta.url), `${head}${lines.join('\n')}\n];\n`);
