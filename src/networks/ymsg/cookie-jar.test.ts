import { describe, expect, test } from 'vitest';
import { memoryKeepsake } from '../../core/keepsake.ts';
import { keepCookies, takeCookies } from './cookie-jar.ts';

const COOKIES = { y: 'v=1&n=a', t: 'z=b' };

describe('cookies between sign-ons', () => {
  test('are shown at every sign-on, also when the server gives no new ones', async () => {
    const keepsake = memoryKeepsake();
    expect(await takeCookies(keepsake)).toBeUndefined();
    await keepCookies(keepsake, COOKIES);
    for (let round = 0; round < 3; round += 1) {
      expect(await takeCookies(keepsake)).toEqual(COOKIES);
      await keepCookies(keepsake, undefined);
    }
    await keepCookies(keepsake, { y: 'new', t: 'too' });
    expect(await takeCookies(keepsake)).toEqual({ y: 'new', t: 'too' });
  });

  test('that led to no sign-on are held back once, then shown again', async () => {
    const keepsake = memoryKeepsake();
    await keepCookies(keepsake, COOKIES);
    expect([await takeCookies(keepsake), await takeCookies(keepsake), await takeCookies(keepsake)]).toEqual([
      COOKIES,
      undefined,
      COOKIES,
    ]);
  });

  test.each(['', 'no JSON', 'null', '[]', '{"y":"a"}', '{"y":1,"t":2}', '{"y":"a b","t":"c"}', '{"y":"","t":"c"}'])(
    'a file of %j holds none',
    async (text) => {
      const keepsake = memoryKeepsake();
      await keepsake.save(text);
      expect(await takeCookies(keepsake)).toBeUndefined();
      await keepCookies(keepsake, undefined);
      expect(await keepsake.load()).toBe(text);
    },
  );
});
