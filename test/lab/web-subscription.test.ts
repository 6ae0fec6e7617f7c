// Kinds of messages in Debian's Chromium on a real Sundew: asked for, confirmed, shown to the operator, ended one by one.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSundew, startSundew, until } from '../support/sundew.ts';
import { type Look, launchChromium, type Watched, watch } from './browser.ts';
import { looked, PICTURES } from './looked.ts';
import { type Operator, operatorAt } from './operator.ts';
import { needs } from './peers.ts';

const MAIL_MS = 150_000;
const PETRA = 'petra@subscribers.example';
const LOOKS: readonly Look[] = (['desk', 'phone'] as const).flatMap((size) =>
  (['light', 'dark'] as const).map((scheme) => ({ size, scheme })),
);

interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

describe.skipIf(needs('chromium'))('subscriptions in the browser', { timeout: 240_000 }, () => {
  let dir: string;
  let sundew: RunningSundew;
  let browser: Browser;
  let reader: Watched;
  let desk: Watched;
  let ada: Operator;
  let stopLink = '';

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sundew-subscription-'));
    if (PICTURES !== undefined) await mkdir(PICTURES, { recursive: true });
    browser = await launchChromium();
    sundew = await startSundew({ dataDir: join(dir, 'data') });
    reader = await watch(browser, () => sundew.url, { size: 'desk', scheme: 'light' });
    desk = await watch(browser, () => sundew.url, { size: 'desk', scheme: 'light' });
    ada = operatorAt(desk);
    await ada.begin(sundew.output());
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await sundew?.[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  });

  /** Asks once a second: more would be refused as too much. */
  const linkOf = (kind: 'confirm' | 'unsubscribe'): Promise<string> =>
    until(async () => {
      await sleep(1_000);
      const answer = await fetch(`${sundew.url}/api/v1/demo/mailbox`);
      const { mails } = (await answer.json()) as { mails: readonly Mail[] };
      const texts = mails.filter(({ to }) => to === PETRA).map(({ text }) => text);
      return texts.flatMap((text) => new RegExp(`/${kind}/[\\w-]+`).exec(text)?.[0] ?? [])[0];
    }, MAIL_MS);

  test('warnings are ticked, the bulletin can be, and the question says both', async () => {
    const { page } = reader;
    await reader.visit('/subscribe');
    expect(await page.getByRole('checkbox', { name: 'Warnings' }).isChecked()).toBe(true);
    expect(await page.getByRole('checkbox', { name: 'Monthly bulletin' }).isChecked()).toBe(false);
    await page.getByLabel('E-mail address').fill(PETRA);
    await page.getByLabel('Only from this severity on').selectOption('info');
    await page.getByRole('checkbox', { name: 'Monthly bulletin' }).check();
    await looked(page, 'subscribe-desk');
    await page.getByRole('button', { name: 'Ask for alerts' }).click();
    await page.getByText('is on its way').waitFor();
    const confirm = await linkOf('confirm');
    await reader.visit(confirm);
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('confirmed: you will be told').waitFor();
    const answer = await fetch(`${sundew.url}/api/v1/demo/mailbox`);
    const { mails } = (await answer.json()) as { mails: readonly Mail[] };
    const question = mails.find(({ to, subject }) => to === PETRA && subject.startsWith('Confirm'));
    expect(question?.text).toContain('warnings (all networks, severity info and above) and the monthly bulletin');
  });

  test('the operator sees who gets what, and that no bulletin was sent yet', async () => {
    const { page } = desk;
    await desk.visit('/console/subscribers?realm=simulated');
    await page
      .getByRole('row', { name: /petra@subscribers\.example.*Warnings from Info all networks Monthly bulletin/ })
      .waitFor();
    await page.getByRole('heading', { name: 'Bulletins sent' }).waitFor();
    await looked(page, 'subscribers-desk');
  });

  test('a mail names the rule it rests on, and its link leads to what can be ended', async () => {
    const { page } = reader;
    stopLink = await linkOf('unsubscribe');
    const answer = await fetch(`${sundew.url}/api/v1/demo/mailbox`);
    const { mails } = (await answer.json()) as { mails: readonly Mail[] };
    const alert = mails.find(({ to, text }) => to === PETRA && text.includes(stopLink));
    expect(alert?.text).toMatch(/\nWhy this (warning|all-clear)\n {2}By the rule: .+\n {2}How often it is wrong: .+\n/);
    await reader.visit(`${stopLink}?only=monthly`);
    await page.getByRole('radio', { name: 'Everything' }).waitFor();
    expect(await page.getByRole('radio', { name: 'Monthly bulletin only' }).isChecked()).toBe(true);
    await looked(page, 'unsubscribe-desk');
  });

  test.each(LOOKS)('on a $size in the $scheme the forms are drawn, fit, and axe finds nothing', async (look) => {
    await using watched = await watch(browser, () => sundew.url, look);
    for (const [name, path] of [
      ['subscribe', '/subscribe'],
      ['unsubscribe', stopLink],
    ] as const) {
      await watched.visit(path);
      await watched.page.getByRole('button', { name: /^(Ask for|Stop)/ }).waitFor();
      await looked(watched.page, `${name}-${look.size}-${look.scheme}`);
    }
    expect(watched.complaints).toEqual([]);
  });

  test('one kind is ended, then the rest, by the mail program with one click', async () => {
    const { page } = reader;
    await page.getByRole('button', { name: 'Stop: Monthly bulletin' }).click();
    await page.getByText('What you still get: warnings.').waitFor();
    await reader.visit(stopLink);
    await page.getByRole('button', { name: 'Stop everything' }).waitFor();
    expect(await page.getByRole('radio').count()).toBe(0);
    const oneClick = await fetch(`${sundew.url}${stopLink}?only=warnings`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    expect(await oneClick.text()).toBe('Stopped: nothing more will come.\n');
    await reader.visit(stopLink);
    await page.getByText('Nothing comes to this address any more.').waitFor();
    expect(reader.complaints).toEqual([]);
  });
});
