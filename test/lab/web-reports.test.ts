// Reports of a real Sundew in Debian's Chromium: the page of the board, the file that stands alone, the PDF.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { madeLines } from '../../src/report/testing/captures.ts';
import { faultsOf } from '../support/faults.ts';
import { type RunningSundew, runSundew, startSundew } from '../support/sundew.ts';
import { coloursOf, type Look, launchChromium, overflowOf, watch } from './browser.ts';
import { needs } from './peers.ts';

const QUARTER = '2026-Q3';
const LOOKS: readonly Look[] = (['desk', 'phone'] as const).flatMap((size) =>
  (['light', 'dark'] as const).map((scheme) => ({ size, scheme })),
);

describe.skipIf(needs('chromium'))('reports of a real Sundew', () => {
  let dir: string;
  let sundew: RunningSundew;
  let browser: Browser;
  /** Where pictures are kept for looking at, when somebody wants to. */
  const pictures = process.env.TEST_PICTURES;
  const keep = (name: string, png: Buffer): Promise<void> => writeFile(join(pictures ?? dir, name), png);

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sundew-reports-'));
    browser = await launchChromium();
    sundew = await startSundew({ dataDir: join(dir, 'data') });
    const lines = Readable.from([madeLines(true)]);
    for await (const line of sundew.control.stream('/api/v1/replay', lines, 'application/x-ndjson'))
      expect(line.failed).toBeUndefined();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await sundew?.[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  });

  test('the navigation leads to the newest period, another one can be chosen, and in short', async () => {
    await using desk = await watch(browser, () => sundew.url, { size: 'desk', scheme: 'light' });
    const { page } = desk;
    await desk.visit('/');
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Reports' }).click();
    await page.getByRole('heading', { level: 2, name: '13. Method and what is missing' }).waitFor();
    await page.getByLabel('Period', { exact: true }).selectOption(QUARTER);
    await page.getByText('Quarter 3 of 2026: 2026-07-01 00:00 UTC to 2026-10-01 00:00 UTC').waitFor();
    await page.getByRole('cell', { name: 'PrettyPark' }).waitFor();
    await page.getByRole('img', { name: 'By network', exact: true }).waitFor();
    expect(page.url()).toContain('period=2026-Q3');
    const link = page.getByRole('link', { name: 'Query of By network', exact: true });
    await link.click();
    const shown = page.locator('[id="query-touches.network"] pre');
    expect(await shown.textContent()).toContain('select network, sum(captures)');
    await page.getByLabel('Form').selectOption('bulletin');
    await page.getByRole('heading', { level: 2, name: '5. Warnings, alerts and corrections' }).waitFor();
    expect(await page.getByRole('heading', { level: 2, name: /^13/ }).count()).toBe(0);
    for (const secret of ['decoys.example', 'decoys[.]example', 'only-you', 'LoveLetter'])
      expect(await page.locator('main').textContent()).not.toContain(secret);
    expect(desk.complaints).toEqual([]);
  });

  test.each(LOOKS)('on a $size in the $scheme it is drawn, fits, and axe finds nothing', async (look) => {
    await using watched = await watch(browser, () => sundew.url, look);
    await watched.visit(`/reports?period=${QUARTER}`);
    await watched.page.getByRole('heading', { level: 2, name: /^13/ }).waitFor();
    const png = await watched.page.screenshot({ fullPage: true });
    await keep(`reports-${look.size}-${look.scheme}.png`, png);
    expect(await coloursOf(browser, await watched.page.screenshot())).toBeGreaterThan(10);
    expect(await overflowOf(watched.page)).toBe(0);
    expect(await faultsOf(watched.page)).toEqual([]);
    expect(watched.complaints).toEqual([]);
  });

  test('the file stands alone: no request, no script, its policy kept, nothing for axe', async () => {
    const file = join(dir, 'report.html');
    const args = ['report', '--quarter', QUARTER, '--simulated', '-o', file];
    expect(await runSundew(args, { dataDir: sundew.dataDir })).toMatchObject({ status: 0 });
    for (const scheme of ['light', 'dark'] as const) {
      await using context = await browser.newContext({ colorScheme: scheme, viewport: { width: 1000, height: 900 } });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('request', (request) => {
        if (request.url() !== pathToFileURL(file).href) complaints.push(request.url());
      });
      await page.goto(pathToFileURL(file).href);
      expect(await page.locator('section h2').count()).toBe(14);
      expect(await page.locator('svg').count()).toBeGreaterThan(6);
      expect(await overflowOf(page)).toBe(0);
      await keep(`report-file-${scheme}.png`, await page.screenshot({ fullPage: true }));
      expect(await faultsOf(page)).toEqual([]);
      expect(complaints).toEqual([]);
    }
  });

  test('the PDF is one, with every section', async () => {
    const file = join(dir, 'report.pdf');
    const args = ['report', '--quarter', QUARTER, '--simulated', '-o', file];
    expect(await runSundew(args, { dataDir: sundew.dataDir })).toMatchObject({ status: 0 });
    const bytes = await readFile(file);
    expect(bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect(bytes.length).toBeGreaterThan(50_000);
    expect((bytes.toString('latin1').match(/\/Type \/Page\b/g) ?? []).length).toBeGreaterThan(8);
  });
});
