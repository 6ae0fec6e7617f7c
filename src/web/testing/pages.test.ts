// The built pages in a real browser, under a policy as strict as the center's.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { captureRow } from './fixture-console.ts';
import { touch } from './fixture-data.ts';
import { type FixtureServer, startFixtureServer } from './fixture-server.ts';

const CHROMIUM = process.env.SUNDEW_TEST_CHROMIUM ?? '/usr/bin/chromium';
const SLOW_MS = 120_000;
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
  '/console/drafts',
  '/console/drafts/x',
  '/console/dead-letters',
  '/console/ledger',
  '/console/users',
  '/console/account',
];

// The unit suite needs nothing but npm: without a Chromium these tests are skipped, and `npm run test:lab`'s machine has one.
describe.skipIf(!existsSync(CHROMIUM))('the pages in Chromium', { timeout: SLOW_MS }, () => {
  let dir: string;
  let server: FixtureServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sundew-web-'));
    vi.stubEnv('NODE_ENV', 'production');
    await build({
      configFile: join(import.meta.dirname, '../../../vite.config.ts'),
      logLevel: 'error',
      build: { outDir: dir },
    });
    vi.unstubAllEnvs();
    server = await startFixtureServer(dir);
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  }, SLOW_MS);
  afterAll(async () => {
    await browser.close();
    await server[Symbol.asyncDispose]();
    await rm(dir, { recursive: true });
  });
  beforeEach(async () => {
    server.signedIn = true;
    server.breakStreams(false);
    await open({ width: 1280, height: 800 }, 'light');
  });
  afterEach(() => context.close());

  const open = async (viewport: { width: number; height: number }, colorScheme: 'light' | 'dark'): Promise<void> => {
    complaints = [];
    context = await browser.newContext({ viewport, colorScheme });
    page = await context.newPage();
    page.on('console', (message) => {
      // A 404 or 401 of the API is told by the page; the browser's own line about it is no complaint.
      const failed = message.text().startsWith('Failed to load resource');
      if (!failed && ['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url)) complaints.push(`request to ${request.url()}`);
    });
  };
  const visit = async (path: string): Promise<void> => {
    await page.goto(server.url + path);
    await page.locator('main h1, main [role=alert]').first().waitFor();
    await page.waitForFunction(() => document.querySelector('.sd-waiting') === null);
  };

  test.each([
    ['a phone in the dark', { width: 360, height: 740 }, 'dark'],
    ['a desk in the light', { width: 1280, height: 800 }, 'light'],
  ] as const)('every page on %s keeps the policy, calls nobody else and fits', async (_name, viewport, scheme) => {
    await context.close();
    await open(viewport, scheme);
    const wide: string[] = [];
    for (const path of PATHS) {
      await visit(path);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (over > 0) wide.push(`${path} by ${over} px`);
    }
    expect({ complaints, wide }).toEqual({ complaints: [], wide: [] });
    expect(await page.evaluate(() => document.documentElement.dataset.mantineColorScheme)).toBe(scheme);
  });

  test('the pages of the knowledge base have no accessibility fault that axe finds', async () => {
    for (const path of ['/threats', '/threats/kelvir', '/lookup', '/console/drafts', '/console/drafts/x']) {
      await visit(path);
      await page.evaluate(axe.source); // by the debugger, which the policy does not bind
      const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
      expect([path, violations.map(({ id, nodes }) => [id, nodes[0]?.html])]).toEqual([path, []]);
    }
    // The check has been seen to find something.
    await page.evaluate(() => document.querySelector('main')?.append(document.createElement('button')));
    const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
    expect(violations.map(({ id }) => id)).toContain('button-name');
  });

  test('a pasted message goes in the body and comes back as what is known of it', async () => {
    await visit('/lookup');
    await page.getByLabel('Message, link, hash or name').fill('lol! see it');
    await page.getByRole('button', { name: 'Look it up' }).click();
    await page.getByText('Yes, this is known').waitFor();
    await page.getByRole('link', { name: 'Picture worm spreads' }).waitFor();
    expect(server.lastBody).toEqual({ text: 'lol! see it' });
    expect(page.url()).not.toContain('lol');
  });

  test('the drawing of relations has the same in words, and revisions can be compared', async () => {
    await visit('/threats/kelvir');
    await page.getByRole('link', { name: 'Opanki' }).waitFor();
    expect(await page.locator('svg.sd-graph[aria-hidden=true] circle').count()).toBe(8);
    await visit('/console/threats/kelvir/edit');
    await page.locator('.sd-diff ins', { hasText: 'New' }).waitFor();
    await page.locator('.sd-diff del', { hasText: 'Old' }).waitFor();
  });

  test.each(['light', 'dark'] as const)('the scores of forecasts are accessible and drawn, %s', async (scheme) => {
    await context.close();
    await open({ width: 1280, height: 900 }, scheme);
    await visit('/forecasts');
    await page.locator('.sd-calibration canvas').waitFor();
    expect(await page.getByRole('row').count()).toBe(5);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });

  test.each(['light', 'dark'] as const)(
    'a forecast is accessible, with its interval and its later score, %s',
    async (scheme) => {
      await context.close();
      await open({ width: 1280, height: 1_400 }, scheme);
      for (const [path, cells] of [
        ['/warnings/W-7K3F-9QXA', ['× 1.6 (× 1.3 to × 2.1)', '× 1.7 within', '× 4 outside', 'not yet']],
        ['/console/warnings/W-7K3F-9QXA', ['66 (53 to 86)', '6,600 (4,000 to 11,000)', '70 within', '164 outside']],
        ['/console/services', ['250,000']],
      ] as const) {
        await visit(path);
        for (const text of cells) await page.getByRole('cell', { name: text }).first().waitFor();
        await page.evaluate(axe.source);
        const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
        expect([path, violations.map(({ id, nodes }) => [id, nodes[0]?.html])]).toEqual([path, []]);
        if (path.startsWith('/warnings')) await page.locator('.sd-forecast canvas').waitFor();
        const shots = process.env.PICTURES_DIR;
        if (shots !== undefined)
          await page.screenshot({ path: join(shots, `${path.replaceAll('/', '_')}-${scheme}.png`) });
      }
    },
  );

  test('the size of a service is saved whole, and forgotten', async () => {
    await visit('/console/services');
    await page.getByLabel('Accounts').fill('300000');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => server.writes.at(-1)).toBe('PUT settings/forecast/xmpp');
    expect(server.lastBody).toEqual({ size: { population: 300_000, decoys: 30, lists: 20 } });
  });

  test('captured text stays text: no markup, no link, and hidden characters show', async () => {
    for (const path of ['/', '/warnings/W-7K3F-9QXA', '/console/captures', '/console/captures/x']) {
      await visit(path);
      await page.locator('.sd-inert-mark', { hasText: 'RLO' }).first().waitFor();
      expect(await page.locator('a[href*="x.example"], img').count()).toBe(0);
      expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
    }
    expect(complaints).toEqual([]);
  });

  test('the river moves, stands still when paused, and says what waits', async () => {
    await visit('/');
    await page.getByText('Live', { exact: true }).waitFor();
    const rows = page.locator('.sd-river-row');
    await expect.poll(() => rows.count()).toBeGreaterThan(30);
    const before = await rows.count();
    server.emit('touch', { ...touch(1001, 0), kind: 'nudge' });
    await page.getByText('Nudge').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    server.emit('touch', touch(1002, 0));
    await page.getByText('1 newer entry: show').waitFor();
    expect(await rows.count()).toBe(before + 1);
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(() => rows.count()).toBe(before + 2);
  });

  test('five hundred events leave a bounded list, paused or not', async () => {
    await visit('/');
    await page.getByText('Live', { exact: true }).waitFor();
    const rows = page.locator('.sd-river-row');
    for (let id = 2_000; id < 2_500; id += 1) server.emit('touch', touch(id, 0));
    await expect.poll(() => rows.count(), { timeout: 15_000 }).toBe(200);
    await page.getByRole('button', { name: 'Pause' }).click();
    for (let id = 3_000; id < 3_500; id += 1) server.emit('touch', touch(id, 0));
    await page.getByText('200 newer entries: show').waitFor();
    expect(await rows.count()).toBe(200);
  });

  test('a level that changes shows at once', async () => {
    await visit('/');
    await page.getByText('Live', { exact: true }).waitFor();
    const at = new Date().toISOString();
    server.emit('level', { network: 'oscar', level: 'red', reason: 'All at once', since: at, warnings24h: 1 });
    await page.getByText('All at once').waitFor();
  });

  test('a broken stream is told, and mended without a reload', async () => {
    await visit('/');
    await page.getByText('Live', { exact: true }).waitFor();
    server.breakStreams(true);
    await page.getByText('Reconnecting').waitFor();
    server.breakStreams(false);
    await page.getByText('Live', { exact: true }).waitFor({ timeout: 30_000 });
  });

  test('opening a confirmation link does nothing; its button does', async () => {
    const before = server.writes.length;
    await visit('/confirm/abcdefgh');
    expect(server.writes.length).toBe(before);
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('Done as you asked.').waitFor();
    expect(server.writes.slice(before)).toEqual(['POST subscribers/confirm']);
  });

  test('a stop link of a bulletin ends the bulletin, unless everything is chosen, and opening it ends nothing', async () => {
    const before = server.writes.length;
    await visit('/unsubscribe/abcdefgh?only=monthly');
    expect(server.writes.slice(before)).toEqual(['POST subscribers/kinds']);
    await page.getByRole('button', { name: 'Stop: Monthly bulletin' }).waitFor();
    await page.getByRole('radio', { name: 'Everything' }).check();
    await page.getByRole('button', { name: 'Stop everything' }).waitFor();
    await page.getByRole('radio', { name: 'Monthly bulletin only' }).check();
    await page.getByRole('button', { name: 'Stop: Monthly bulletin' }).click();
    await page.getByText('Done as you asked.').waitFor();
    expect(server.lastBody).toEqual({ token: 'abcdefgh', only: 'monthly' });
    expect(server.writes.slice(before)).toEqual(['POST subscribers/kinds', 'POST subscribers/stop']);
  });

  test('a bulletin alone is asked for without severity and networks, and nothing cannot be asked for', async () => {
    await visit('/subscribe');
    await page.getByLabel('E-mail address').fill('ann@readers.example');
    await page.getByRole('checkbox', { name: 'Warnings' }).uncheck();
    expect(await page.getByRole('button', { name: /^Ask for/ }).isDisabled()).toBe(true);
    expect(await page.getByLabel('Only from this severity on').count()).toBe(0);
    await page.getByRole('checkbox', { name: 'Monthly bulletin' }).check();
    await page.getByRole('button', { name: 'Ask for the bulletin' }).click();
    await page.getByText('Done as you asked.').waitFor();
    expect(server.lastBody).toMatchObject({ kinds: ['monthly'] });
  });

  test('strangers are sent to sign in, and back to where they wanted to go', async () => {
    server.signedIn = false;
    await page.goto(`${server.url}/console/campaigns`);
    await page.getByLabel('E-mail address').fill('ada@sundew.example');
    await page.getByRole('textbox', { name: 'Password' }).fill('a long enough sentence');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Campaigns', level: 1 }).waitFor();
  });

  test('a campaign says how many of its senders had the decoy on their contact list', async () => {
    await visit('/console/campaigns/x');
    const facts = page.getByRole('definition');
    await page.getByText('Senders with the decoy on their list').waitFor();
    expect(await facts.allInnerTexts()).toEqual(expect.arrayContaining(['14', '11']));
  });

  test('captures come in live in the console', async () => {
    await visit('/console/captures');
    await page.getByText('Live', { exact: true }).last().waitFor();
    server.emit('capture', { ...captureRow(900), peer: 'newcomer@spam.example' });
    await page.getByText('newcomer@spam.example').waitFor();
  });

  test('a decoy is checked before it is added, and the sentence of the server is shown', async () => {
    await visit('/console/decoys');
    await page.getByLabel('Name in Sundew').fill('eve');
    await page.getByRole('textbox', { name: 'Address' }).fill('eve@xmpp.example');
    await page.getByRole('textbox', { name: 'Password' }).fill('wrong');
    await page.getByRole('button', { name: 'Check sign-on' }).click();
    await page.getByText('xmpp.example: the password is wrong.').waitFor();
    expect(server.writes.at(-1)).toBe('POST decoys/check');
  });

  test('the form of a network without encryption asks for the consent that it needs', async () => {
    await visit('/console/decoys');
    await page.getByLabel('Kind of decoy').selectOption({ label: 'MSN account' });
    await page.getByLabel('Name in Sundew').fill('eve');
    await page.getByRole('textbox', { name: 'Address' }).fill('eve@msn.example');
    await page.getByRole('textbox', { name: 'Password' }).fill('right');
    await page.getByRole('textbox', { name: 'Server' }).fill('msn.example');
    await page.getByLabel('Protocol').selectOption({ label: 'MSNP12' });
    await page.getByLabel('Log-in URL').fill('https://login.example/');
    await page.getByLabel('Other hosts').fill('sb1.example, sb2.example');
    await page.getByRole('checkbox', { name: 'Sign on without encryption' }).check();
    await page.getByRole('button', { name: 'Add and enable' }).click();
    await page.getByText('Added and enabled').waitFor();
    expect(server.writes.at(-1)).toBe('POST decoys');
    expect(server.lastBody).toEqual({
      name: 'eve',
      network: 'msnp',
      address: 'eve@msn.example',
      password: 'right',
      host: 'msn.example',
      dialect: 12,
      persona: 'p2p',
      loginUrl: 'https://login.example/',
      hosts: ['sb1.example', 'sb2.example'],
      insecure: true,
      enabled: true,
    });
    expect(complaints).toEqual([]);
  });

  test('stopping engagement asks first and wants a reason', async () => {
    await visit('/console');
    await page.getByRole('button', { name: 'Stop engagement' }).click();
    await page.getByRole('button', { name: 'Stop now' }).click();
    await page.getByText('Give a reason').waitFor();
    await page.getByLabel('Reason, for the ledger').fill('drill');
    await page.getByRole('button', { name: 'Stop now' }).click();
    await expect.poll(() => server.writes.at(-1)).toBe('POST engagement/stop');
    await expect.poll(() => page.locator('dialog[open]').count()).toBe(0);
  });

  test('an edit that somebody else was faster with is not lost silently', async () => {
    await visit('/console/threats/kelvir/edit');
    await page.getByLabel('Reason for the change').fill('better words');
    await page.getByRole('button', { name: 'Save revision' }).click();
    await page.getByText('Revision 8 is there already.').waitFor();
  });

  test('the keyboard reaches the content in two keys, and focus follows a change of page', async () => {
    await visit('/');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.getByRole('link', { name: 'About' }).click();
    await page.getByRole('heading', { name: 'About Sundew' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  });
});
