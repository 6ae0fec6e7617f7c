// Every page of the built web: fits, keeps the policy, shows captured text as text, is reached by keys.
import { expect, test } from 'vitest';
import { describePages } from './pages.ts';

const PATHS = [
  '/',
  '/warnings?severity=high',
  '/warnings/W-7K3F-9QXA',
  '/warnings/unknown',
  '/threats?q=kelvir',
  '/threats/kelvir',
  '/lookup',
  '/subscribe',
  '/confirm/abcdefgh',
  '/unsubscribe/abcdefgh',
  '/mailbox',
  '/setup?token=abcdefgh',
  '/login',
  '/forecasts',
  '/appeal?what=W-7K3F-9QXA',
  '/reports',
  '/about',
  '/no-such-page',
  '/console',
  '/console/going-live',
  '/console/captures',
  '/console/captures/x?realm=simulated',
  '/console/campaigns',
  '/console/warnings',
  '/console/signals',
  '/console/retractions',
  '/console/appeals',
  '/console/campaigns/x',
  '/console/decoys',
  '/console/mail',
  '/console/services',
  '/console/warnings/W-7K3F-9QXA',
  '/console/subscribers',
  '/console/threats/kelvir/edit',
  '/console/threats',
  '/console/drafts',
  '/console/drafts/new',
  '/console/drafts/x',
  '/console/dead-letters',
  '/console/ledger',
  '/console/users',
  '/console/account',
];

describePages('every page', (pages) => {
  test.each([
    ['a phone in the dark', { width: 360, height: 740 }, 'dark'],
    ['a desk in the light', { width: 1280, height: 800 }, 'light'],
  ] as const)('every page on %s keeps the policy, calls nobody else and fits', async (_name, viewport, scheme) => {
    await pages.open(viewport, scheme);
    const wide: string[] = [];
    for (const path of PATHS) {
      await pages.visit(path);
      const over = await pages.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (over > 0) wide.push(`${path} by ${over} px`);
    }
    expect({ complaints: pages.complaints, wide }).toEqual({ complaints: [], wide: [] });
    expect(await pages.page.evaluate(() => document.documentElement.dataset.mantineColorScheme)).toBe(scheme);
  });

  test('captured text stays text: no markup, no link, and hidden characters show', async () => {
    for (const path of ['/', '/warnings/W-7K3F-9QXA', '/console/captures', '/console/captures/x']) {
      await pages.visit(path);
      await pages.page.locator('.sd-inert-mark', { hasText: 'RLO' }).first().waitFor();
      expect(await pages.page.locator('a[href*="x.example"], img').count()).toBe(0);
      expect(await pages.page.evaluate(() => 'pwned' in window)).toBe(false);
    }
    expect(pages.complaints).toEqual([]);
  });

  test('the keyboard reaches the content in two keys, and focus follows a change of page', async () => {
    await pages.visit('/');
    await pages.page.keyboard.press('Tab');
    await pages.page.keyboard.press('Enter');
    expect(await pages.page.evaluate(() => document.activeElement?.id)).toBe('main');
    await pages.page.getByRole('link', { name: 'About' }).click();
    await pages.page.getByRole('heading', { name: 'About Sundew' }).waitFor();
    expect(await pages.page.evaluate(() => document.activeElement?.id)).toBe('main');
  });
});
