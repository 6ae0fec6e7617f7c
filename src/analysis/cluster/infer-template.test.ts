import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferTemplate, matchesTemplate } from './infer-template.ts';
import { cutTargets } from './template.ts';

const CLAIMS = ['somebody posted a picture of you', 'is this you in the clip', 'your profile came up'];
const VERBS = ['log in at', 'visit', 'open'];
const CLOSERS = ['thanks', 'tell me what you think', ':)'];

function spun(at: number): string {
  const separator = [', ', ' - ', '. ', ' '][at % 4];
  const parts = [CLAIMS[(at * 7 + (at >> 2)) % 3], VERBS[(at * 5 + (at >> 3)) % 3], `http://h${at}.com/${at * 977}`];
  return [...parts, CLOSERS[(at * 11 + (at >> 1)) % 3]].join(separator);
}

describe('inferTemplate', () => {
  it('finds the slots of a text whose every phrase changes, with or without separators', () => {
    const template = inferTemplate(Array.from({ length: 24 }, (_value, at) => spun(at)));
    expect(template?.text).toBe(
      '{one of: is this you in the clip|somebody posted a picture of you|your profile came up} {one of: log in at|open|visit} {url} {one of: |tell me what you think|thanks}',
    );
    for (let at = 100; at < 200; at++) expect(template && matchesTemplate(template, spun(at))).toBe(true);
  });

  it('takes texts with words put in and dropped by the runs that most of them hold', () => {
    const words = 'free nitro for three months claim it at this page before the offer ends tonight'.split(' ');
    const texts = Array.from({ length: 40 }, (_value, at) =>
      [...words.filter((_word, nth) => nth !== (at * 5) % 15), 'lol'].toSpliced(at % 9, 0, 'haha').join(' '),
    );
    const template = inferTemplate(texts.slice(0, 20));
    const matched = texts.slice(20).filter((text) => template && matchesTemplate(template, text));
    expect(matched.length).toBeGreaterThanOrEqual(19);
  });

  it.each([
    ['too few', ['look at http://a.com/', 'look at http://b.com/']],
    ['too little said', ['see http://a.com/', 'see http://b.com/', 'see http://c.com/', 'see http://d.com/']],
    ['nothing shared', ['how are you', 'the weather is fine', 'does anybody know this printer', 'thanks a lot']],
  ])('makes none of texts with %s', (_name, texts) => {
    expect(inferTemplate(texts)).toBeUndefined();
  });

  it('shows no name of a decoy', () => {
    const texts = Array.from({ length: 12 }, (_value, at) => `hi dora7, ${spun(at)}`);
    const template = inferTemplate(texts, (text) => cutTargets(text, ['dora7@decoys.example']));
    expect(template?.text).toContain('{name}');
    expect(`${template?.text} ${template?.regex}`).not.toContain('dora');
    expect(template && matchesTemplate(template, texts[0] ?? '')).toBe(true);
  });

  it('takes any texts, and its expression any text, in time', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { minLength: 3, maxLength: 8 }), (texts) => {
        const template = inferTemplate(texts);
        if (template !== undefined) for (const text of texts) matchesTemplate(template, text);
      }),
      { numRuns: 200 },
    );
    const template = inferTemplate(Array.from({ length: 24 }, (_value, at) => spun(at)));
    const started = process.cpuUsage();
    for (const text of [
      `${CLAIMS[0]} `.repeat(2000),
      'log in at '.repeat(6000),
      'a.'.repeat(30_000),
      ' '.repeat(60_000),
    ]) {
      expect(template && matchesTemplate(template, text)).toBe(false);
    }
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000);
  });
});
