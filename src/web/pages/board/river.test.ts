import { describe, expect, test } from 'vitest';
import type { Touch, Warning } from '../../api/types.ts';
import { EMPTY_RIVER, MAX_RIVER, pour, resume, touchEntry, warningEntry, without } from './river.ts';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const touch = (id: string, second: number, more: Partial<Touch> = {}): Touch => ({
  id,
  at: at(second),
  network: 'xmpp',
  kind: 'message',
  class: 'spam',
  severity: 'low',
  simulated: true,
  ...more,
});
const warning = (revision: number, second: number): Warning => ({
  id: 'W-1',
  revision,
  kind: 'advisory',
  title: 'x',
  at: at(0),
  updatedAt: at(second),
  networks: ['xmpp'],
  severity: 'high',
  class: 'worm',
  reasons: [],
  growth: 'new',
  advice: [],
  decoys: '3-9',
  senders: '3-9',
  captures: '10-29',
  simulated: true,
});
const ids = (entries: readonly { readonly id: string }[]) => entries.map(({ id }) => id);

describe('the river', () => {
  test('lets go of a retracted warning and its touches, shown or held; they may come again without it', () => {
    const mine = touchEntry(touch('a', 1, { warning: 'W-1', text: 'look' }));
    const before = pour(EMPTY_RIVER, [mine, touchEntry(touch('b', 2))], false);
    const state = without(pour(before, [warningEntry(warning(1, 3))], true), 'W-1');
    expect(ids(resume(state).shown)).toEqual(['t:b']);
    expect(ids(pour(state, [touchEntry(touch('a', 1))], false).shown)).toEqual(['t:b', 't:a']);
  });
  test('shows touches and warnings in one order of time, newest first', () => {
    const state = pour(
      EMPTY_RIVER,
      [touchEntry(touch('a', 1)), warningEntry(warning(1, 3)), touchEntry(touch('b', 2))],
      false,
    );
    expect(ids(state.shown)).toEqual(['w:W-1', 't:b', 't:a']);
  });

  test('counts what comes twice once', () => {
    const once = pour(EMPTY_RIVER, [touchEntry(touch('a', 1))], false);
    expect(ids(pour(once, [touchEntry(touch('a', 1))], false).shown)).toEqual(['t:a']);
  });

  test('takes the released text of a touch, and does not lose it to an older copy', () => {
    const plain = touchEntry(touch('a', 1));
    const released = touchEntry(touch('a', 1, { text: 'hello' }));
    expect(pour(pour(EMPTY_RIVER, [plain], false), [released], false).shown).toEqual([released]);
    expect(pour(pour(EMPTY_RIVER, [released], false), [plain], false).shown).toEqual([released]);
  });

  test('moves a warning up with its newer revision and ignores an older one', () => {
    const first = pour(EMPTY_RIVER, [warningEntry(warning(1, 1)), touchEntry(touch('a', 2))], false);
    const second = pour(first, [warningEntry(warning(2, 3))], false);
    expect(ids(second.shown)).toEqual(['w:W-1', 't:a']);
    expect(pour(second, [warningEntry(warning(1, 9))], false).shown).toEqual(second.shown);
  });

  test('holds what comes while paused and lets it flow afterwards', () => {
    const before = pour(EMPTY_RIVER, [touchEntry(touch('a', 1))], false);
    const paused = pour(before, [touchEntry(touch('b', 2)), touchEntry(touch('a', 1))], true);
    expect([ids(paused.shown), ids(paused.held)]).toEqual([['t:a'], ['t:b']]);
    const after = resume(paused);
    expect([ids(after.shown), after.held]).toEqual([['t:b', 't:a'], []]);
  });

  test('keeps no more than its maximum, shown or held', () => {
    const many = Array.from({ length: MAX_RIVER + 50 }, (_, index) => touchEntry(touch(`t${index}`, index)));
    expect(pour(EMPTY_RIVER, many, false).shown).toHaveLength(MAX_RIVER);
    expect(pour(EMPTY_RIVER, many, true).held).toHaveLength(MAX_RIVER);
    expect(pour(EMPTY_RIVER, many, false).shown[0]?.id).toBe(`t:t${MAX_RIVER + 49}`);
  });
});
