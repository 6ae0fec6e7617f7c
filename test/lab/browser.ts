// Debian's Chromium for the lab: every page is watched for complaints and for requests to anybody but Sundew.
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findProgram } from './peers.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
export const SIZES = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;

export interface Look {
  readonly size: keyof typeof SIZES;
  readonly scheme: 'light' | 'dark';
  readonly calm?: boolean;
}

export interface Watched extends AsyncDisposable {
  readonly page: Page;
  /** Errors and warnings of the console (also of the CSP), failures of scripts, requests to other places. */
  readonly complaints: readonly string[];
  /** Paths of what was loaded so far. */
  readonly requests: readonly string[];
  /** Goes there and waits until it has loaded its data. */
  visit(path: string): Promise<void>;
}

export function launchChromium(): Promise<Browser> {
  const executablePath = findProgram('chromium');
  if (executablePath === undefined) throw new Error('chromium is not installed');
  return chromium.launch({ executablePath, args: FLAGS });
}

/** A browser of its own (cookies, storage) on one Sundew. */
export async function watch(browser: Browser, url: () => string, look: Look): Promise<Watched> {
  const context: BrowserContext = await browser.newContext({
    viewport: SIZES[look.size],
    colorScheme: look.scheme,
    reducedMotion: look.calm === true ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  const [complaints, requests]: [string[], string[]] = [[], []];
  page.on('console', (message) => {
    // A refusal of the API is told by the page; the browser's own line about the status is no complaint.
    const refusal = /^Failed to load resource: the server responded with a status of 4/.test(message.text());
    if (!refusal && ['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const { origin, pathname, protocol } = new URL(request.url());
    requests.push(pathname);
    if (origin !== url() && protocol !== 'data:') complaints.push(`request to ${request.url()}`);
  });
  return {
    page,
    complaints,
    requests,
    visit: async (path) => {
      await page.goto(url() + path);
      await page.locator('main h1').first().waitFor();
      await page.waitForFunction(() => document.querySelector('.sd-waiting') === null);
    },
    [Symbol.asyncDispose]: () => context.close(),
  };
}

/** How far a page is wider than its window, in pixels; 0 when nothing scrolls sideways. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));
}

/** How many colours a picture has, in steps of 16 a channel: a blank one has one or two. */
export async function coloursOf(browser: Browser, png: Buffer): Promise<number> {
  await using context = await browser.newContext();
  const page = await context.newPage();
  return await page.evaluate(async (data) => {
    const picture = new Image();
    picture.src = `data:image/png;base64,${data}`;
    await picture.decode();
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const drawing = canvas.getContext('2d');
    if (drawing === null) throw new Error('no canvas');
    drawing.drawImage(picture, 0, 0);
    const pixels = drawing.getImageData(0, 0, picture.width, picture.height).data;
    const seen = new Set<number>();
    for (let at = 0; at < pixels.length; at += 4 * 7) {
      const [red = 0, green = 0, blue = 0] = pixels.subarray(at, at + 3);
      seen.add(((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4));
    }
    return seen.size;
  }, png.toString('base64'));
}
