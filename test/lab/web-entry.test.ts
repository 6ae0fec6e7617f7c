// An entry of the knowledge base from nothing to the public page in Debian's Chromium, with every field of it: refused once
// without loss, saved, reviewed, published, read by a stranger, changed, compared, split, merged. PICTURES_DIR=DIR keeps the
// pictures.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultsOf } from '../support/faults.ts';
import { type RunningSundew, startSundew } from '../support/sundew.ts';
import { launchChromium, overflowOf, type Watched, watch } from './browser.ts';
import { type EntryPerson, entryPersonAt, OPENER } from './entry-person.ts';
import { type Operator, operatorAt, WAIT } from './operator.ts';
import { needs } from './peers.ts';

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 375, height: 812 };
/** Columns of rows that readers see in other words, or as a link. */
const AS_WORDS = ['What', 'Kind', 'How', 'Entry', 'TLP', 'Language', 'Bytes'];
const SCHEMES = ['light', 'dark'] as const;

describe.skipIf(needs('chromium'))('an entry in the browser', { timeout: 180_000 }, () => {
  let dir: string;
  let sundew: RunningSundew;
  let browser: Browser;
  let desk: Watched;
  let ada: Operator;
  let person: EntryPerson;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sundew-entry-'));
    browser = await launchChromium();
    sundew = await startSundew({ dataDir: join(dir, 'data') });
    desk = await watch(browser, () => sundew.url, { size: 'desk', scheme: 'light' });
    ada = operatorAt(desk);
    person = entryPersonAt(desk.page);
    await ada.begin(sundew.output());
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await sundew?.[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  });

  /** What is wrong with the page as it stands, in both schemes, at a desk and on a phone. */
  async function look(page: Page, name: string): Promise<readonly string[]> {
    const wrong: string[] = [];
    for (const [size, viewport] of Object.entries({ desk: DESK, phone: PHONE })) {
      await page.setViewportSize(viewport);
      for (const scheme of SCHEMES) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.waitForTimeout(300); // a picture in the middle of a change of colours would be judged
        const picture = `${name}-${size}-${scheme}.png`;
        await writeFile(join(process.env.PICTURES_DIR ?? dir, picture), await page.screenshot({ fullPage: true }));
        wrong.push(...(await faultsOf(page)).map((one) => `${picture}: ${one}`));
        if ((await overflowOf(page)) > 0) wrong.push(`${picture} is too wide`);
      }
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(DESK);
    return wrong;
  }

  test('every field is filled, and a refusal names the wrong ones and loses nothing', async () => {
    const { page } = desk;
    await page.getByRole('link', { name: 'Entries', exact: true }).click();
    await ada.heading('Entries');
    await page.getByRole('link', { name: 'New entry' }).click();
    await ada.heading('New entry');
    await person.fillFacts();
    await person.fillTexts();
    await person.fillLists();
    await person.fillRows();
    await person.field('facts', 'First seen').fill('last week');
    await person.cell('relation 1', 'Entry').fill('im.nobody.msn');
    await ada.button('Save draft').click();
    await ada.shown('1 field to look at again');
    await page.getByRole('link', { name: 'First seen', exact: true }).click();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'))).toBe('true');
    expect(await look(page, 'refused')).toEqual([]);
    await page.keyboard.press('Control+A');
    await page.keyboard.type(OPENER.facts['First seen']);
    await ada.button('Save draft').click();
    await page.getByRole('link', { name: 'Relations, 1, entry' }).click();
    await ada.shown('no threat "im.nobody.msn" is in the knowledge base');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('im.kelvir.msn');
    await ada.button('Save draft').click();
    await ada.heading('Opener');
    await expect.poll(() => person.cell('source 1', 'Id there').inputValue(), WAIT).toBe('malware--1');
    expect(await person.field('text', 'Summary').inputValue()).toBe(OPENER.texts.Summary);
    expect(await page.getByRole('textbox', { name: 'step 3' }).inputValue()).toBe(OPENER.lists.step[2]);
    expect(desk.complaints).toEqual([]);
  });

  test('the draft is looked at as readers will see it, and published with a reason', async () => {
    const { page } = desk;
    await page.getByText('Look at it as readers will').click();
    await page.getByRole('heading', { name: 'What it does, step by step' }).waitFor(WAIT);
    await ada.shown('Published, everybody reads it');
    expect(await look(page, 'draft')).toEqual([]);
    await ada.button('Publish as an entry').click();
    await ada.shown('say why: it is kept with the revision');
    await ada.field('Reason').fill('reviewed by two');
    await ada.button('Publish as an entry').click();
    await page.waitForURL(`**/threats/${OPENER.id}`);
    await ada.heading('Opener');
  });

  test('a stranger reads every field of it', async () => {
    await using reader = await watch(browser, () => sundew.url, { size: 'desk', scheme: 'light' });
    await reader.visit(`/threats/${OPENER.id}`);
    await reader.page.getByRole('heading', { name: 'Timeline' }).waitFor(WAIT);
    const writeUp = reader.page.locator('.sd-markdown');
    await writeUp.waitFor(WAIT);
    const shown = (await reader.page.locator('main').allInnerTexts()).join(' ').replaceAll(/\s+/g, ' ');
    const { Type: _type, ...facts } = OPENER.facts;
    const { network: _network, 'unaffected network': _unaffected, way: _way, ...lists } = OPENER.lists;
    const rows = Object.values(OPENER.rows).flatMap((of) => of.flatMap((one) => Object.entries(one)));
    const told = [
      ...[facts, OPENER.texts].flatMap((of) => Object.values(of)),
      ...Object.values(lists).flat(),
      ...rows.filter(([name]) => !AS_WORDS.includes(name)).map(([, value]) => value),
      ...['Worm of instant messaging', 'XMPP', 'IRC', 'Links', 'Files sent', 'Kelvir', 'related to', 'confirmed'],
      ...['MSN', 'German', '34,816', 'It answers who writes back: with the same link again'],
      ...['How it was found', 'A person wrote to us.', '(picture left out: map)', 'its page'],
    ];
    expect(told.filter((one) => !shown.includes(one.replaceAll(/\s+/g, ' ')))).toEqual([]);
    expect(await writeUp.locator('img, b, a').count()).toBe(0);
    expect(await writeUp.locator('em').textContent()).toBe('us');
    expect(await look(reader.page, 'public')).toEqual([]);
    expect(reader.complaints).toEqual([]);
  });

  test('it is changed with a reason, and the difference is told field by field', async () => {
    const { page } = desk;
    await desk.visit(`/console/threats/${OPENER.id}/edit`);
    await ada.button('Move step 3 up').click();
    await person.cell('rating 2', 'How much').selectOption('5');
    await ada.button('Remove credit 2').click();
    await person.cell('means of detection 2', 'YARA rule').press('End');
    await ada.button('Save revision').click();
    await page.getByRole('link', { name: 'Reason', exact: true }).waitFor(WAIT);
    await ada.field('Reason for the change').fill('worse than it looked');
    await ada.button('Save revision').click();
    await page.waitForURL(`**/threats/${OPENER.id}`);
    await ada.shown('worse than it looked');
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.locator('.sd-diff dt').first().waitFor(WAIT);
    const changes = await page
      .locator('.sd-diff > div')
      .evaluateAll((all) =>
        all.map((one) =>
          [...one.querySelectorAll('dt, del, ins')].map((part) => `${part.tagName} ${part.textContent}`),
        ),
      );
    const [, second, third] = OPENER.lists.step;
    expect(changes).toEqual([
      ['DT What it does, in order', `DEL ${second}`, `DEL ${third}`, `INS ${third}`, `INS ${second}`],
      ['DT Ratings', 'DEL damage 4 of 5: the account is gone', 'INS damage 5 of 5: the account is gone'],
      ['DT Credits', 'DEL the people of a server in Bremen'],
    ]);
    expect(await look(page, 'changed')).toEqual([]);
  });

  test('a variant becomes an entry of its own, and is merged back', async () => {
    const { page } = desk;
    await page.getByLabel('Variant or other name').selectOption('Opener.B');
    await ada.field('Id of the new entry').fill('Opener B');
    await ada.field('Reason to split').fill('it has grown');
    await ada.button('Split off').click();
    await ada.shown('channel.family.network in small letters, as im.kelvir.msn');
    await ada.field('Id of the new entry').fill('im.opener-b.xmpp');
    await ada.button('Split off').click();
    await ada.heading('Edit Opener.B');
    expect(await person.cell('relation 1', 'Entry').inputValue()).toBe(OPENER.id);
    await page
      .locator('section', { hasText: 'Merge into another entry' })
      .getByRole('combobox', { name: 'Entry that stays' })
      .fill(OPENER.id);
    await ada.field('Reason to merge').fill('it was the same after all');
    await ada.button('Merge').click();
    await ada.heading(/^Edit Opener$/);
    await expect.poll(() => page.getByRole('textbox', { name: 'name 3' }).inputValue(), WAIT).toBe('Opener.B');
    await desk.visit('/console/threats?q=opener');
    await page.getByRole('row', { name: /Opener\.B merged/ }).waitFor(WAIT);
    expect(await look(page, 'entries')).toEqual([]);
  });

  test('an automatic draft is finished with these fields', async () => {
    const { page } = desk;
    await desk.visit('/console/drafts');
    await page.getByRole('row').filter({ hasText: 'from captures' }).first().getByRole('link').click();
    await page.getByRole('link', { name: 'The campaign' }).waitFor(WAIT);
    await ada.button('Add rating').click();
    await person.cell('rating 1', 'Why').fill('seen once');
    await ada.button('Add step').click();
    await page.keyboard.type('It writes.');
    await ada.button('Save draft').click();
    await ada.shown(/^Saved as revision/);
    expect(await page.getByRole('textbox', { name: 'step 1' }).inputValue()).toBe('It writes.');
  });

  test('not one complaint was made', () => {
    expect(desk.complaints).toEqual([]);
  });
});
