// The built pages through the eyes of axe.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describePages } from './pages.ts';

const KNOWLEDGE = [
  '/threats',
  '/threats/kelvir',
  '/lookup',
  '/console/threats',
  '/console/threats/kelvir/edit',
  '/console/drafts',
  '/console/drafts/new',
  '/console/drafts/x',
];

describePages('the pages, looked through by axe', (pages) => {
  test.each(['light', 'dark'] as const)(
    'the knowledge base and its forms have no fault that axe finds, %s',
    async (scheme) => {
      await pages.open({ width: 1280, height: 900 }, scheme);
      for (const path of KNOWLEDGE) {
        await pages.visit(path);
        expect([path, await pages.faults()]).toEqual([path, []]);
      }
      // The check has been seen to find something.
      await pages.page.evaluate(() => document.querySelector('main')?.append(document.createElement('button')));
      expect((await pages.faults()).join()).toContain('button-name');
    },
  );

  test.each(['light', 'dark'] as const)('the scores of forecasts are accessible and drawn, %s', async (scheme) => {
    await pages.open({ width: 1280, height: 900 }, scheme);
    await pages.visit('/forecasts');
    await pages.page.locator('.sd-calibration canvas').waitFor();
    expect(await pages.page.getByRole('row').count()).toBe(5);
    expect(await pages.faults()).toEqual([]);
  });

  test.each(['light', 'dark'] as const)(
    'a forecast is accessible, with its interval and its later score, %s',
    async (scheme) => {
      await pages.open({ width: 1280, height: 1_400 }, scheme);
      for (const [path, cells] of [
        ['/warnings/W-7K3F-9QXA', ['× 1.6 (× 1.3 to × 2.1)', '× 1.7 within', '× 4 outside', 'not yet']],
        ['/console/warnings/W-7K3F-9QXA', ['66 (53 to 86)', '6,600 (4,000 to 11,000)', '70 within', '164 outside']],
        ['/console/services', ['250,000']],
      ] as const) {
        await pages.visit(path);
        for (const text of cells) await pages.page.getByRole('cell', { name: text }).first().waitFor();
        expect([path, await pages.faults()]).toEqual([path, []]);
        if (path.startsWith('/warnings')) await pages.page.locator('.sd-forecast canvas').waitFor();
        const shots = process.env.PICTURES_DIR;
        if (shots !== undefined)
          await pages.page.screenshot({ path: join(shots, `${path.replaceAll('/', '_')}-${scheme}.png`) });
      }
    },
  );
});
