import { expect, test } from 'vitest';
import { isCveId, resembledBy } from './weakness.ts';

test('an id of the CVE list has a year and at least four digits', () => {
  expect(['CVE-2002-0005', 'CVE-1999-0399', 'CVE-2016-1000030'].every(isCveId)).toBe(true);
  expect(['CVE-2002-5', 'cve-2002-0005', 'CVE-2002-0005 ', 'CVE-3002-0005', 7, undefined].some(isCveId)).toBe(false);
});

test('what a file claims is read as ids, each once and eight at most, or not at all', () => {
  expect(resembledBy({ resembles: ['CVE-2002-0005', 'x', 'CVE-2002-0005', { a: 1 }] })).toEqual(['CVE-2002-0005']);
  expect(resembledBy({ resembles: 'CVE-2002-0005' })).toEqual([]);
  expect(resembledBy({})).toEqual([]);
  const many = Array.from({ length: 100 }, (_, at) => `CVE-2002-${1000 + at}`);
  expect(resembledBy({ resembles: many })).toHaveLength(8);
});
