// The knowledge base on the built pages: look-up, relations, and the forms of its entries.
import { expect, test } from 'vitest';
import { describePages } from './pages.ts';

describePages('the knowledge base', (pages) => {
  test('a pasted message goes in the body and comes back as what is known of it', async () => {
    await pages.visit('/lookup');
    await pages.page.getByLabel('Message, link, hash or name').fill('lol! see it');
    await pages.page.getByRole('button', { name: 'Look it up' }).click();
    await pages.page.getByText('Yes, this is known').waitFor();
    await pages.page.getByRole('link', { name: 'Picture worm spreads' }).waitFor();
    expect(pages.server.lastBody).toEqual({ text: 'lol! see it' });
    expect(pages.page.url()).not.toContain('lol');
  });

  test('the drawing of relations has the same in words, and revisions can be compared', async () => {
    await pages.visit('/threats/kelvir');
    await pages.page.getByRole('link', { name: 'Opanki' }).waitFor();
    expect(await pages.page.locator('svg.sd-graph[aria-hidden=true] circle').count()).toBe(8);
    await pages.visit('/console/threats/kelvir/edit');
    await pages.page.locator('.sd-diff ins', { hasText: 'New' }).waitFor();
    await pages.page.locator('.sd-diff del', { hasText: 'Old' }).waitFor();
  });

  test('an edit that somebody else was faster with is not lost silently', async () => {
    await pages.visit('/console/threats/kelvir/edit');
    await pages.page.getByLabel('Reason for the change').fill('better words');
    await pages.page.getByRole('button', { name: 'Save revision' }).click();
    await pages.page.getByText('Revision 8 is there already.').waitFor();
  });

  test('a refusal is told at each field, in a list that leads there, and loses nothing', async () => {
    const { page } = pages;
    await pages.visit('/console/threats/kelvir/edit');
    await page.getByRole('textbox', { name: 'Summary' }).fill('Kept.');
    await page.locator('#part-facts').getByRole('textbox', { name: 'Name', exact: true }).fill('');
    await page.locator('#part-variants').getByRole('textbox', { name: 'Name', exact: true }).fill('Kelvir.C');
    await page.getByRole('button', { name: 'Save revision' }).click();
    await page.getByText('2 fields to look at again').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert');
    await page.getByRole('link', { name: 'What it does, in order, 2' }).click();
    const step = page.getByRole('textbox', { name: 'step 2' });
    expect(await step.evaluate((one) => one === document.activeElement)).toBe(true);
    expect(await step.getAttribute('aria-invalid')).toBe('true');
    await page.getByRole('button', { name: 'Move step 2 up' }).click();
    expect(await page.getByRole('textbox', { name: 'step 1' }).getAttribute('aria-invalid')).toBe('true');
    await page.getByRole('textbox', { name: 'step 1' }).fill('It says something.');
    await page.getByText('1 field to look at again').waitFor();
    expect(await page.getByRole('textbox', { name: 'Summary' }).inputValue()).toBe('Kept.');
    expect(await pages.faults()).toEqual([]);
    expect(pages.complaints).toEqual([]);
  });

  test('rows are added, filled, moved and removed by keys alone, and the focus goes along', async () => {
    const { page } = pages;
    await pages.visit('/console/drafts/new');
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await page.getByRole('button', { name: 'Add step' }).focus();
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('step 1');
    await page.keyboard.type('first');
    await page.keyboard.press('Enter');
    await page.keyboard.type('second');
    expect(await focused()).toBe('step 2');
    await page.getByRole('button', { name: 'Move step 2 up' }).focus();
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('Move step 1 up');
    expect(await page.getByRole('textbox', { name: 'step 1' }).inputValue()).toBe('second');
    await page.getByRole('status').getByText('step 2 is now step 1').waitFor({ state: 'attached' });
    await page.keyboard.press('Enter'); // it is at the top: nothing happens
    await page.getByRole('button', { name: 'Remove step 1' }).focus();
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('step 1');
    expect(await page.getByRole('textbox', { name: 'step 1' }).inputValue()).toBe('first');
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text', 'second\n\n third');
      document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
    });
    expect(await focused()).toBe('step 3');
    expect(await page.getByRole('textbox', { name: 'step 3' }).inputValue()).toBe('third');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await expect.poll(() => pages.server.writes.at(-1)).toBe('POST drafts');
    expect(pages.server.lastBody).toMatchObject({ entry: { steps: ['first', 'second', 'third'] } });
  });

  test('a page with something unsaved in it is not left without a question', async () => {
    const { page } = pages;
    await pages.visit('/console/threats/kelvir/edit');
    await page.getByRole('textbox', { name: 'Summary' }).fill('Not saved.');
    const asked: string[] = [];
    page.once('dialog', (dialog) => {
      asked.push(dialog.message());
      void dialog.dismiss();
    });
    await page.getByRole('link', { name: 'Back to the threat' }).click();
    await expect.poll(() => asked).toEqual(['Leave this page? What you wrote is not saved yet.']);
    expect(await page.getByRole('textbox', { name: 'Summary' }).inputValue()).toBe('Not saved.');
  });
});
