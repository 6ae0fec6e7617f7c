import { describe, expect, test } from 'vitest';
import { TIERS } from '../warning/disclosure.ts';
import { FEW, type RawCell, REPORT_DISCLOSURE, showFigure, showTable, showValue } from './disclosure.ts';
import { type Cell, MEANINGS, type Meaning } from './model.ts';

describe('the policy table of reports', () => {
  test('has a row for every meaning, and operators see all of it', () => {
    expect(Object.keys(REPORT_DISCLOSURE).sort()).toEqual([...MEANINGS].sort());
    for (const means of MEANINGS) expect(REPORT_DISCLOSURE[means].operator).toBe('exact');
  });

  // meaning, value, what it is a part of → operator, subscriber, public
  test.each<[Meaning, RawCell, number, Cell, Cell, Cell]>([
    ['word', 'xmpp', 0, 'xmpp', 'xmpp', 'xmpp'],
    ['banded', 0, 0, 0, '0', '0'],
    ['banded', 2, 0, 2, '1-2', '1-2'],
    ['banded', 1_234, 0, 1_234, '1000-2999', '1000-2999'],
    ['banded', { count: 12, decoys: 1 }, 0, 12, FEW, FEW],
    ['banded', { count: 0, decoys: 0 }, 0, 0, FEW, FEW],
    ['banded', { count: 12, decoys: 2 }, 0, 12, '10-29', FEW],
    ['banded', { count: 12, decoys: 3 }, 0, 12, '10-29', '10-29'],
    ['count', 7, 0, 7, 7, 7],
    ['share', 33.333, 99, 33.3, null, null],
    ['share', 33.333, 100, 33.3, 33, 33],
    ['percent', 33.333, 0, 33.3, 33, 33],
    ['minutes', 4.56, 0, 4.6, 5, 5],
    ['number', 1.234, 0, 1.23, 1.23, 1.23],
    ['secret', 'dora@decoys.example', 0, 'dora@decoys.example', null, null],
    ['secret', 3, 0, 3, null, null],
    ['banded', null, 0, null, null, null],
  ])('%s %j of %i', (means, value, base, ...expected) => {
    expect(TIERS.map((tier) => showValue(tier, means, value, base))).toEqual(expected);
  });

  test('rows of too few decoys and columns of secrets are not there at all', () => {
    const table = {
      id: 't',
      title: 'T',
      columns: [
        { key: 'name', title: 'Name', means: 'name' as const },
        { key: 'decoy', title: 'Decoy', means: 'secret' as const },
      ],
      rows: [
        ['Kelvir', 'a@decoys.example'],
        ['Only you', 'b@decoys.example'],
      ],
      evidence: [3, 2],
      none: '',
      query: 'families',
    };
    expect(showTable('operator', table).rows).toHaveLength(2);
    expect(showTable('subscriber', table)).toMatchObject({ rows: [['Kelvir'], ['Only you']] });
    expect(showTable('public', table)).toMatchObject({ rows: [['Kelvir']], columns: [{ key: 'name' }] });
  });

  test('a change is told of exact counts, and of banded ones from a hundred on', () => {
    const of = (value: number, before: number): unknown =>
      TIERS.map((tier) => {
        const figure = showFigure(tier, {
          id: 'f',
          label: 'F',
          means: 'banded',
          value,
          before,
          query: 'days',
          reads: 'c',
        });
        return figure?.change;
      });
    expect(of(150, 100)).toEqual([50, 50, 50]);
    expect(of(150, 99)).toEqual([52, null, null]);
    expect(of(5, 0)).toEqual([null, null, null]);
  });
});
