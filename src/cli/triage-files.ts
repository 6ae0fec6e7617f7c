// `sundew triage`: the look into files that captures get, for any file that a person hands in.
import type { Readable } from 'node:stream';
import { LIMITS } from '../analysis/files/budget.ts';
import { indicatorsOf, judgeReport } from '../analysis/files/judge.ts';
import { openScanners } from '../center/file-triage.ts';
import type { LoadedSettings } from '../config/settings.ts';
import { SundewError } from '../core/error.ts';

export interface TriageInput {
  readonly name: string;
  /** Without its folder. */
  readonly base: string;
  open(): Readable;
}

export interface TriageOutput {
  out(line: string): void;
  err(line: string): void;
}

/** Writes one line a file: verdict first, then the whole report. @throws SundewError INPUT_INVALID for one that is too large */
export async function triageFiles(
  loaded: LoadedSettings,
  inputs: readonly TriageInput[],
  output: TriageOutput,
): Promise<void> {
  await using triage = await openScanners(loaded, (problem) => output.err(problem));
  for (const input of inputs) {
    const report = await triage.triage(await readWhole(input), { name: input.base });
    const judged = judgeReport(report);
    output.out(
      JSON.stringify({
        v: 1,
        file: input.name,
        class: judged?.class ?? 'unknown',
        score: judged?.score ?? 0,
        severity: judged?.severity ?? 'info',
        reasons: judged?.reasons ?? [],
        indicators: indicatorsOf(report),
        report,
      }),
    );
  }
}

async function readWhole({ name, open }: TriageInput): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of open() as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > LIMITS.fileBytes)
      throw new SundewError('INPUT_INVALID', `${name} is over 64 MiB, which is more than is looked into`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
