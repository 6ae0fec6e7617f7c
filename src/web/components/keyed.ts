/** Lines, each with a key of its own also where two are the same. */
export function keyed(lines: readonly string[]): readonly (readonly [key: string, line: string])[] {
  const seen = new Map<string, number>();
  return lines.map((line) => {
    const times = seen.get(line) ?? 0;
    seen.set(line, times + 1);
    return [`${line} ${times}`, line];
  });
}
