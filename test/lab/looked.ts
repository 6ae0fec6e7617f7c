// A page looked at: by whoever wants to, in a picture, and by axe.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { faultsOf } from '../support/faults.ts';
import { overflowOf } from './browser.ts';

/** Keeps pictures for whoever wants to look at them. */
export const PICTURES = process.env.TEST_PICTURES;

/** Expects that a page fits its window and that axe finds nothing. */
export async function looked(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(500); // what fades in has no contrast yet
  if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
  expect([name, await overflowOf(page)]).toEqual([name, 0]);
  expect([name, await faultsOf(page)]).toEqual([name, []]);
}
