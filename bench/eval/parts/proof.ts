// How often one file is wrongly taken as proof: each through triage, analysis and the decision, as a capture of one decoy.
import { analyze } from '../../../src/analysis/analyze.ts';
import { openFileTriage } from '../../../src/analysis/files/sandbox/sandbox.ts';
import type { FileReport } from '../../../src/analysis/files/types.ts';
import { compileSignatures } from '../../../src/analysis/signatures.ts';
import { parseCapture } from '../../../src/core/parse-capture.ts';
import { shippedSignatures } from '../../../src/knowledge/shipped-signatures.ts';
import { stepWatch } from '../../../src/warning/decide.ts';
import { dependencyFiles, eicarWrappings, honestSamples, luredPrograms, type Sample } from '../files/samples.ts';
import { atLeast, atMost, type EvalPart, type Figure } from '../part.ts';

const START = Date.UTC(2026, 0, 5);

interface Told {
  /** It is a JavaScript file, or an archive with one in it. */
  readonly script: boolean;
  readonly proof: boolean;
}

export const proof: EvalPart = {
  name: 'proof',
  title:
    "files as proof by themselves: made documents, pictures and archives and the files of the project's dependencies under their own names (harmless), programs under lure names and EICAR in wrappings (harmful), one file a decoy",
  run: async () => {
    await using triage = openFileTriage();
    const signatures = compileSignatures(await shippedSignatures());
    const tell = async (samples: readonly Sample[]): Promise<readonly Told[]> => {
      const told: Told[] = [];
      for (const { name, bytes } of samples) {
        const report = await triage.triage(bytes, { name });
        told.push({ script: holdsJavaScript({ ...report, name }), proof: isProof(report, name, signatures) });
      }
      return told;
    };
    const [made, real] = [await tell(named(honestSamples())), await tell(await dependencyFiles())];
    const harmful = await tell([...luredPrograms(), ...named(eicarWrappings())]);
    return figures([...made, ...real], harmful);
  },
};

const named = (all: readonly Uint8Array[]): readonly Sample[] => all.map((bytes) => ({ name: 'a', bytes }));

const holdsJavaScript = ({ name = '', members }: FileReport): boolean =>
  /\.js$/i.test(name) || members.some(holdsJavaScript);

function isProof(contents: FileReport, name: string, signatures: Parameters<typeof analyze>[1]): boolean {
  const { sha256, size } = contents;
  const peer = { id: 'p@peers.example' };
  const draft = { v: 1, at: new Date(START).toISOString(), network: 'oscar', decoy: 'dora', peer, kind: 'file' };
  const capture = parseCapture({ ...draft, file: { name, size, sha256 } }, { sensor: 'eval' });
  const analysis = analyze({ ...capture, contents }, signatures);
  const { decision } = stepWatch(undefined, {
    ...{ atMs: START, network: capture.network, class: analysis.class, severity: analysis.severity, reasons: [] },
    ...{ unambiguousHarm: analysis.unambiguousHarm, known: analysis.threats.length > 0 },
    ...{ newDecoy: true, newSender: true },
  });
  return decision.act === 'raise' && decision.standing.rule === 'proof';
}

function figures(harmless: readonly Told[], harmful: readonly Told[]): readonly Figure[] {
  const count = (told: readonly Told[]): number => told.filter((one) => one.proof).length;
  const [scripts, rest] = [harmless.filter(({ script }) => script), harmless.filter(({ script }) => !script)];
  return [
    { metric: 'harmless files', value: rest.length, as: 'count' },
    atMost('harmless files taken as proof', count(rest), 0, 'count'),
    { metric: 'harmless JavaScript files, and archives with one', value: scripts.length, as: 'count' },
    { metric: 'harmless JavaScript files, and archives with one: taken as proof', value: count(scripts), as: 'count' },
    { metric: 'harmful files', value: harmful.length, as: 'count' },
    atLeast('harmful files taken as proof', count(harmful) / harmful.length, 0.99, 'share'),
  ];
}
