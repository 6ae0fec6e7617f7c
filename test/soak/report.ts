// What a soak says: a line as things happen, a line for each check, a table at the end.

export interface Report {
  /** Progress, with the seconds since the beginning. */
  say(text: string): void;
  check(name: string, ok: boolean, detail?: string): void;
  /** A figure of the table. */
  figure(name: string, value: string | number): void;
  /** Says what was left out, and why; neither passed nor failed. */
  leftOut(name: string, why: string): void;
  /** Prints table and sum. @returns whether nothing failed */
  finish(): boolean;
}

interface Row {
  readonly phase: string;
  readonly name: string;
  readonly value: string;
}

export function createReport(phaseNow: () => string): Report {
  const began = Date.now();
  const rows: Row[] = [];
  let passed = 0;
  let failed = 0;
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  const add = (name: string, value: string): void => void rows.push({ phase: phaseNow(), name, value });
  return {
    say: (text) => print(`${String(Math.round((Date.now() - began) / 1000)).padStart(5)} s  ${text}`),
    check: (name, ok, detail = '') => {
      if (ok) passed += 1;
      else failed += 1;
      const text = `${ok ? 'passed' : 'FAILED'}${detail === '' ? '' : `: ${detail}`}`;
      add(name, text);
      print(`         ${phaseNow()}: ${name}: ${text}`);
    },
    figure: (name, value) => add(name, String(value)),
    leftOut: (name, why) => {
      add(name, `left out: ${why}`);
      print(`         ${phaseNow()}: ${name}: left out: ${why}`);
    },
    finish: () => {
      const widths = [
        Math.max(...rows.map(({ phase }) => phase.length)),
        Math.max(...rows.map(({ name }) => name.length)),
      ];
      print('');
      for (const { phase, name, value } of rows) {
        print(`${phase.padEnd(widths[0] ?? 0)}  ${name.padEnd(widths[1] ?? 0)}  ${value}`);
      }
      print('');
      print(`${passed} passed, ${failed} failed`);
      return failed === 0;
    },
  };
}
