import { describe, expect, test } from 'vitest';
import { type LevelFacts, levelOf, type StandingLevel, stepLevel } from './level.ts';

const HOUR = 3_600_000;
const NOW = 1_767_600_000_000;
const warning = (given: Partial<LevelFacts> = {}): LevelFacts => ({
  title: 'Worm on XMPP',
  kind: 'advisory',
  severity: 'medium',
  growth: 'steady',
  networks: ['xmpp'],
  lastSeenMs: NOW,
  ...given,
});

describe('the level that warnings call for', () => {
  test.each<[string, Partial<LevelFacts>[], string]>([
    ['no warning', [], 'green'],
    ['an advance notice', [{ kind: 'advance-notice', severity: 'critical' }], 'green'],
    ['an all-clear', [{ kind: 'all-clear', severity: 'critical' }], 'green'],
    ['a harmless advisory', [{ severity: 'info' }], 'green'],
    ['a low advisory', [{ severity: 'low' }], 'yellow'],
    ['a medium advisory', [{}], 'yellow'],
    ['a high advisory', [{ severity: 'high' }], 'orange'],
    ['a priority', [{ kind: 'priority' }], 'orange'],
    ['a growing priority', [{ kind: 'priority', severity: 'high', growth: 'growing' }], 'red'],
    ['a critical one', [{ severity: 'critical' }], 'red'],
    ['the worst of several', [{}, { severity: 'high' }, { severity: 'low' }], 'orange'],
    ['critical, 7 hours quiet', [{ severity: 'critical', lastSeenMs: NOW - 7 * HOUR }], 'orange'],
    ['critical, 13 hours quiet', [{ severity: 'critical', lastSeenMs: NOW - 13 * HOUR }], 'yellow'],
    ['critical, long quiet', [{ severity: 'critical', lastSeenMs: NOW - 30 * HOUR }], 'green'],
    ['a capture from the future', [{ severity: 'critical', lastSeenMs: NOW + HOUR }], 'red'],
  ])('%s', (_name, warnings, level) => {
    expect(levelOf(warnings.map(warning), NOW).level).toBe(level);
  });

  test('the reason names the warning', () => {
    expect(levelOf([warning()], NOW).reason).toBe('Worm on XMPP (medium, steady)');
  });
});

describe('the level that is shown', () => {
  const orange: StandingLevel = { level: 'orange', reason: 'a', sinceMs: NOW - HOUR };
  const green = { level: 'green', reason: 'no open warning' } as const;

  test('rises at once', () => {
    expect(stepLevel(orange, { level: 'red', reason: 'b' }, NOW)).toEqual({ level: 'red', reason: 'b', sinceMs: NOW });
  });
  test('falls only after half an hour of calm', () => {
    const first = stepLevel(orange, green, NOW);
    expect(first).toMatchObject({ level: 'orange', calmerSinceMs: NOW });
    expect(stepLevel(first, green, NOW + 29 * 60_000).level).toBe('orange');
    expect(stepLevel(first, green, NOW + 30 * 60_000)).toEqual({ ...green, sinceMs: NOW + 30 * 60_000 });
  });
  test('calm starts anew when the level is called for again', () => {
    const again = stepLevel(stepLevel(orange, green, NOW), { level: 'orange', reason: 'c' }, NOW + 60_000);
    expect(again).toEqual({ level: 'orange', reason: 'c', sinceMs: NOW - HOUR });
  });
});
