import { expect, test } from 'vitest';
import { linesOf, techniquesOf, techniquesText } from './threat-text.ts';

test('lists are a line each, without empty ones', () => {
  expect(linesOf(' a \n\n b\r\n')).toEqual(['a', 'b']);
});

test('techniques survive the way into the form and back', () => {
  const techniques = [
    { id: 'T1566.003', name: 'Spearphishing via Service' },
    { id: 'T1204', name: '' },
  ];
  expect(techniquesOf(techniquesText(techniques))).toEqual(techniques);
});
