// Runs parts of a scorecard and prints it; the same for every scorecard. Exit status 1 when a goal is missed.
import { parseArgs } from 'node:util';
import type { EvalPart, Figure } from './part.ts';

/** Runs the parts named in the arguments, or all, and prints their figures. */
export async function runParts(parts: readonly EvalPart[]): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
  let missed = 0;
  for (const part of chosen(parts, positionals)) {
    const absent: string[] = [];
    const figures = await part.run((rival) => absent.push(rival));
    missed += figures.filter((figure) => figure.met === false).length;
    if (values.json === true) for (const figure of figures) line(JSON.stringify({ part: part.name, ...figure }));
    else print(part, figures, absent);
  }
  process.exitCode = missed > 0 ? 1 : 0;
}

function chosen(parts: readonly EvalPart[], names: readonly string[]): readonly EvalPart[] {
  const unknown = names.find((name) => !parts.some((part) => part.name === name));
  if (unknown !== undefined) {
    process.stderr.write(`no part ${unknown}; there are ${parts.map((part) => part.name).join(', ')}\n`);
    process.exit(2);
  }
  return names.length === 0 ? parts : parts.filter((part) => names.includes(part.name));
}

function print(part: EvalPart, figures: readonly Figure[], absent: readonly string[]): void {
  line(`\n${part.name}: ${part.title}`);
  for (const figure of figures) {
    const name = figure.rival === undefined ? figure.metric : `${figure.metric} [${figure.rival}]`;
    const verdict = figure.met === undefined ? '' : `${figure.met ? 'met' : 'MISSED'} (goal ${figure.goal})`;
    line(`  ${name.padEnd(72)} ${shown(figure).padStart(10)}  ${verdict}`.trimEnd());
  }
  for (const rival of absent) line(`  not installed, so not measured: ${rival}`);
}

function shown({ value, as }: Figure): string {
  if (as === 'share') return `${(value * 100).toFixed(2)} %`;
  if (as === 'count') return value.toLocaleString('en-GB');
  if (as === 'rate') return `${Math.round(value).toLocaleString('en-GB')}/s`;
  return value.toFixed(4);
}

function line(text: string): void {
  process.stdout.write(`${text}\n`);
}
