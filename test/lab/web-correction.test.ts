// A verdict that an analyst corrects in Debian's Chromium: kept, shown, taken back, and learnt from by `sundew model train`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSundew, runSundew, startSundew, until } from '../support/sundew.ts';
import { launchChromium, overflowOf, type Watched, watch } from './browser.ts';
import { type Operator, operatorAt, WAIT } from './operator.ts';
import { needs } from './peers.ts';

const TEXT = 'will you be at the garden gate on sunday, neighbour?';
const NOTE = 'third time this week: asks for money next';
/** Training on all texts takes a minute or two of a core that others use too. */
const TRAINING_MS = 900_000;

interface Detail {
  readonly verdict: { readonly class: string };
  readonly correction?: { readonly class: string; readonly text: string; readonly note?: string };
}

describe.skipIf(needs('chromium'))('correcting a verdict in the browser', { timeout: 120_000 }, () => {
  let dir: string;
  let dataDir: string;
  let sundew: RunningSundew;
  let browser: Browser;
  let desk: Watched;
  let ada: Operator;
  let id: string;
  const page = (): string => `/console/captures/${id}?realm=live`;
  const panel = (): Locator =>
    desk.page.locator('section', { has: desk.page.getByRole('heading', { name: 'Correction' }) });
  const detail = () => sundew.control.call<Detail>('GET', `/api/v1/captures/${id}?realm=live`);

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sundew-correction-'));
    dataDir = join(dir, 'data');
    browser = await launchChromium();
    sundew = await startSundew({ dataDir });
    const capture = { v: 1, at: '2026-05-04T10:00:00Z', network: 'irc', decoy: 'dora', peer: { id: 'm!m@h.example' } };
    const input = `${JSON.stringify({ ...capture, kind: 'message', text: TEXT })}\n`;
    expect(await runSundew(['replay', '-'], { dataDir, input })).toMatchObject({ status: 0 });
    id = await until(async () => {
      const found = await sundew.control.call<{ captures: { id: string }[] }>('GET', '/api/v1/captures?realm=live');
      return found.captures[0]?.id;
    });
    desk = await watch(browser, () => sundew.url, { size: 'desk', scheme: 'light' });
    ada = operatorAt(desk);
    await ada.begin(sundew.output());
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await sundew?.[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  });

  /** Opens the list of classes and takes one. */
  async function choose(name: string): Promise<void> {
    await panel().getByRole('combobox', { name: 'It really was' }).click();
    await desk.page.getByRole('option', { name, exact: true }).click();
  }

  test('the panel asks, and offers every class but the one that was given', async () => {
    await desk.visit(page());
    await ada.shown('Was the verdict wrong?');
    expect(await ada.button('Correct the verdict').isDisabled()).toBe(true);
    await panel().getByRole('combobox', { name: 'It really was' }).click();
    const offered = await desk.page.getByRole('option').allTextContents();
    expect(offered).toContain('scam');
    expect(offered).not.toContain((await detail()).verdict.class);
    expect(offered).not.toContain('unknown');
    await desk.page.keyboard.press('Escape');
  });

  test('a correction is kept with the name of the person and the text, and the verdict stays as it was', async () => {
    const before = (await detail()).verdict;
    await choose('scam');
    await panel().getByRole('textbox', { name: 'Note' }).fill(NOTE);
    await ada.button('Correct the verdict').click();
    await panel().getByText('said Ada Operator on').waitFor(WAIT);
    expect(await detail()).toMatchObject({
      verdict: before,
      correction: { class: 'scam', text: TEXT, note: NOTE, by: 'Ada Operator', was: before.class },
    });
  });

  test('it is shown to whoever comes later, on a telephone too', async () => {
    await desk.visit(page());
    await panel().getByText('said Ada Operator on').waitFor(WAIT);
    expect(await panel().getByRole('textbox', { name: 'Note' }).inputValue()).toBe(NOTE);
    await desk.page.setViewportSize({ width: 390, height: 844 });
    expect(await overflowOf(desk.page)).toBe(0);
    await desk.page.setViewportSize({ width: 1280, height: 800 });
  });

  test('a later one takes its place, and it can be taken back', async () => {
    await choose('spam');
    await ada.button('Correct the verdict').click();
    await until(async () => ((await detail()).correction?.class === 'spam' ? true : undefined));
    await ada.button('Take the correction back').click();
    await ada.shown('Was the verdict wrong?');
    expect((await detail()).correction).toBeUndefined();
  });

  test('the next model is trained with what was corrected', { timeout: TRAINING_MS }, async () => {
    await choose('scam');
    await ada.button('Correct the verdict').click();
    await panel().getByText('said Ada Operator on').waitFor(WAIT);
    const trained = await runSundew(['model', 'train', '--corrections'], { dataDir });
    expect(trained).toMatchObject({ status: 0, stdout: expect.stringMatching(/kept as \S+-with-1-corrections;/) });
    const version = /kept as (\S+);/.exec(trained.stdout)?.[1] ?? '';
    expect(await runSundew(['model', 'use', version], { dataDir })).toMatchObject({ status: 0 });
    const listed = await runSundew(['model', 'list'], { dataDir });
    expect(listed.stdout).toMatch(new RegExp(`^\\* +${version} .* 1$`, 'm'));
  });

  test('not one complaint was made', () => {
    expect(desk.complaints).toEqual([]);
  });
});
