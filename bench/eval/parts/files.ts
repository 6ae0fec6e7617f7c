// Files: types beside libmagic, bombs, EICAR in wrappings, lure names, and what made-up bytes do to the sandbox.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { judgeReport } from '../../../src/analysis/files/judge.ts';
import { type FileTriage, openFileTriage } from '../../../src/analysis/files/sandbox/sandbox.ts';
import { typeOf } from '../../../src/analysis/files/type.ts';
import { BOMBS } from '../files/bombs.ts';
import { KINDS, randomOf } from '../files/kinds.ts';
import { eicarWrappings, honestSamples, luredPrograms, samplesOfKinds } from '../files/samples.ts';
import { atLeast, atMost, type EvalPart, type Figure } from '../part.ts';

const run = promisify(execFile);
const CHANGED = 600;
const IN_TIME_MS = 13_000;

/** Where we have a name for what libmagic only calls by its form. */
const FINER: Readonly<Record<string, RegExp>> = {
  'text/plain': /^(?:text\/(?:vbscript|x-powershell|x-mirc)|application\/(?:javascript|x-wsf))$/,
  'text/html': /^application\/hta$/,
  'application/zip': /^application\/(?:java-archive|vnd\.android\.package-archive)$/,
};

export const files: EvalPart = {
  name: 'files',
  title: `files made from numbers: ${Object.keys(KINDS).length} kinds, ${BOMBS.length} bombs, EICAR in wrappings, lure names, ${CHANGED} damaged files`,
  run: async (absent) => {
    await using triage = openFileTriage();
    await triage.state();
    return [
      ...(await typeAgreement(absent)),
      ...(await bombs(triage)),
      await eicar(triage),
      ...(await lures(triage)),
      ...(await damage(triage)),
    ];
  },
};

async function typeAgreement(absent: (rival: string) => void): Promise<readonly Figure[]> {
  const version = await run('file', ['--version']).then(
    ({ stdout }) => stdout.split('\n', 1)[0],
    () => undefined,
  );
  if (version === undefined) {
    absent('libmagic (Debian: file)');
    return [];
  }
  const dir = await mkdtemp(join(tmpdir(), 'sundew-kinds-'));
  try {
    const all = samplesOfKinds();
    const paths = all.map((_sample, at) => join(dir, String(at)));
    for (const [at, { bytes }] of all.entries()) await writeFile(paths[at] ?? '', bytes);
    const { stdout } = await run('file', ['--brief', '--mime-type', ...paths], { maxBuffer: 1024 * 1024 });
    const theirs = stdout.trimEnd().split('\n');
    let [same, finer] = [0, 0];
    for (const [at, { kind, bytes }] of all.entries()) {
      const { mime } = await typeOf(bytes);
      const magic = theirs[at] ?? '';
      if (mime === magic) same += 1;
      else if (FINER[magic]?.test(mime) === true) finer += 1;
      else process.stderr.write(`  ${kind}: ${mime}, libmagic says ${magic}\n`);
    }
    return [
      atLeast(
        `types that agree with libmagic (${version}), of ${all.length} files`,
        (same + finer) / all.length,
        0.99,
        'share',
      ),
      {
        metric: 'of these, where ours is a finer name (script for text, jar for zip)',
        value: finer / all.length,
        as: 'share',
      },
    ];
  } finally {
    await rm(dir, { recursive: true });
  }
}

async function bombs(triage: FileTriage): Promise<readonly Figure[]> {
  let [contained, slowestMs] = [0, 0];
  for (const { name, make, says } of BOMBS) {
    const bytes = make();
    const begin = performance.now();
    const report = await triage.triage(bytes, { name: 'a' });
    const ms = performance.now() - begin;
    slowestMs = Math.max(slowestMs, ms);
    const told = report.findings.map((finding) => finding.says).join('; ');
    const crashed = told.includes('not looked into:');
    if (!crashed && says.test(told) && ms < IN_TIME_MS) contained += 1;
    else process.stderr.write(`  ${name}: ${Math.round(ms)} ms, ${told}\n`);
  }
  return [
    atLeast(`bombs contained, of ${BOMBS.length}`, contained / BOMBS.length, 1, 'share'),
    { metric: 'the slowest of them, s', value: slowestMs / 1000 },
  ];
}

async function eicar(triage: FileTriage): Promise<Figure> {
  const variants = eicarWrappings();
  let known = 0;
  for (const bytes of variants) {
    const { findings } = await triage.triage(bytes, { name: 'sample' });
    if (findings.some(({ says }) => says.includes('EICAR test file'))) known += 1;
  }
  return atLeast(`EICAR known, of ${variants.length} wrappings`, known / variants.length, 1, 'share');
}

async function lures(triage: FileTriage): Promise<readonly Figure[]> {
  const lured = luredPrograms();
  let caught = 0;
  for (const { name, bytes } of lured) {
    if (judgeReport(await triage.triage(bytes, { name }))?.unambiguousHarm === true) caught += 1;
  }
  let alarms = 0;
  const honest = honestSamples();
  for (const bytes of honest) if (judgeReport(await triage.triage(bytes, { name: 'a' })) !== undefined) alarms += 1;
  return [
    atLeast(
      `programs under lure names called harm beyond doubt, of ${lured.length}`,
      caught / lured.length,
      0.99,
      'share',
    ),
    atMost(
      `alarms on honest documents, pictures and archives, of ${honest.length}`,
      alarms / honest.length,
      0,
      'share',
    ),
  ];
}

/** Files cut short and with bytes changed: whatever they are, they get a report. */
async function damage(triage: FileTriage): Promise<readonly Figure[]> {
  const all = samplesOfKinds();
  const random = randomOf(7);
  let crashes = 0;
  const begin = performance.now();
  for (let count = 0; count < CHANGED; count += 1) {
    const bytes = Buffer.from(all[Math.floor(random() * all.length)]?.bytes ?? []);
    for (let change = 0; change < 8 && bytes.length > 0; change += 1)
      bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
    const cut = random() < 0.5 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes;
    const { findings } = await triage.triage(cut, { name: 'a.bin' });
    if (findings.some(({ says }) => says.startsWith('not looked into:'))) crashes += 1;
  }
  const seconds = (performance.now() - begin) / 1000;
  return [
    atMost(`damaged files that the sandbox could not bear, of ${CHANGED}`, crashes, 0, 'count'),
    { metric: 'files looked into, through the sandbox', value: CHANGED / seconds, as: 'rate' },
  ];
}
