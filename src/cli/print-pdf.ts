// A page printed to PDF by the system's Chromium, in a directory of its own that is gone afterwards.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SundewError } from '../core/error.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'] as const;
const LIMIT_MS = 120_000;
const MAX_SAID = 4_000;

export interface PrintOptions {
  /** Where programs are looked for: `PATH`. */
  readonly path: string;
  readonly root: boolean;
}

/** @throws SundewError USAGE when there is no Chromium, INPUT_INVALID when it does not print */
export async function printPdf(html: string, { path, root }: PrintOptions): Promise<Uint8Array> {
  const program = await findChromium(path);
  const dir = await mkdtemp(join(tmpdir(), 'sundew-report-'));
  try {
    const [page, pdf] = [join(dir, 'report.html'), join(dir, 'report.pdf')];
    await writeFile(page, html, { mode: 0o600 });
    const flags = [
      '--headless',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-extensions',
      `--user-data-dir=${join(dir, 'profile')}`,
      '--no-pdf-header-footer',
      '--generate-pdf-document-outline',
      `--print-to-pdf=${pdf}`,
      // Chromium's sandbox refuses to run as root; the page has no script and may load nothing.
      ...(root ? ['--no-sandbox'] : []),
      pathToFileURL(page).href,
    ];
    const said = await run(spawn(program, flags, { stdio: ['ignore', 'ignore', 'pipe'] }));
    return await readFile(pdf).catch((cause: unknown) => {
      throw new SundewError('INPUT_INVALID', `${program} made no PDF: ${said.trim().split('\n').at(-1) ?? ''}`, {
        cause,
      });
    });
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function findChromium(path: string): Promise<string> {
  for (const dir of path.split(delimiter)) {
    for (const name of NAMES) {
      const file = join(dir, name);
      const runs = await access(file, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (runs) return file;
    }
  }
  throw new SundewError(
    'USAGE',
    'report: --format pdf needs Chromium, which is not on the PATH: install it (Debian: apt-get install chromium), or take --format html',
  );
}

/** Waits for its end, at most two minutes. @returns what it said on standard error, the end of it */
async function run(child: ChildProcess): Promise<string> {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-MAX_SAID);
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  try {
    await once(child, 'close');
  } finally {
    clearTimeout(timer);
  }
  return said;
}
