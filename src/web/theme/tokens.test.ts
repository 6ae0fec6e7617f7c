import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const css = await readFile(join(import.meta.dirname, 'tokens.css'), 'utf8');
const AA = 4.5;

function tokensOf(scheme: 'light' | 'dark'): ReadonlyMap<string, string> {
  const block = css.split(`[data-mantine-color-scheme="${scheme}"]`)[1]?.split('}')[0] ?? '';
  return new Map(
    [...block.matchAll(/--sd-([a-z-]+):\s*(#[0-9a-f]{6})/g)].map((match) => [match[1] ?? '', match[2] ?? '']),
  );
}

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const [red = 0, green = 0, blue = 0] = channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ['ground', 'panel', 'sunk'];
const PAIRS = [
  ...['ink', 'ink-soft', 'link'].flatMap((ink) => GROUNDS.map((ground) => [ink, ground] as const)),
  ...['green', 'yellow', 'orange', 'red', 'blue'].map((tone) => [tone, `${tone}-ground`] as const),
  ...['yellow', 'orange', 'red', 'blue'].flatMap((tone) =>
    ['ink', 'link'].map((ink) => [ink, `${tone}-ground`] as const),
  ),
  ['green', 'panel'] as const,
  ['red', 'panel'] as const,
];

describe.each(['light', 'dark'] as const)('colours of the %s scheme', (scheme) => {
  const tokens = tokensOf(scheme);
  test.each(PAIRS)('%s on %s reaches WCAG AA', (ink, ground) => {
    expect(contrast(tokens.get(ink) ?? 'none', tokens.get(ground) ?? 'none')).toBeGreaterThanOrEqual(AA);
  });
});
