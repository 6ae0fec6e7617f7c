// What subscribers do on the built pages: ask, confirm, stop.
import { expect, test } from 'vitest';
import { describePages } from './pages.ts';

describePages('the pages of subscribers', (pages) => {
  test('a bulletin alone is asked for without severity and networks, and nothing cannot be asked for', async () => {
    await pages.visit('/subscribe');
    await pages.page.getByLabel('E-mail address').fill('ann@readers.example');
    await pages.page.getByRole('checkbox', { name: 'Warnings' }).uncheck();
    expect(await pages.page.getByRole('button', { name: /^Ask for/ }).isDisabled()).toBe(true);
    expect(await pages.page.getByLabel('Only from this severity on').count()).toBe(0);
    await pages.page.getByRole('checkbox', { name: 'Monthly bulletin' }).check();
    await pages.page.getByRole('button', { name: 'Ask for the bulletin' }).click();
    await pages.page.getByText('Done as you asked.').waitFor();
    expect(pages.server.lastBody).toMatchObject({ kinds: ['monthly'] });
  });

  test('opening a confirmation link does nothing; its button does', async () => {
    const before = pages.server.writes.length;
    await pages.visit('/confirm/abcdefgh');
    expect(pages.server.writes.length).toBe(before);
    await pages.page.getByRole('button', { name: 'Confirm' }).click();
    await pages.page.getByText('Done as you asked.').waitFor();
    expect(pages.server.writes.slice(before)).toEqual(['POST subscribers/confirm']);
  });

  test('a stop link of a bulletin ends the bulletin, unless everything is chosen, and opening it ends nothing', async () => {
    const before = pages.server.writes.length;
    await pages.visit('/unsubscribe/abcdefgh?only=monthly');
    expect(pages.server.writes.slice(before)).toEqual(['POST subscribers/kinds']);
    await pages.page.getByRole('button', { name: 'Stop: Monthly bulletin' }).waitFor();
    await pages.page.getByRole('radio', { name: 'Everything' }).check();
    await pages.page.getByRole('button', { name: 'Stop everything' }).waitFor();
    await pages.page.getByRole('radio', { name: 'Monthly bulletin only' }).check();
    await pages.page.getByRole('button', { name: 'Stop: Monthly bulletin' }).click();
    await pages.page.getByText('Done as you asked.').waitFor();
    expect(pages.server.lastBody).toEqual({ token: 'abcdefgh', only: 'monthly' });
    expect(pages.server.writes.slice(before)).toEqual(['POST subscribers/kinds', 'POST subscribers/stop']);
  });
});
