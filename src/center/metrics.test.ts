import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';

test('counters and gauges are written in the text exposition format, labels escaped', async () => {
  const metrics = createMetrics({ sundew_captures_total: 'Captures stored.' });
  metrics.count('sundew_captures_total', { network: 'xmpp', kind: 'message', simulated: 'false' });
  metrics.count('sundew_captures_total', { network: 'xmpp', kind: 'message', simulated: 'false' }, 2);
  metrics.gauge('sundew_lag', 'Lag.', () => [[{ realm: 'a"b\\c\n' }, 1.5]]);
  expect(await metrics.render()).toBe(
    '# HELP sundew_captures_total Captures stored.\n# TYPE sundew_captures_total counter\n' +
      'sundew_captures_total{network="xmpp",kind="message",simulated="false"} 3\n' +
      '# HELP sundew_lag Lag.\n# TYPE sundew_lag gauge\nsundew_lag{realm="a\\"b\\\\c\\n"} 1.5\n',
  );
});

test('a label that is not from a closed set cannot grow the memory', async () => {
  const metrics = createMetrics({ c: 'h' });
  for (let n = 0; n < 5_000; n += 1) metrics.count('c', { n: String(n) });
  expect((await metrics.render()).split('\n').length).toBeLessThan(2_010);
});

test('counting what was not declared is a programming error', () => {
  expect(() => createMetrics({ a: 'h' }).count('b')).toThrow('no such counter');
});
