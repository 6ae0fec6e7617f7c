// Threat page, search, relations, timeline, threat level and forecast of a real Sundew in Debian's Chromium, looked
// through by axe. PICTURES_DIR=DIR keeps the pictures.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { WarningPage } from '../../src/center/api/contract.ts';
import { DEFAULTS } from '../../src/range/simulate/parameters.ts';
import { simulate } from '../../src/range/simulate/simulate.ts';
import { faultsOf } from '../support/faults.ts';
import { type RunningSundew, runSundew, startSundew, until } from '../support/sundew.ts';
import { coloursOf, launchChromium, overflowOf, type Watched, watch } from './browser.ts';
import { operatorAt } from './operator.ts';
import { needs } from './peers.ts';

type Warning = z.infer<typeof WarningPage>['warnings'][number];
/** The worm's last hit was so long ago: its first horizons have passed, and it is not over yet. */
const SINCE_MS = 200 * 60_000;
const SCHEMES = ['light', 'dark'] as const;

const WORM = { ...DEFAULTS, population: 4_000, seeds: 5, decoys: 12, startMin: 0, lengthMin: 600, noisePerHour: 0 };
const SERVICE = {
  SUNDEW_FORECAST_NETWORKS_XMPP_POPULATION: String(WORM.population),
  SUNDEW_FORECAST_NETWORKS_XMPP_DECOYS: String(WORM.decoys),
  SUNDEW_FORECAST_NETWORKS_XMPP_LISTS: String(WORM.lists),
};

/** A simulated worm as captures of the simulated realm. */
function wormCaptures(): string {
  const { hits } = simulate(WORM, 2);
  const end = Date.now() - SINCE_MS - (hits.at(-1)?.at ?? 0) * 60_000;
  return hits
    .map(({ at, decoy, sender }, number) =>
      JSON.stringify({
        ...{ v: 1, native: `worm-${number}`, at: new Date(end + at * 60_000).toISOString(), simulated: true },
        ...{ network: 'xmpp', decoy: `${decoy}@talk.range.test`, peer: { id: `${sender}@jabber.example` } },
        ...{ kind: 'message', text: 'hey are these pictures of you?? http://party-album.example/me.jpg.scr' },
      }),
    )
    .join('\n');
}

describe.skipIf(needs('chromium'))('knowledge and forecast in the browser', { timeout: 180_000 }, () => {
  let dir: string;
  let sundew: RunningSundew;
  let browser: Browser;
  let forecast: Warning;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sundew-knowledge-'));
    browser = await launchChromium();
    sundew = await startSundew({ dataDir: join(dir, 'data'), env: SERVICE });
    const played = await runSundew(['replay', '-'], { dataDir: sundew.dataDir, input: wormCaptures() });
    expect(played.stdout + played.stderr).toContain('captures stored');
    forecast = await until(scoredWarning, 60_000);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await sundew?.[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  });

  async function scoredWarning(): Promise<Warning | undefined> {
    const path = '/api/v1/console/warnings?realm=simulated&limit=1000';
    const { warnings } = await sundew.control.call<z.infer<typeof WarningPage>>('GET', path);
    return warnings.find((one) => one.forecast?.outlooks.some(({ came }) => came !== undefined));
  }

  /** What axe finds, and whether something is drawn that fits. */
  async function look({ page }: Watched, name: string): Promise<readonly string[]> {
    await page.waitForTimeout(300);
    const png = await page.screenshot({ fullPage: true });
    await writeFile(join(process.env.PICTURES_DIR ?? dir, `${name}.png`), png);
    return [
      ...(await faultsOf(page)).map((one) => `${name}: ${one}`),
      ...((await coloursOf(browser, png)) < 12 ? [`${name} looks blank`] : []),
      ...((await overflowOf(page)) > 0 ? [`${name} is too wide`] : []),
    ];
  }

  test.each(SCHEMES)('threat page with relations and timeline, search and threat level, %s', async (scheme) => {
    await using desk = await watch(browser, () => sundew.url, { size: 'desk', scheme });
    const { page } = desk;
    await desk.visit('/threats/im.kelvir.msn');
    for (const name of ['Relations', 'Timeline']) await page.getByRole('heading', { name }).waitFor();
    expect(await page.locator('svg.sd-graph[aria-hidden=true] circle').count()).toBeGreaterThan(2);
    const wrong = [...(await look(desk, `threat-${scheme}`))];
    await desk.visit('/threats');
    await page.getByLabel('Search').fill('kelvirr');
    await page
      .getByRole('link', { name: /^Kelvir/ })
      .first()
      .waitFor();
    wrong.push(...(await look(desk, `search-${scheme}`)));
    await desk.visit('/lookup');
    await page
      .getByLabel('Message, link, hash or name')
      .fill('hey are these pictures of you?? http://party-album.example/me.jpg.scr');
    await page.getByRole('button', { name: 'Look it up' }).click();
    await page.getByText('Yes, this is known').waitFor();
    wrong.push(...(await look(desk, `lookup-${scheme}`)));
    await desk.visit('/');
    await page.locator('.sd-level-card').first().waitFor();
    expect(await page.locator('.sd-level-card').count()).toBeGreaterThanOrEqual(2);
    wrong.push(...(await look(desk, `board-${scheme}`)));
    expect(wrong).toEqual([]);
    expect(desk.complaints).toEqual([]);
  });

  test.each(SCHEMES)('a forecast with its interval and what came, in multiples for everybody, %s', async (scheme) => {
    const wrong: string[] = [];
    for (const size of ['desk', 'phone'] as const) {
      await using reader = await watch(browser, () => sundew.url, { size, scheme });
      await reader.visit(`/warnings/${forecast.id}`);
      await reader.page.getByRole('heading', { name: 'Forecast' }).waitFor();
      await reader.page.locator('.sd-forecast canvas').waitFor();
      const row = reader.page.getByRole('row').filter({ hasText: /^1 hour/ });
      expect(await row.textContent()).toMatch(/× [\d.]+ \(× [\d.]+ to × [\d.]+\).*× [\d.]+ ?(within|outside)/);
      wrong.push(...(await look(reader, `warning-${size}-${scheme}`)));
      await reader.page.getByRole('link', { name: 'How right forecasts were so far' }).click();
      await reader.page.locator('.sd-calibration canvas').waitFor();
      wrong.push(...(await look(reader, `forecasts-${size}-${scheme}`)));
      expect(reader.complaints).toEqual([]);
    }
    expect(wrong).toEqual([]);
  });

  test('analysts see it in captures and infected accounts, by the browser and by the command', async () => {
    await using desk = await watch(browser, () => sundew.url, { size: 'desk', scheme: 'light' });
    const ada = operatorAt(desk);
    await ada.begin(sundew.output());
    await desk.visit(`/console/warnings/${forecast.id}?realm=simulated`);
    await desk.page.getByText('Infected in the end').waitFor();
    const row = desk.page.getByRole('row').filter({ hasText: /^1 hour/ });
    const [first] = forecast.forecast?.outlooks ?? [];
    expect(await row.textContent()).toContain(`${first?.expected.toLocaleString('en')} (`);
    expect(await look(desk, 'console-warning')).toEqual([]);
    const listed = await runSundew(['warnings', '--simulated'], { dataDir: sundew.dataDir });
    expect(listed.stdout).toMatch(/INFECTED THEN/);
    expect(listed.stdout).toMatch(new RegExp(`${forecast.id}.* came \\d+: (held|missed) +\\d+ \\(\\d+ to \\d+\\)`));
  });
});
