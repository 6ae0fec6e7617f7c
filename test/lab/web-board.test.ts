// The public pages in Debian's Chromium against a real Sundew that plays its demonstration.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { type RunningSundew, startSundew, until } from '../support/sundew.ts';
import { coloursOf, type Look, launchChromium, overflowOf, type Watched, watch } from './browser.ts';
import { needs } from './peers.ts';

const ALIVE_MS = 10_000;
const ALERT_MS = 100_000;
const PASSWORD = 'a long enough sentence';
const SUBSCRIBER = 'petra@subscribers.example';
/** What the first load of the board may take, as sent. */
const FIRST_LOAD = { requests: 25, bytes: 260_000 } as const;
const LOOKS: readonly Look[] = (['desk', 'phone'] as const).flatMap((size) =>
  (['light', 'dark'] as const).map((scheme) => ({ size, scheme })),
);

interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

describe.skipIf(needs('chromium'))('the board of a real Sundew', () => {
  let dir: string;
  let port: number;
  let sundew: RunningSundew;
  let browser: Browser;
  let desk: Watched;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sundew-board-'));
    port = await freePort();
    browser = await launchChromium();
    desk = await watch(browser, () => `http://127.0.0.1:${port}`, { size: 'desk', scheme: 'light' });
    sundew = await startSundew({ dataDir: join(dir, 'data'), port });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await sundew?.[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  });

  /** Asks once a second: more would be refused as too much. */
  const mailWith = (fits: (mail: Mail) => boolean): Promise<Mail> =>
    until(async () => {
      await sleep(1_000);
      const answer = await fetch(`${sundew.url}/api/v1/demo/mailbox`);
      return ((await answer.json()) as { mails: readonly Mail[] }).mails.find(fits);
    }, ALERT_MS);
  const linkIn = (mail: Mail, kind: 'confirm' | 'unsubscribe'): string | undefined =>
    new RegExp(`http://127[.]0[.]0[.]1:${port}(/${kind}/[\\w-]+)`).exec(mail.text)?.[1];
  const warningIds = async (): Promise<readonly string[]> => {
    const page = (await (await fetch(`${sundew.url}/api/v1/warnings?limit=200`)).json()) as {
      warnings: readonly { id: string }[];
    };
    return page.warnings.map(({ id }) => id);
  };

  test('ten seconds after it is ready it is alive: touches and warnings come in without a reload', async () => {
    const { page } = desk;
    const from = Date.now();
    await desk.visit('/');
    const loads = desk.requests.filter((path) => path === '/').length;
    await page.getByText('Live', { exact: true }).waitFor({ timeout: ALIVE_MS });
    const rows = page.locator('.sd-river-row');
    await rows.first().waitFor({ timeout: ALIVE_MS });
    const before = await rows.count();
    await expect.poll(() => rows.count(), { timeout: ALIVE_MS }).toBeGreaterThan(before);
    await page.locator('.sd-river-warning').first().waitFor({ timeout: ALIVE_MS });
    expect(Date.now() - from).toBeLessThan(ALIVE_MS);
    expect(desk.requests.filter((path) => path === '/')).toHaveLength(loads);
    const told = new Set(await page.locator('.sd-river-warning a').evaluateAll((links) => links.map(String)));
    await expect
      .poll(
        async () =>
          (await page.locator('.sd-river-warning a').evaluateAll((links) => links.map(String))).some(
            (link) => !told.has(link),
          ),
        { timeout: ALERT_MS },
      )
      .toBe(true);
    await page.getByText('Simulated:', { exact: true }).waitFor();
    expect(await page.locator('.sd-level-card').count()).toBeGreaterThanOrEqual(2);
  });

  test('the first load is small', async () => {
    await using fresh = await watch(browser, () => sundew.url, { size: 'phone', scheme: 'light' });
    const sizes: Promise<number>[] = [];
    fresh.page.on('requestfinished', (request) => {
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    });
    await fresh.visit('/');
    await fresh.page.locator('.sd-chart canvas').waitFor();
    await fresh.page.waitForTimeout(500);
    expect(fresh.requests.length).toBeLessThanOrEqual(FIRST_LOAD.requests);
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThanOrEqual(FIRST_LOAD.bytes);
    // Seen again, the files come from the browser's own store: only pages and data are asked for.
    const first = fresh.requests.length;
    await fresh.visit('/');
    expect(fresh.requests.length - first).toBeLessThanOrEqual(FIRST_LOAD.requests);
  });

  test('a warning leads to its page: what to do, what it looks like, why', async () => {
    const { page } = desk;
    await desk.visit('/warnings');
    const first = page.locator('.sd-table tbody a').first();
    const title = (await first.textContent()) ?? '';
    await first.click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    for (const name of ['What to do', 'What it looks like', 'Indicators', 'Why this was raised'])
      await page.getByRole('heading', { name }).waitFor();
    expect(await page.locator('main').textContent()).not.toMatch(/https?:\/\/(?!127)/);
  });

  test('the alert stands in the mailbox page, marked as simulated', async () => {
    const { page } = desk;
    await mailWith(({ subject }) => subject.includes('W-'));
    await desk.visit('/mailbox');
    await page
      .getByText(/^\[SIMULATED\] \[Sundew/)
      .first()
      .waitFor();
    await page.getByText('SIMULATED: made by the test range').waitFor();
  });

  test('a misspelt name still finds its threat, and both words for a network find the same', async () => {
    const { page } = desk;
    await desk.visit('/threats');
    await page.getByLabel('Search').fill('brpoia');
    await page.getByLabel('Search').fill('bropiaa');
    await page
      .getByRole('link', { name: /^Bropia/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: /Bropia/ }).waitFor();
    const totals: string[] = [];
    for (const network of ['msn', 'msnp']) {
      await desk.visit(`/threats?network=${network}`);
      totals.push((await page.getByText(/^\d+ threats$/).textContent()) ?? '');
      expect(await page.getByLabel('Network').inputValue()).toBe('msn');
    }
    expect(Number.parseInt(totals[1] ?? '0', 10)).toBeGreaterThanOrEqual(Number.parseInt(totals[0] ?? '1', 10));
  });

  test('subscribing asks by mail, confirms by its button, and stops by the link of an alert', async () => {
    const { page } = desk;
    await desk.visit('/subscribe');
    await page.getByLabel('E-mail address').fill(SUBSCRIBER);
    await page.getByLabel('Only from this severity on').selectOption('info');
    await page.getByRole('button', { name: 'Ask for alerts' }).click();
    await page.getByText('is on its way').waitFor();
    const question = await mailWith((mail) => mail.to === SUBSCRIBER && linkIn(mail, 'confirm') !== undefined);
    await desk.visit(linkIn(question, 'confirm') ?? '');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('confirmed: you will be told').waitFor();
    const alert = await mailWith((mail) => mail.to === SUBSCRIBER && linkIn(mail, 'unsubscribe') !== undefined);
    await desk.visit(linkIn(alert, 'unsubscribe') ?? '');
    await page.getByRole('button').filter({ hasText: /Stop/ }).click();
    await page.getByText('stopped: nothing more will come').waitFor();
  }, 240_000);

  test.each(LOOKS)('on a $size in the $scheme every page is drawn, fits and complains of nothing', async (look) => {
    await using watched = await watch(browser, () => sundew.url, look);
    const [warning = ''] = await warningIds();
    const wrong: string[] = [];
    for (const path of [
      '/',
      '/warnings',
      `/warnings/${warning}`,
      '/threats',
      '/threats/im.bropia.msn',
      '/mailbox',
      '/subscribe',
      '/about',
    ]) {
      await watched.visit(path);
      await watched.page.waitForTimeout(300);
      const png = await watched.page.screenshot();
      await writeFile(join(dir, `${path.replaceAll('/', '_')}-${look.size}-${look.scheme}.png`), png);
      if ((await coloursOf(browser, png)) < 12) wrong.push(`${path} looks blank`);
      const over = await overflowOf(watched.page);
      if (over > 0) wrong.push(`${path} is ${over} px too wide`);
      const tail = await watched.page.evaluate(
        () =>
          document.documentElement.scrollHeight -
          (document.querySelector('footer')?.getBoundingClientRect().bottom ?? 0) -
          window.scrollY,
      );
      if (tail > 2) wrong.push(`${path} goes on for ${tail} px below its end`);
    }
    expect(wrong).toEqual([]);
    expect(watched.complaints).toEqual([]);
  });

  test('the keyboard alone reaches every part of the board, and what has the focus shows it', async () => {
    await desk.visit('/');
    const reached = new Set<string>();
    const dim: string[] = [];
    for (let step = 0; step < 60; step += 1) {
      await desk.page.keyboard.press('Tab');
      const at = await desk.page.evaluate(() => {
        const element = document.activeElement;
        if (element === null || element === document.body) return undefined;
        const style = getComputedStyle(element);
        const part = element.closest('header, aside, section, nav[aria-label=Console], footer');
        return {
          name: (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40),
          part: part?.getAttribute('aria-label') ?? part?.querySelector('h2')?.textContent ?? part?.tagName ?? '',
          ring: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
        };
      });
      if (at === undefined) break;
      reached.add(at.part);
      if (!at.ring) dim.push(at.name);
    }
    expect(dim).toEqual([]);
    for (const part of ['HEADER', 'Simulation', 'Threat level of each network', 'Live river'])
      expect([...reached]).toContain(part);
  });

  test('who asked for less motion gets none', async () => {
    await using calm = await watch(browser, () => sundew.url, { size: 'desk', scheme: 'dark', calm: true });
    await calm.visit('/');
    await calm.page.locator('.sd-river-row').first().waitFor();
    const seconds = await calm.page.evaluate(() =>
      [...document.querySelectorAll('.sd-river-row, .sd-live-dot, main a')].map((element) =>
        Number.parseFloat(getComputedStyle(element).animationDuration),
      ),
    );
    expect(Math.max(...seconds)).toBeLessThan(0.001);
  });

  test('stopped and started again on the same data, it has kept everything', async () => {
    const token = /setup\?token=([\w-]+)/.exec(sundew.output())?.[1] ?? '';
    const { page } = desk;
    await desk.visit(`/setup?token=${token}`);
    await page.getByLabel('Name').fill('Ada');
    await page.getByLabel('E-mail address').fill('ada@sundew.example');
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Make the administrator' }).click();
    await page.getByText('The administrator is there.').waitFor();
    const before = await warningIds();
    expect(before.length).toBeGreaterThan(0);
    const broken = desk.complaints.length;
    expect(await sundew.stop()).toBe(0);
    sundew = await startSundew({ dataDir: join(dir, 'data'), port });
    expect(sundew.output()).not.toContain('/setup?token=');
    expect(await warningIds()).toEqual(expect.arrayContaining([...before]));
    await desk.visit('/login');
    await page.getByLabel('E-mail address').fill('ada@sundew.example');
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    expect(desk.complaints.slice(0, broken)).toEqual([]);
  });
});
