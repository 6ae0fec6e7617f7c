// What came from outside stays words: in the page, in Markdown, in a chart.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report, ReportTable } from '../model.ts';
import { parsePeriod, periodBefore, yearBefore } from '../period.ts';
import { renderHtml } from './html.ts';
import { renderMarkdown } from './markdown.ts';
import { chartOf } from './svg.ts';

const period = parsePeriod('2026-Q3');

function tableWith(word: string, count: number | string | null = 12): ReportTable {
  return {
    id: 'families',
    title: 'Known families met',
    columns: [
      { key: 'name', title: 'Family', means: 'name' },
      { key: 'captures', title: 'Captures', means: 'banded' },
    ],
    rows: [[word, count]],
    none: 'none',
    chart: { kind: 'bars', series: ['captures'] },
    query: 'families',
  };
}

function reportWith(tables: readonly ReportTable[]): Report {
  return {
    v: 1,
    kind: 'report',
    realm: 'live',
    tier: 'operator',
    period,
    before: periodBefore(period),
    yearBefore: yearBefore(period),
    madeAt: '2026-10-02T10:00:00.000Z',
    until: period.to,
    running: false,
    sections: [
      {
        number: 1,
        id: 'families',
        title: 'Families',
        text: [],
        lists: [],
        figures: [
          {
            id: 'c',
            label: 'Captures',
            means: 'banded',
            value: '1000-2999',
            before: 3,
            change: null,
            query: 'days',
            reads: 'sum',
          },
        ],
        tables: [...tables],
      },
    ],
    queries: [
      { id: 'families', title: 'Families', query: "select '<b>' as x" },
      { id: 'days', title: 'Days', query: 'select 1' },
    ],
  };
}

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</style><script>',
  '[click](javascript:alert(1))',
  '![x](http://evil.example/x.png)',
  '| a | b |\n# heading\n- item',
  '`code` **bold** _it_ ~~no~~ $x$ <http://evil.example>',
  'http://evil.example/a www.evil.example me@evil.example',
  '&lt;b&gt; &#60;script&#62;',
];

/** The page without what is ours: names of tags that are left are all known. */
const TAGS = /<\/?([a-z0-9]+)/gi;
const OURS = new Set(
  'html head meta title style body main header p h1 h2 h3 nav ol ul li a section span div table thead tbody tr th td figure svg desc text rect path article pre code details summary'.split(
    ' ',
  ),
);

describe('the page', () => {
  test.each(HOSTILE)('%s stays text', (word) => {
    const html = renderHtml(reportWith([tableWith(word)]));
    const tags = new Set([...html.matchAll(TAGS)].map(([, tag]) => tag?.toLowerCase()));
    expect([...tags].filter((tag) => !OURS.has(tag ?? ''))).toEqual([]);
    expect(html).not.toMatch(/<[^>]+\son[a-z]+=/i);
    expect([...html.matchAll(/(?:href|src)="([^"]*)"/g)].every(([, link]) => link?.startsWith('#'))).toBe(true);
  });

  test('any text at all stays text', () => {
    const clean = renderHtml(reportWith([tableWith('x')])).match(TAGS)?.length;
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (word) => {
        expect(renderHtml(reportWith([tableWith(word)])).match(TAGS)?.length).toBe(clean);
      }),
    );
  });

  test('its policy lets in nothing but its own style, which has that hash, and it links each figure to a query that is there', () => {
    const html = renderHtml(reportWith([tableWith('x')]));
    const style = /<style>(.*)<\/style>/s.exec(html)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(html).toContain(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`);
    expect(html).not.toContain(' style="');
    const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const anchors = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(anchors.length).toBeGreaterThan(2);
    for (const anchor of anchors) expect(ids.has(anchor)).toBe(true);
    expect(html).toContain('1,000–2,999');
    expect(html).toContain('select &#39;&lt;b&gt;&#39; as x');
  });
});

describe('Markdown', () => {
  test.each(HOSTILE)('%s is no link, picture, tag or heading', (word) => {
    const markdown = renderMarkdown(reportWith([tableWith(word)]));
    const row = markdown.split('\n').find((line) => line.startsWith('| ') && line.endsWith(' | 12 |')) ?? '';
    expect(row).not.toBe('');
    const cell = row.slice(2, -' | 12 |'.length);
    const unescaped = cell.replaceAll(/\\./g, '').replaceAll(/&(lt|gt|amp|#\d+);/g, '');
    expect(unescaped).not.toMatch(/[<>[\]()`*_|!#~$@]|:\/\/|www\./i);
  });
});

describe('a chart', () => {
  test('has a title and says in words what is drawn most', () => {
    const svg = chartOf(tableWith('Kelvir'));
    expect(svg).toMatch(/<svg [^>]*role="img" aria-labelledby="chart-families-t" aria-describedby="chart-families-d"/);
    expect(svg).toContain('most at Kelvir with 12.');
  });
  test('of nothing is none, and a band is drawn at its lower end', () => {
    expect(chartOf(tableWith('x', 0))).toBe('');
    expect(chartOf(tableWith('x', null))).toBe('');
    expect(chartOf(tableWith('x', 'few'))).toBe('');
    expect(chartOf(tableWith('x', '10000+'))).toContain('10,000+');
  });
  test('of columns keeps within its frame', () => {
    const days: ReportTable = {
      ...tableWith('x'),
      columns: [
        { key: 'day', title: 'Day', means: 'word' },
        { key: 'captures', title: 'Captures', means: 'banded' },
      ],
      chart: { kind: 'columns', series: ['captures'] },
    };
    fc.assert(
      fc.property(fc.array(fc.nat(2_000_000), { minLength: 1, maxLength: 400 }), (counts) => {
        const svg = chartOf({ ...days, rows: counts.map((count, at) => [`2026-01-${at}`, count]) });
        expect(svg).not.toMatch(/NaN|Infinity|="-/);
      }),
    );
  });
});
