// Lines of figures.

export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

export const whole = (value: number): string => Math.round(value).toLocaleString('en');

/** The value below which a share of the sorted list lies. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
