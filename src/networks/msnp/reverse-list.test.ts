// Entries of the list at sign-on, as hostile as they come.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_CONTACTS_TOLD } from '../../core/contact-list.ts';
import { ReverseList } from './reverse-list.ts';
import { takeFrames } from './wire/frame.ts';

const LIMITS = { from: 'server', maxPayload: 1000 } as const;
const READER = { address: 'dora@im.example', server: 'im.example', dialect: 11 };

function told(text: string, dialect = 11): readonly unknown[] {
  const list = new ReverseList({ ...READER, dialect });
  const { frames } = takeFrames(new Uint8Array(), Buffer.from(text), LIMITS);
  for (const frame of frames) list.hear(frame);
  return list.end().drafts.flatMap(({ meta }) => (meta?.contacts ?? []) as unknown[]);
}

describe('who has the decoy on the list', () => {
  test.each([
    ['dialect 11: reverse and allowed', 11, 'LST N=a@b.example F=A 10\r\n', ['a@b.example']],
    ['dialect 11: reverse and blocked', 11, 'LST N=a@b.example F=A 12\r\n', ['a@b.example']],
    ['dialect 12: on all lists', 12, 'LST N=a@b.example F=A C=7 15 1 g\r\n', ['a@b.example']],
    ['dialect 8', 8, 'LST a@b.example A 11 0\r\n', ['a@b.example']],
    ['on the reverse list alone: it asks', 11, 'LST N=a@b.example F=A 8\r\n', []],
    ["on the decoy's own list alone", 11, 'LST N=a@b.example F=A 3\r\n', []],
    ['on the pending list', 11, 'LST N=a@b.example F=A 18\r\n', []],
    ['dialect 7: each list by itself', 7, 'LST 3 RL 1 1 1 a@b.example A\r\n', []],
    ['twice the same', 11, 'LST N=a@b.example F=A 10\r\nLST N=a@b.example F=B 10\r\n', ['a@b.example']],
    ['no address', 11, 'LST F=A 10\r\nLST N= 10\r\nLST\r\nLST 10\r\n', []],
    ['control characters', 11, 'LST N=a%00@b.example F=A 10\r\n', []],
    ['another command', 11, 'ADC N=a@b.example F=A 10\r\n', []],
  ])('%s', (_name, dialect, text, contacts) => {
    expect(told(text, dialect)).toEqual(contacts);
  });

  test('cut short anywhere, entries tell nobody who is not in them', () => {
    const text = 'LST N=a@b.example F=A 10\r\n';
    for (let length = 0; length <= text.length; length += 1) {
      expect(told(text.slice(0, length))).toEqual(length < text.length ? [] : ['a@b.example']);
    }
  });

  test('is told once, and a list without end is cut with its evidence', () => {
    const list = new ReverseList(READER);
    const lines = Array.from(
      { length: MAX_CONTACTS_TOLD + 500 },
      (_value, at) => `LST N=c${at}@b.example F=${'x'.repeat(400)} 10\r\n`,
    );
    for (const line of lines)
      for (const frame of takeFrames(new Uint8Array(), Buffer.from(line), LIMITS).frames) list.hear(frame);
    const { drafts, raw } = list.end();
    expect(drafts.flatMap(({ meta }) => meta?.contacts as string[])).toHaveLength(MAX_CONTACTS_TOLD);
    expect(raw.length).toBeLessThanOrEqual(256 * 1024);
    for (const frame of takeFrames(new Uint8Array(), Buffer.from('LST N=z@b.example F=z 10\r\n'), LIMITS).frames)
      list.hear(frame);
    expect(list.end().drafts).toEqual([]);
  });

  test('any arguments are heard without an error', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 8 }),
        fc.integer({ min: 7, max: 12 }),
        (args, dialect) => {
          const list = new ReverseList({ ...READER, dialect });
          list.hear({ command: 'LST', args, payload: undefined, bytes: new Uint8Array() });
          expect(list.end().drafts.length).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
