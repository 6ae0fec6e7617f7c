// Taking back in Debian's Chromium: the button, what readers still see, the appeal form and its desk, on a real Sundew.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { DraftPage, WarningPage } from '../../src/center/api/contract.ts';
import { type RunningSundew, runSundew, startSundew, until } from '../support/sundew.ts';
import { launchChromium, type Watched, watch } from './browser.ts';
import { looked, PICTURES } from './looked.ts';
import { type Operator, operatorAt, WAIT } from './operator.ts';
import { needs } from './peers.ts';

const GONE_MS = 60_000;

interface Listed {
  readonly id: string;
  readonly title: string;
}

describe.skipIf(needs('chromium'))('retractions in the browser', { timeout: 240_000 }, () => {
  let dir: string;
  let sundew: RunningSundew;
  let browser: Browser;
  let desk: Watched;
  let reader: Watched;
  let ada: Operator;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sundew-retraction-'));
    if (PICTURES !== undefined) await mkdir(PICTURES, { recursive: true });
    browser = await launchChromium();
    sundew = await startSundew({ dataDir: join(dir, 'data') });
    desk = await watch(browser, () => sundew.url, { size: 'desk', scheme: 'light' });
    reader = await watch(browser, () => sundew.url, { size: 'desk', scheme: 'light' });
    ada = operatorAt(desk);
    await ada.begin(sundew.output());
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await sundew?.[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  });

  const listed = (): Promise<Listed> =>
    until(async () => {
      const answer = await fetch(`${sundew.url}/api/v1/warnings?limit=20`);
      return ((await answer.json()) as { warnings: readonly Listed[] }).warnings[0];
    });

  const answerTo = async (path: string): Promise<number> => (await fetch(`${sundew.url}${path}`)).status;
  const asked = <T>(method: string, path: string, body?: unknown): Promise<T> =>
    sundew.control.call<T>(method, `${path}?realm=simulated`, body);

  /** Publishes a draft of a campaign with a warning, for everybody. */
  async function publishOne(): Promise<{ readonly warning: string; readonly entry: string } | undefined> {
    const { drafts } = await asked<z.infer<typeof DraftPage>>('GET', '/api/v1/drafts');
    const { warnings } = await asked<z.infer<typeof WarningPage>>('GET', '/api/v1/console/warnings');
    for (const { campaign, id, entry, revision } of drafts) {
      const warning = warnings.find((one) => one.campaign === campaign && one.retracted === undefined);
      if (warning === undefined) continue;
      const path = `/api/v1/drafts/${campaign}`;
      const edited = await asked<{ revision: number }>('PUT', path, {
        ...{ id, revision, entry: { ...entry, tlp: 'clear' } },
      }).catch(() => undefined); // a capture came between: read it again
      if (edited === undefined) return undefined;
      const published = await asked<{ id: string }>('POST', `${path}/publish`, { ...edited, reason: 'Reviewed.' });
      return { warning: warning.id, entry: published.id };
    }
    return undefined;
  }

  test('one button, a reason: gone from the open board within a minute, marked in the console', async () => {
    const { id } = await listed();
    await reader.visit('/');
    const shown = reader.page.locator(`a[href="/warnings/${id}"]`);
    await shown.first().waitFor(WAIT);
    await desk.visit('/console/warnings');
    const row = desk.page.locator('tbody tr').filter({ hasText: id });
    await row.getByRole('button', { name: 'Retract …' }).click();
    const dialog = desk.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Retract' }).click();
    await dialog.getByText('Say why').waitFor(WAIT);
    await looked(desk.page, 'dialog');
    await dialog.getByLabel('Reason').fill('A newsletter that everybody asked for.');
    await dialog.getByRole('button', { name: 'Retract' }).click();
    const from = Date.now();
    await row.getByText('Retracted', { exact: true }).waitFor(WAIT);
    await expect.poll(() => shown.count(), { timeout: GONE_MS }).toBe(0);
    expect(Date.now() - from).toBeLessThan(GONE_MS);
    await looked(reader.page, 'board-after');
    await looked(desk.page, 'console-warnings');
    await reader.visit(`/warnings/${id}`).catch(() => undefined);
    await reader.page.getByText(/there is no warning/).waitFor(WAIT);
    await desk.visit('/console/retractions');
    await ada.shown('A newsletter that everybody asked for.');
    await ada.shown('ada@sundew.example');
    await looked(desk.page, 'console-retractions');
    await desk.page.getByRole('button', { name: 'Undo …' }).first().click();
    await desk.page.getByRole('dialog').getByLabel('Reason').fill('It was none.');
    await desk.page.getByRole('dialog').getByRole('button', { name: 'Undo the retraction' }).click();
    await ada.shown(/It was none/);
    await reader.visit(`/warnings/${id}`);
    await reader.page.getByText(`${id}, revision`).waitFor(WAIT);
  });

  test('entries published from a campaign are named with links, withdrawn in the same step, and restored', async () => {
    const { warning, entry } = await until(publishOne);
    await desk.visit('/console/warnings');
    const row = desk.page.locator('tbody tr').filter({ hasText: warning });
    await row.getByRole('button', { name: 'Retract …' }).click();
    const dialog = desk.page.getByRole('dialog');
    await dialog.getByText('Published in the knowledge base from it').waitFor(WAIT);
    expect(await dialog.getByRole('link').getAttribute('href')).toBe(`/threats/${entry}`);
    await dialog.getByLabel(/Withdraw them, too/).check();
    await looked(desk.page, 'dialog-entries');
    expect(await answerTo(`/api/v1/threats/${entry}`)).toBe(200);
    await dialog.getByLabel('Reason').fill('The campaign was a test.');
    await dialog.getByRole('button', { name: 'Retract' }).click();
    await row.getByText('Retracted', { exact: true }).waitFor(WAIT);
    expect(await answerTo(`/api/v1/threats/${entry}`)).toBe(404);
    await desk.visit(`/threats/${entry}`);
    await ada.shown(/withdrawn with the retraction of/);
    await looked(desk.page, 'entry-withdrawn');
    const back = await runSundew(['retract', '--undo', warning, '--simulated'], { dataDir: sundew.dataDir });
    expect(back.stdout).toMatch(/counts again; .*restored in the knowledge base: /);
    expect(await answerTo(`/api/v1/threats/${entry}`)).toBe(200);
    const told = await runSundew(['retract', warning, '--simulated'], { dataDir: sundew.dataDir });
    expect(told.stdout).toContain(`/threats/${entry}; "sundew retract ${warning} --with-entries" withdraws it`);
  });

  test('whoever is listed writes; an analyst retracts, with an answer', async () => {
    const { id } = await listed();
    await reader.visit(`/warnings/${id}`);
    await reader.page.getByRole('link', { name: 'Is something of yours listed wrongly?' }).click();
    await reader.page.getByRole('heading', { level: 1, name: 'Wrongly listed?' }).waitFor(WAIT);
    expect(await reader.page.getByLabel('What is listed').inputValue()).toBe(id);
    await reader.page.getByLabel('Why that is wrong').fill('<img src=x onerror=alert(1)> It is our own update server.');
    await reader.page.getByLabel(/E-mail address/).fill('paula@news.example');
    await looked(reader.page, 'appeal');
    await reader.page.getByRole('button', { name: 'Send the appeal' }).click();
    await reader.page.getByText(/Noted as A-[0-9A-F]{8}/).waitFor(WAIT);
    await looked(reader.page, 'appeal-sent');
    await desk.visit('/console/appeals');
    await ada.shown('It is our own update server.');
    await looked(desk.page, 'console-appeals');
    await ada.field('Answer').fill('It is your update server indeed.');
    await ada.button('Retract it').click();
    await ada.shown('The answer was sent.');
    await looked(desk.page, 'console-appeals-decided');
    expect((await fetch(`${sundew.url}/api/v1/warnings/${id}`)).status).toBe(404);
  });

  test('fits a telephone, in the dark too, and complains of nothing', async () => {
    await using phone = await watch(browser, () => sundew.url, { size: 'phone', scheme: 'dark' });
    await phone.visit('/appeal');
    await looked(phone.page, 'appeal-phone-dark');
    for (const watched of [desk, reader, phone]) expect(watched.complaints).toEqual([]);
  });
});
