import { describe, expect, test } from 'vitest';
import type { Indicator } from '../../core/verdict.ts';
import { viewWarning } from '../../warning/disclosure.ts';
import { record } from '../../warning/testing/touch.ts';
import { patternOf, RETRACTED_PATTERN } from './pattern.ts';
import { type BundleOptions, type StixBundle, type WarningForStix, warningBundle } from './warning-bundle.ts';

const OPTIONS: BundleOptions = { publicUrl: 'https://sundew.example', tlp: 'white' };
const INDICATORS: readonly Indicator[] = [
  { type: 'url', value: 'http://evil.example/photo.scr' },
  { type: 'domain', value: 'evil.example' },
  { type: 'file-name', value: "it's a \\ photo.scr" },
  { type: 'wallet', value: 'bc1qexample' },
];

function given(part: Partial<WarningForStix> & { readonly revision?: number } = {}): WarningForStix {
  const stored = record({ decoys: 3, indicators: INDICATORS, spread: [3, 3, 3, 3], revision: part.revision ?? 1 });
  const view = viewWarning(stored, 'public', new Date('2026-01-06T00:00:00Z'));
  if (view === undefined) throw new TypeError('it is released');
  return {
    ...{ view, modified: '2026-01-05T10:01:00.000Z', retracted: false, undone: 0 },
    ...{ isWithdrawn: () => false, undoneOf: () => 0 },
    ...part,
  };
}

const of = (bundle: StixBundle, type: string) => bundle.objects.filter((one) => one.type === type);
const ids = (bundle: StixBundle): readonly string[] => bundle.objects.map(({ id }) => id).sort();

describe('patterns', () => {
  test.each<[Indicator, string | undefined]>([
    [{ type: 'domain', value: 'evil.example' }, "[domain-name:value = 'evil.example']"],
    [{ type: 'file-name', value: "it's a \\ b" }, "[file:name = 'it\\'s a \\\\ b']"],
    [{ type: 'sha256', value: 'ab' }, "[file:hashes.'SHA-256' = 'ab']"],
    [{ type: 'wallet', value: 'x' }, undefined],
  ])('%j', (indicator, pattern) => {
    expect(patternOf(indicator)).toBe(pattern);
  });
});

describe('a warning as STIX', () => {
  test('is a report of a campaign with its indicators, marked, each id of version 5 and the same at every export', () => {
    const bundle = warningBundle(given(), OPTIONS);
    expect(warningBundle(given(), OPTIONS)).toEqual(bundle);
    expect(of(bundle, 'indicator')).toHaveLength(3);
    expect(of(bundle, 'relationship')).toHaveLength(3);
    for (const { id } of bundle.objects)
      expect(id).toMatch(/^[a-z-]+--[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const [report] = of(bundle, 'report');
    expect(report).toMatchObject({ modified: '2026-01-05T10:01:00.001Z', object_refs: expect.any(Array) });
    expect(JSON.stringify(bundle)).not.toContain('"revoked"');
  });

  test('retracted: the same ids, revoked with a later time, and nothing of it named', () => {
    const [before, after] = [
      warningBundle(given(), OPTIONS),
      warningBundle(given({ retracted: true, revision: 2, modified: '2026-01-05T11:00:00.000Z' }), OPTIONS),
    ];
    expect(ids(after)).toEqual(ids(before));
    for (const one of after.objects.filter(({ type }) => !['identity', 'marking-definition'].includes(type)))
      expect(one).toMatchObject({ revoked: true, modified: '2026-01-05T11:00:00.002Z' });
    expect(of(after, 'indicator').map(({ pattern }) => pattern)).toEqual(Array(3).fill(RETRACTED_PATTERN));
    expect(JSON.stringify(after)).not.toContain('evil');
  });

  test('undone: ids that were never revoked', () => {
    const [before, again] = [warningBundle(given(), OPTIONS), warningBundle(given({ undone: 1 }), OPTIONS)];
    const shared = ids(again).filter((id) => ids(before).includes(id));
    expect(shared.map((id) => id.split('--')[0])).toEqual(['identity', 'marking-definition']);
  });

  test('an indicator taken back is revoked with its relationship, the rest stands', () => {
    const isWithdrawn = ({ type }: Indicator): boolean => type !== 'file-name';
    const bundle = warningBundle(given({ isWithdrawn }), OPTIONS);
    expect(of(bundle, 'indicator').map(({ revoked }) => revoked)).toEqual([true, true, undefined]);
    expect(of(bundle, 'relationship').map(({ revoked }) => revoked)).toEqual([true, true, undefined]);
    expect(of(bundle, 'campaign')[0]?.revoked).toBeUndefined();
  });

  test('readers of another tier, and another installation, have ids of their own: their content differs', () => {
    const [white, amber] = [warningBundle(given(), OPTIONS), warningBundle(given(), { ...OPTIONS, tlp: 'amber' })];
    const shared = ids(amber).filter((id) => ids(white).includes(id));
    expect(shared.map((id) => id.split('--')[0])).toEqual(['identity']);
  });
});
