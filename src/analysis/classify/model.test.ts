import { describe, expect, it } from 'vitest';
import { foldText } from '../normalize/fold.ts';
import { imitatedBrand } from './brand.ts';
import { shippedModel } from './model.ts';
import { packModel, unpackModel } from './model-file.ts';
import { phraseRows } from './phrases.ts';
import { train } from './trainer.ts';
import { trainingRows } from './training-data.ts';

const ask = (text: string) => shippedModel().ask(text, foldText(text));

describe('the shipped model', () => {
  const rows = trainingRows();

  it('tells the texts it learnt from apart', () => {
    const flagged = (label: string): number => {
      const some = rows.filter((row) => (row.label === 'ham') === (label === 'ham')).filter((_row, at) => at % 4 === 0);
      return some.filter((row) => ask(row.text).isUnsolicited).length / some.length;
    };
    expect(flagged('ham')).toBeLessThan(0.001);
    expect(flagged('bad')).toBeGreaterThan(0.97);
  });

  it('holds no digit of a telephone number in its training texts', () => {
    expect(rows.filter((row) => /[1-9]/.test(row.text))).toEqual([]);
    expect(rows.length).toBeGreaterThan(24_000);
  });

  it('says whose texts it is made of, and holds no correction', () => {
    const { madeOf, corrections } = shippedModel().header;
    expect(corrections).toBe(0);
    expect(madeOf.map(({ name }) => name)).toEqual([
      'SMS Phishing Dataset',
      'SMS Spam Collection v.1',
      'tg-spam samples',
      'Ubuntu IRC lines',
      'Sundew phrases',
    ]);
    expect(madeOf.every(({ licence, by, rows: count }) => licence !== 'unknown' && by !== '' && count > 200)).toBe(
      true,
    );
  });

  it('names the words and traits that spoke for it, but no token made for one target', () => {
    expect(ask('WINNER! claim your qz7token4dora prize, call 09061701461 now').isUnsolicited).toBe(true);
    const because = shippedModel().because('unsolicited');
    expect(because.length).toBeGreaterThan(0);
    expect(because.length).toBeLessThanOrEqual(3);
    expect(because.join(' ')).not.toContain('dora');
    expect(because.join(' ')).toMatch(/“claim”|“prize,?”|“call”|a number of 11 digits/);
  });

  it('names words as they are written', () => {
    expect(ask('Ищем людей в команду на удаленку, доход от 5000 рублей в день, пишите в лс').isUnsolicited).toBe(true);
    const because = shippedModel().because('unsolicited');
    expect(because.some((name) => /^“[а-яё]+,?”$/i.test(name))).toBe(true);
    expect(because.join(' ')).not.toMatch(/[a-z][а-яё]|[а-яё][a-z]/i);
  });

  it.each([
    ['worm', 'haha is this you in the photo? http://x.example/a'],
    ['phishing', 'Your account has been suspended. Verify your identity at http://x.example/login'],
    ['scam', 'Invest $200 today and receive $2,000 in 24 hours, guaranteed, no risk'],
    ['scam', 'Ищем людей в команду на удаленку, доход от 5000 рублей в день, пишите в лс'],
    ['spam', 'Hot girls in your area want to chat: http://x.example/'],
  ] as const)('tells the kind %s of %j', (kind, text) => {
    expect(ask(text).isUnsolicited).toBe(true);
    expect(shippedModel().kind()).toBe(kind);
  });
});

describe('training', () => {
  const rows = phraseRows().filter((_row, at) => at % 40 === 0);

  it('gives the same bytes for the same rows', () => {
    const packed = packModel(train(rows), [], 0);
    expect(Buffer.compare(packModel(train(rows), [], 0), packed)).toBe(0);
    expect(unpackModel(packed).header.version).toMatch(/^[0-9a-f]{12}$/);
  });

  it('writes out phrases the same way every time, each template a group', () => {
    expect(phraseRows()).toEqual(phraseRows());
    expect(phraseRows().some(({ text }) => /[[\]{}|]/.test(text))).toBe(false);
  });
});

describe('a model file', () => {
  it.each([new Uint8Array(0), new Uint8Array(100), Buffer.from('H4sIAAAAAAAAAwMAAAAAAAAAAAA=', 'base64')])(
    'that is none is refused with a sentence',
    (bytes) => {
      expect(() => unpackModel(bytes)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
    },
  );
});

describe('imitatedBrand', () => {
  it.each([
    ['steamcomrnunity.ru', 'steamcommunity'],
    ['discord-nitro-free.com', 'discord'],
    ['paypa1.com', 'paypal'],
    ['paypal.com.account-check.example', 'paypal'],
    ['xn--pypal-4ve.com', 'paypal'],
    ['dlscord.gift', 'discord'],
  ])('sees that %s imitates %s', (host, brand) => {
    expect(imitatedBrand(host)).toBe(brand);
  });

  it.each([
    'discord.com',
    'cdn.discordapp.com',
    'steamcommunity.com',
    'www.paypal.com',
    'help.ubuntu.com',
    'pineapple.example',
    'purchase.example',
    'wikipedia.org',
  ])('lets %s be', (host) => {
    expect(imitatedBrand(host)).toBeUndefined();
  });
});
