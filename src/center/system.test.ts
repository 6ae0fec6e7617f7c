import { expect, test } from 'vitest';
import { systemClock, terminalLog } from './system.ts';

test('a person reads one short line an entry, whatever a peer put into its fields', () => {
  const lines: string[] = [];
  const log = terminalLog('warn', (line) => lines.push(line), {
    ...systemClock,
    now: () => new Date('2026-01-31T12:34:56Z'),
  });
  log.info({}, 'not shown');
  log.warn({ network: 'irc', why: 'a\u001b[2J\nb\u202ec' }, 'decoy offline');
  log.error({ n: 5, x: undefined }, 'broken');
  expect(lines).toEqual([
    '  12:34:56 warn decoy offline network=irc why="a\\u001b[2J\\nb\ufffdc"\n',
    '  12:34:56 error broken n=5 x=undefined\n',
  ]);
});
