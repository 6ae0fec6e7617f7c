import { describe, expect, test } from 'vitest';
import { SEVERITIES } from '../core/severity.ts';
import { VERDICT_CLASSES } from '../core/verdict.ts';
import { foldTouches } from './assess.ts';
import { DEFAULT_POLICY } from './policy.ts';
import { RULE_STATEMENTS } from './rule-statements.ts';
import { RAISING_RULES, statementsOf } from './rules.ts';
import { rate, urgencyOf } from './severity.ts';
import { holds, SEVERITY_PARTS, SEVERITY_RULES, URGENCY_HOLD_MS, type UrgencyFacts } from './severity-rules.ts';
import { SIGNAL_RULES } from './signals/types.ts';
import { START, touch } from './testing/touch.ts';
import { GROWTHS } from './types.ts';
import { addTouch, emptyState } from './watch-state.ts';

const quiet: UrgencyFacts = { kind: 'advisory', impact: 3, growth: 'steady', propagation: undefined, certain: false };

describe('the table of severity', () => {
  test('rates every class, growth and severity of single captures from 1 to 5, and spam at most medium', () => {
    for (const verdict of VERDICT_CLASSES) {
      for (const severity of SEVERITIES) {
        for (const growth of GROWTHS) {
          const one = touch(0, { class: verdict, severity });
          const { severity: rated, reasons } = rate(addTouch(emptyState(one), one, DEFAULT_POLICY), growth, undefined);
          expect(SEVERITIES).toContain(rated);
          if (verdict === 'spam') expect(SEVERITIES.indexOf(rated)).toBeLessThanOrEqual(2);
          expect(reasons.length).toBeGreaterThanOrEqual(2);
        }
      }
    }
  });

  test('every part that always counts ends with a rule that always holds', () => {
    for (const part of ['harm', 'novelty'] as const) {
      expect(SEVERITY_RULES.filter((rule) => rule.part === part).at(-1)?.when).toEqual({});
    }
    for (const part of SEVERITY_PARTS) expect(SEVERITY_RULES.some((rule) => rule.part === part)).toBe(true);
  });

  test('conditions are bounds of numbers, or the value itself', () => {
    expect(holds({ n: { from: 2, below: 4 } }, { n: 2 })).toBe(true);
    expect(holds({ n: { from: 2, below: 4 } }, { n: 4 })).toBe(false);
    expect(holds<{ a: boolean; b: 'x' | 'y' }>({ a: true, b: 'x' }, { a: true, b: 'y' })).toBe(false);
    expect(holds({}, { n: 1 })).toBe(true);
  });
});

describe('urgency', () => {
  test.each([
    ['nothing to do any more', { ...quiet, kind: 'all-clear', impact: 5 }, 'past'],
    ['for analysts', { ...quiet, kind: 'advance-notice', impact: 5 }, 'future'],
    ['critical', { ...quiet, impact: 5 }, 'immediate'],
    ['growing', { ...quiet, growth: 'growing' }, 'immediate'],
    ['contagion', { ...quiet, propagation: 'self-propagating' }, 'immediate'],
    ['proof of high harm', { ...quiet, impact: 4, certain: true }, 'immediate'],
    ['an ordinary one', quiet, 'expected'],
    ['one without harm', { ...quiet, impact: 1 }, 'future'],
  ] as const)('%s', (_name, facts, urgency) => {
    expect(urgencyOf(facts, START, undefined).urgency).toBe(urgency);
  });

  test('stays immediate for half an hour after it was last called for, unless it is over', () => {
    const growing = urgencyOf({ ...quiet, growth: 'growing' }, START, undefined);
    expect(urgencyOf(quiet, START + URGENCY_HOLD_MS - 1, growing)).toMatchObject({
      urgency: 'immediate',
      urgentMs: START,
    });
    expect(urgencyOf(quiet, START + URGENCY_HOLD_MS, growing)).toEqual({ urgency: 'expected' });
    expect(urgencyOf({ ...quiet, kind: 'all-clear' }, START + 1, growing)).toEqual({ urgency: 'past' });
  });
});

describe('rules', () => {
  test('each one says what it is, how often it is wrong, and what that was measured on', () => {
    expect(Object.keys(RULE_STATEMENTS).sort()).toEqual(
      [...RAISING_RULES, ...SIGNAL_RULES, 'contagion', 'quiet'].sort(),
    );
    for (const { says, wrong, data } of Object.values(RULE_STATEMENTS)) {
      expect(says.length).toBeGreaterThan(10);
      expect(wrong).toMatch(/\d|not measured|not judged|No /);
      expect(data.length).toBeGreaterThan(10);
    }
  });

  test('a warning rests on the rule that raised it, then on the one that promoted it', () => {
    const ids = foldTouches(undefined, [
      touch(0, { contact: true }),
      touch(1, { contact: true }),
      touch(2, { network: 'irc', contact: true }),
    ]).flatMap(({ decision }) => (decision.act === 'none' ? [] : statementsOf(decision.standing).map(({ id }) => id)));
    expect(ids).toEqual(['first-harm', 'two-decoys', 'contagion', 'spread', 'contagion']);
    const spam = [0, 1, 2].map((at) => touch(at, { class: 'spam', severity: 'low' }));
    expect(foldTouches(undefined, spam).at(-1)?.state.standing?.rule).toBe('three-decoys');
    expect(foldTouches(undefined, [touch(0, { unambiguousHarm: true })]).at(-1)?.state.standing?.rule).toBe('proof');
  });
});
