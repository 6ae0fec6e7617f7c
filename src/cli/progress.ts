// A progress bar on the terminal's error stream.

const WIDTH = 30;

/** Redraws one line: name, bar (when the share is known) and the count so far. */
export function progressLine(name: string, share: number | undefined, count: number): void {
  const filled = share === undefined ? 0 : Math.round(Math.min(1, share) * WIDTH);
  const bar =
    share === undefined ? '' : ` [${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${Math.round(share * 100)} %`;
  process.stderr.write(`\r\u001b[K${name}${bar} ${count} captures`);
}
