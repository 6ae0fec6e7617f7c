import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../range/random.ts';
import { discoveries } from './false-discovery.ts';

describe('false discoveries', () => {
  // R 4.2.2: p.adjust(p, 'BH') <= 0.05; the values of Benjamini and Hochberg 1995, section 4.
  it('are bounded as in the example of the paper', () => {
    const ps = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ];
    expect(discoveries(ps)).toEqual(ps.map((_p, at) => at < 4));
  });

  it('stay under their share where few of many series have an outbreak', () => {
    const random = seededRandom(3);
    let [found, wrong] = [0, 0];
    for (let step = 0; step < 50; step += 1) {
      const ps = Array.from({ length: 1000 }, (_value, at) => (at < 20 ? random() * 1e-4 : random()));
      for (const [at, stands] of discoveries(ps).entries()) {
        if (!stands) continue;
        found += 1;
        if (at >= 20) wrong += 1;
      }
    }
    expect(found).toBeGreaterThan(900);
    expect(wrong / found).toBeLessThan(0.06);
  });

  it('are none among no series, and none where nothing is surprising', () => {
    expect(discoveries([])).toEqual([]);
    expect(discoveries([0.3, 0.8])).toEqual([false, false]);
  });
});
