import { describe, expect, it } from 'vitest';
import { foldText } from '../normalize/fold.ts';
import { imitatedBrand } from './brand.ts';
import { UNSOLICITED_AT } from './classify.ts';
import { FEATURE_COUNT, FeatureExtractor } from './features.ts';
import { calibrate, learn, marginOf, sigmoid } from './learn.ts';
import { Model, pack, shippedModel } from './model.ts';
import { trainingRows } from './training-data.ts';

describe('the shipped model', () => {
  const rows = trainingRows();

  it('tells the texts it learnt from apart', () => {
    const flagged = (label: string): number => {
      const some = rows.filter((row) => (row.label === 'ham') === (label === 'ham')).filter((_row, at) => at % 4 === 0);
      const alarms = some.filter((row) => shippedModel().ask(foldText(row.text)).unsolicited >= UNSOLICITED_AT);
      return alarms.length / some.length;
    };
    expect(flagged('ham')).toBeLessThan(0.005);
    expect(flagged('bad')).toBeGreaterThan(0.85);
  });

  it('holds no digit of a telephone number in its training texts', () => {
    expect(rows.filter((row) => /[1-9]/.test(row.text))).toEqual([]);
    expect(rows.length).toBeGreaterThan(9000);
  });

  it('refuses a file of another size', () => {
    const one = { weights: new Float32Array(FEATURE_COUNT), bias: 0, slope: 1, offset: 0 };
    expect(() => new Model(pack([one]))).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  });
});

describe('learn and calibrate', () => {
  const extractor = new FeatureExtractor();
  const example = (text: string, positive: boolean) => ({ features: extractor.of(text).slice(), positive });
  const examples = ['win a prize now', 'claim your prize', 'win cash now'].map((text) => example(text, true));
  examples.push(...['see you at home', 'lunch at noon', 'i am at home'].map((text) => example(text, false)));

  it('separates what can be separated, the same way every time', () => {
    const model = learn(examples);
    for (const { features, positive } of examples) expect(marginOf(model, features) > 0).toBe(positive);
    expect(learn(examples)).toEqual(model);
  });

  it('turns margins into the shares that were seen', () => {
    const margins = Array.from({ length: 400 }, (_value, at) => ({
      margin: at % 2 === 0 ? 1 : -1,
      positive: at % 8 === 0 || at % 16 === 1,
    }));
    const { slope, offset } = calibrate(margins);
    expect(sigmoid(slope + offset)).toBeCloseTo(0.25, 1);
    expect(sigmoid(-slope + offset)).toBeCloseTo(0.125, 1);
  });
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
