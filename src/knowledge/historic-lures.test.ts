// The lures that history documents are recognised as what they were, by the shipped signatures and the classifier alone.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyze } from '../analysis/analyze.ts';
import { compileSignatures } from '../analysis/signatures.ts';
import { parseCapture } from '../core/parse-capture.ts';
import { HARMLESS_TYPES, readSeed } from './seed.ts';
import { shippedSignatures } from './shipped-signatures.ts';

interface Lure {
  /** The knowledge base's entry. */
  readonly entry: string;
  readonly network: string;
  readonly kind: string;
  readonly text?: string;
  readonly file?: object;
  /** What it may be called. */
  readonly classes: readonly string[];
  /** Whether it is specific enough to be told by name. */
  readonly named: boolean;
}

const FIXTURE = new URL('./fixtures/historic-lures.json', import.meta.url);
const { lures } = JSON.parse(readFileSync(FIXTURE, 'utf8')) as { readonly lures: readonly Lure[] };
const signatures = compileSignatures(await shippedSignatures());
const seeds = await readSeed();

function judge({ network, kind, text, file }: Lure) {
  const base = { v: 1, at: '2026-01-01T00:00:00Z', network, decoy: 'dora', peer: { id: 'stranger' } };
  return analyze(parseCapture({ ...base, kind, text, file }, { sensor: 'test' }), signatures);
}

describe('lures of history', () => {
  it('name entries that the knowledge base has', () => {
    expect(lures.filter(({ entry }) => !seeds.some(({ id }) => id === entry))).toEqual([]);
  });

  it.each(lures.map((lure) => [lure.entry, lure.text ?? JSON.stringify(lure.file), lure] as const))(
    '%s: %s',
    (entry, _shown, lure) => {
      const { class: called, threats, reasons } = judge(lure);
      expect(lure.classes, reasons.join('; ')).toContain(called);
      if (lure.named) expect(threats).toContain(entry);
    },
  );

  it('never name what does no harm', () => {
    const harmless = new Set(seeds.filter(({ type }) => HARMLESS_TYPES.includes(type)).map(({ id }) => id));
    expect(harmless.size).toBeGreaterThan(0);
    expect(lures.flatMap((lure) => judge(lure).threats.filter((id) => harmless.has(id)))).toEqual([]);
  });

  it('leave a harmless relay bot without a threat and without severity', () => {
    for (const lure of lures.filter(({ entry }) => entry.startsWith('nuisance.'))) {
      expect(judge(lure)).toMatchObject({ threats: [], severity: 'info', unambiguousHarm: false });
    }
  });
});
