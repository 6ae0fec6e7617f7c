// The console of a real Sundew in Debian's Chromium: users, the second factor, the ledger, edits, the keyboard alone.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSundew, startSundew } from '../support/sundew.ts';
import { launchChromium, overflowOf, type Watched, watch } from './browser.ts';
import { type Operator, operatorAt, PASSWORD, WAIT } from './operator.ts';
import { needs } from './peers.ts';
import { totp } from './totp.ts';

describe.skipIf(needs('chromium'))('the console in the browser', { timeout: 120_000 }, () => {
  let dir: string;
  let sundew: RunningSundew;
  let browser: Browser;
  let desk: Watched;
  let ada: Operator;
  let backupCodes: readonly string[] = [];

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sundew-console-'));
    browser = await launchChromium();
    sundew = await startSundew({ dataDir: join(dir, 'data') });
    desk = await watch(browser, () => sundew.url, { size: 'desk', scheme: 'light' });
    ada = operatorAt(desk);
    await ada.begin(sundew.output());
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await sundew?.[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  });

  test('the ledger tells what was sent and by which rule', async () => {
    await desk.page.getByRole('link', { name: 'Ledger' }).click();
    await ada.heading('Ledger');
    await ada.shown('sign-on');
    const rows = desk.page.locator('.sd-table tbody tr');
    expect(await rows.count()).toBeGreaterThan(3);
    // At observe the gate keeps back nothing but the acceptance of files, which a Sametime decoy asks for.
    const denied = rows.filter({ has: desk.page.getByText('denied', { exact: true }) });
    expect(await denied.count()).toBe(await rows.filter({ hasText: 'accept-file' }).count());
  });

  test('a threat is edited and its revision shown', async () => {
    await desk.visit('/console/threats/im.bropia.msn/edit');
    await ada.field('Summary').fill('Rewritten by Ada.');
    await ada.field('Reason for the change').fill('shorter');
    await ada.button('Save revision').click();
    await ada.heading(/Bropia/);
    await ada.shown('Rewritten by Ada.');
    await ada.shown('shorter');
  });

  test('no dead letters, and the page says so', async () => {
    await desk.visit('/console/dead-letters');
    await ada.shown('None. Everything that came was taken in.');
  });

  test('an admin adds an analyst, who sees no users', async () => {
    await desk.visit('/console/users');
    await ada.field('Name').fill('Bob Analyst');
    await ada.field('E-mail address').fill('bob@sundew.example');
    await ada.field('First password').fill(PASSWORD);
    await ada.button('Add user').click();
    await ada.shown('bob@sundew.example may sign in');
    await using other = await watch(browser, () => sundew.url, { size: 'phone', scheme: 'dark' });
    await other.visit('/login');
    await other.page.getByLabel('E-mail address').fill('bob@sundew.example');
    await other.page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await other.page.getByRole('button', { name: 'Sign in' }).click();
    await other.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor(WAIT);
    expect(await other.page.getByRole('link', { name: 'Users' }).count()).toBe(0);
    for (const path of ['captures', 'campaigns', 'decoys', 'ledger', 'account', 'dead-letters']) {
      await other.visit(`/console/${path}`);
      expect([path, await overflowOf(other.page)]).toEqual([path, 0]);
    }
    expect(other.complaints).toEqual([]);
  });

  test('a second factor is enrolled by QR code or secret, and asked for at the next sign-in', async () => {
    await desk.visit('/console/account');
    await ada.field('Your password').fill(PASSWORD);
    await ada.button('Set it up').click();
    await desk.page.getByRole('img', { name: /QR code/ }).waitFor(WAIT);
    const secret = (await desk.page.locator('.sd-secret').textContent()) ?? '';
    expect(secret).toMatch(/^[A-Z2-7]{16,}$/);
    await ada.field('Six digits').fill(totp(secret, new Date()));
    await ada.button('Check the code').click();
    await ada.shown('The second factor is on.');
    backupCodes = await desk.page.locator('.sd-backup-codes code').allTextContents();
    expect(backupCodes.length).toBeGreaterThanOrEqual(8);
    await ada.button('I have kept them').click();
    await ada.shown('Signing in takes a code');
    await ada.button('Sign out').click();
    await ada.heading('Board');
    await ada.signIn();
    await ada.field('Six digits').fill('000000');
    await ada.button('Check the code').click();
    await desk.page.getByRole('alert').waitFor(WAIT);
    await ada.field('Six digits').fill(totp(secret, new Date()));
    await ada.button('Check the code').click();
    await ada.heading('Overview');
  });

  test('a backup code signs in once, and the second factor can be turned off', async () => {
    await ada.button('Sign out').click();
    await ada.signIn();
    await ada.button(/Use a backup code/).click();
    await ada.field('Backup code').fill(backupCodes[0] ?? '');
    await ada.button('Sign in with it').click();
    await ada.heading('Overview');
    await ada.button('Sign out').click();
    await ada.signIn();
    await ada.button(/Use a backup code/).click();
    await ada.field('Backup code').fill(backupCodes[0] ?? '');
    await ada.button('Sign in with it').click();
    await desk.page.getByRole('alert').waitFor(WAIT);
    await ada.field('Backup code').fill(backupCodes[1] ?? '');
    await ada.button('Sign in with it').click();
    await ada.heading('Overview');
    await desk.visit('/console/account');
    await ada.field('Your password').fill(PASSWORD);
    await ada.button('Turn it off').click();
    await ada.shown('the password alone signs in');
    await ada.button('Sign out').click();
    await ada.signIn();
    await ada.heading('Overview');
  });

  test('the keyboard alone goes through the console: navigation, search, rows', async () => {
    await desk.visit('/console/captures');
    const reached: string[] = [];
    for (let step = 0; step < 50; step += 1) {
      await desk.page.keyboard.press('Tab');
      reached.push(
        await desk.page.evaluate(() => {
          const at = document.activeElement;
          return (at?.getAttribute('aria-label') ?? at?.textContent ?? '').trim();
        }),
      );
      const inTable = await desk.page.evaluate(() => document.activeElement?.closest('table') !== null);
      if (inTable) break;
    }
    expect(await desk.page.evaluate(() => document.activeElement?.closest('table')?.tagName)).toBe('TABLE');
    expect(reached).toEqual(expect.arrayContaining(['Captures', 'Ledger', 'Users', 'Sign out']));
    await desk.page.keyboard.press('Enter');
    await ada.heading('Capture');
  });

  test('not one complaint was made', () => {
    expect(desk.complaints).toEqual([]);
  });
});
