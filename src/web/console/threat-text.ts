// How the lists of a threat's entry are typed: one a line.
import type { ThreatEntry } from '../api/types.ts';

export const TEXT_FIELDS = [
  ['summary', 'Summary'],
  ['lure', 'Lure'],
  ['payload', 'Payload'],
  ['atRisk', 'Who is at risk'],
  ['notes', 'Notes'],
] as const satisfies readonly (readonly [keyof ThreatEntry, string])[];

/** The lines that hold something. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** `T1566.003 Spearphishing via Service`, one a line. */
export function techniquesOf(text: string): ThreatEntry['techniques'] {
  return linesOf(text).map((line) => {
    const [id = '', ...name] = line.split(/\s+/);
    return { id, name: name.join(' ') };
  });
}

/** The other way round. */
export function techniquesText(techniques: ThreatEntry['techniques']): string {
  return techniques.map(({ id, name }) => `${id} ${name}`).join('\n');
}
