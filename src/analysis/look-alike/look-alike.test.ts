import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, searchWord } from './approximate.ts';
import { lookAlike } from './look-alike.ts';

/** The plain table that the bit-parallel search must agree with (Sellers 1980). */
function tableDistance(word: string, text: string, whole: boolean): number {
  let column = Array.from({ length: word.length + 1 }, (_value, at) => at);
  let best = word.length;
  for (const [at, letter] of [...text].entries()) {
    const next = [whole ? at + 1 : 0];
    for (let i = 1; i <= word.length; i++) {
      const swap = (column[i - 1] ?? 0) + (word.charAt(i - 1) === letter ? 0 : 1);
      next.push(Math.min(swap, (column[i] ?? 0) + 1, (next[i - 1] ?? 0) + 1));
    }
    column = next;
    best = Math.min(best, column[word.length] ?? best);
  }
  return whole ? (column[word.length] ?? 0) : best;
}

const letters = fc.array(fc.constantFrom('a', 'b', 'c', '1'), { maxLength: 30 }).map((list) => list.join(''));

it('searches as the plain table does', () => {
  fc.assert(
    fc.property(letters, letters, fc.boolean(), (word, text, whole) => {
      if (word === '') return;
      expect(editDistance(searchWord(word), text, whole)).toBe(tableDistance(word, text, whole));
    }),
  );
});

describe('lookAlike', () => {
  it.each([
    ['steamcomrnunity.ru', 'steamcommunity'],
    ['dlscord-nitro.xyz', 'discord'],
    ['paypal-secure-login.com', 'paypal'],
    ['netfl1x-billing.top', 'netflix'],
    ['paypal.com.account-check.top', 'paypal'],
    ['xn--aypal-uye.com', 'paypal'],
    ['rnicrosoft-support.online', 'microsoft'],
    ['pay.dlscord.com', 'discord'],
    ['login.paypal.com.verify.example.org', 'paypal'],
  ])('says that %s imitates %s', (host, brand) => {
    expect(lookAlike(host).brand).toBe(brand);
  });

  it.each([
    'discord.com',
    'cdn.discordapp.com',
    'steamcommunity.com',
    'google.co.jp',
    'amazon.de',
    'pineapple.org',
    'purchase.com',
    'groups.io',
    'askubuntu.com',
    'pastebin.com',
    'example.org',
    'alsa.opensrc.org',
    'download.opensuse.org',
    'community.openai.com',
    'repoubuntusoftware.info',
    'github.acme.org',
    'docs.strapi.io',
  ])('says nothing of %s', (host) => {
    expect(lookAlike(host).brand).toBeUndefined();
  });

  it('gives every name a score from 0 to 1', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (host) => {
        const { score } = lookAlike(host);
        return score >= 0 && score <= 1;
      }),
    );
  });
});
