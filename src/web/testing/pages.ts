// The built pages in a real browser, under a policy as strict as the center's.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, vi } from 'vitest';
import { faultsOf } from '../../../test/support/faults.ts';
import { type FixtureServer, startFixtureServer } from './fixture-server.ts';

const CHROMIUM = process.env.SUNDEW_TEST_CHROMIUM ?? '/usr/bin/chromium';
const SLOW_MS = 120_000;
const DESK = { width: 1280, height: 800 };

/** What a test of the pages works with; each test has a browser context of its own. */
export interface Pages {
  readonly server: FixtureServer;
  readonly page: Page;
  /** Errors and warnings of the console, failures of scripts, requests to other places. */
  readonly complaints: readonly string[];
  /** Opens another context in place of the one there is. */
  open(viewport: { readonly width: number; readonly height: number }, scheme: 'light' | 'dark'): Promise<void>;
  /** Goes there and waits until it has loaded its data. */
  visit(path: string): Promise<void>;
  /** What axe finds: rule and places. */
  faults(): Promise<readonly string[]>;
}

/** Builds the web, serves it over made-up answers, and runs tests on it; the unit suite needs nothing but npm, so that without a Chromium they are skipped. */
export function describePages(name: string, tests: (pages: Pages) => void): void {
  describe.skipIf(!existsSync(CHROMIUM))(`${name} in Chromium`, { timeout: SLOW_MS }, () => {
    let dir: string;
    let server: FixtureServer;
    let browser: Browser;
    let held: { readonly context: BrowserContext; readonly page: Page; readonly complaints: readonly string[] };
    const open: Pages['open'] = async (viewport, colorScheme) => {
      await held?.context.close();
      held = await watched(browser, server.url, { viewport, colorScheme });
    };
    beforeAll(async () => {
      dir = await mkdtemp(join(tmpdir(), 'sundew-web-'));
      await buildTo(dir);
      server = await startFixtureServer(dir);
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    }, SLOW_MS);
    afterAll(async () => {
      await browser?.close();
      await server?.[Symbol.asyncDispose]();
      await rm(dir, { recursive: true });
    });
    beforeEach(async () => {
      server.signedIn = true;
      server.breakStreams(false);
      await open(DESK, 'light');
    });
    afterEach(() => held.context.close());
    tests({
      get server() {
        return server;
      },
      get page() {
        return held.page;
      },
      get complaints() {
        return held.complaints;
      },
      open,
      visit: async (path) => {
        await held.page.goto(server.url + path);
        await held.page.locator('main h1, main [role=alert]').first().waitFor();
        await held.page.waitForFunction(() => document.querySelector('.sd-waiting') === null);
      },
      faults: () => faultsOf(held.page),
    });
  });
}

async function buildTo(outDir: string): Promise<void> {
  vi.stubEnv('NODE_ENV', 'production');
  const configFile = join(import.meta.dirname, '../../../vite.config.ts');
  await build({ configFile, logLevel: 'error', build: { outDir } });
  vi.unstubAllEnvs();
}

async function watched(
  browser: Browser,
  url: string,
  look: { viewport: { width: number; height: number }; colorScheme: 'light' | 'dark' },
) {
  const complaints: string[] = [];
  const context = await browser.newContext(look);
  const page = await context.newPage();
  page.on('console', (message) => {
    // A 404 or 401 of the API is told by the page; the browser's own line about it is no complaint.
    const failed = message.text().startsWith('Failed to load resource');
    if (!failed && ['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) complaints.push(`request to ${request.url()}`);
  });
  return { context, page, complaints };
}
