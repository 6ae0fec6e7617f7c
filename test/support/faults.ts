// What axe finds wrong with a page.
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Rule and places, of the page as it stands. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source); // by the debugger, which the policy does not bind
  const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 100)).join(' | ')}`);
}
