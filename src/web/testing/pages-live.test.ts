// What moves on the built pages: the river, levels, captures as they come.
import { expect, test } from 'vitest';
import { captureRow } from './fixture-console.ts';
import { touch } from './fixture-data.ts';
import { describePages } from './pages.ts';

describePages('pages that move', (pages) => {
  test('the river moves, stands still when paused, and says what waits', async () => {
    await pages.visit('/');
    await pages.page.getByText('Live', { exact: true }).waitFor();
    const rows = pages.page.locator('.sd-river-row');
    await expect.poll(() => rows.count()).toBeGreaterThan(30);
    const before = await rows.count();
    pages.server.emit('touch', { ...touch(1001, 0), kind: 'nudge' });
    await pages.page.getByText('Nudge').waitFor();
    await pages.page.getByRole('button', { name: 'Pause' }).click();
    pages.server.emit('touch', touch(1002, 0));
    await pages.page.getByText('1 newer entry: show').waitFor();
    expect(await rows.count()).toBe(before + 1);
    await pages.page.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(() => rows.count()).toBe(before + 2);
  });

  test('five hundred events leave a bounded list, paused or not', async () => {
    await pages.visit('/');
    await pages.page.getByText('Live', { exact: true }).waitFor();
    const rows = pages.page.locator('.sd-river-row');
    for (let id = 2_000; id < 2_500; id += 1) pages.server.emit('touch', touch(id, 0));
    await expect.poll(() => rows.count(), { timeout: 15_000 }).toBe(200);
    await pages.page.getByRole('button', { name: 'Pause' }).click();
    for (let id = 3_000; id < 3_500; id += 1) pages.server.emit('touch', touch(id, 0));
    await pages.page.getByText('200 newer entries: show').waitFor();
    expect(await rows.count()).toBe(200);
  });

  test('a level that changes shows at once', async () => {
    await pages.visit('/');
    await pages.page.getByText('Live', { exact: true }).waitFor();
    const at = new Date().toISOString();
    pages.server.emit('level', { network: 'oscar', level: 'red', reason: 'All at once', since: at, warnings24h: 1 });
    await pages.page.getByText('All at once').waitFor();
  });

  test('a broken stream is told, and mended without a reload', async () => {
    await pages.visit('/');
    await pages.page.getByText('Live', { exact: true }).waitFor();
    pages.server.breakStreams(true);
    await pages.page.getByText('Reconnecting').waitFor();
    pages.server.breakStreams(false);
    await pages.page.getByText('Live', { exact: true }).waitFor({ timeout: 30_000 });
  });

  test('captures come in live in the console', async () => {
    await pages.visit('/console/captures');
    await pages.page.getByText('Live', { exact: true }).last().waitFor();
    pages.server.emit('capture', { ...captureRow(900), peer: 'newcomer@spam.example' });
    await pages.page.getByText('newcomer@spam.example').waitFor();
  });
});
