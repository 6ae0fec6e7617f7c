import { describe, expect, test } from 'vitest';
import { answerChallenge, hashPassword } from './challenge.ts';
import { md5Crypt } from './md5-crypt.ts';

// Made with the reference's own script; the first was accepted by a real server (escargot).
const ANSWERS: readonly [challenge: string, plain: string, crypted: string][] = [
  ['_KPIIRejSOuW3HTqC.407w--', 'Ui0iXVggSr8aAsZOkk9geg--', 'M2KKkf8tsGDb8oOO967oyQ--'],
  ['i0O3_7EiRLelyItpaEV5gA--', 'I0I2Y6PpOWFF2SwA8gmU.Q--', 'kZ9GEVf7_.yGRyn8B15R9A--'],
  ['ueojV9NGR.WQMJb52_fmPg--', 'c4LMpz1JKZ7iWnhVN4uusA--', 'nsXkIB555nfCy0wO9yWvwA--'],
  ['AAAAAAAAAAAAAAACAAAAAA--', 'kAs22QFDSbTcbr4ZFjzWcg--', 'r_lEN80Csx1e08TI5MWvsQ--'],
  ['AAAAAAAAAAAAAAADAAAAAA--', 'MtezGHNMGdPPWzCV14E4vg--', 'S1qRjTbaRHHziznVLqyI.w--'],
];

describe('the login challenge', () => {
  test.each(ANSWERS)('%s', (challenge, plain, crypted) => {
    expect(answerChallenge('decoy1', hashPassword('123456'), challenge)).toEqual({ plain, crypted });
  });

  test('a password has two hashes', () => {
    expect(hashPassword('123456')).toEqual({ plain: '4QrcOUm6Wau.VuBX8g.IPg--', crypted: 'JP.rv.tuSWWypzxwBJO_XA--' });
  });

  test('a challenge that is too short or too long is refused', () => {
    const hashes = hashPassword('x');
    expect(() => answerChallenge('a', hashes, 'A'.repeat(15))).toThrow('15 characters');
    expect(() => answerChallenge('a', hashes, 'A'.repeat(257))).toThrow('257 characters');
    expect(() => answerChallenge('a', hashes, '\uffff'.repeat(16))).not.toThrow();
  });
});

describe('MD5-crypt', () => {
  // Made with `openssl passwd -1`.
  test.each([
    ['123456', '_2S43d5f', '$1$_2S43d5f$Jf0REhT8mdJvh5P9NFUo.1'],
    ['a', '_2S43d5f', '$1$_2S43d5f$0f.GkSQV0QQ0PhLZp9TG41'],
    ['correct horse battery staple 0123456789', 'saltsalt', '$1$saltsalt$NwRu33gXpOy45ntzDOtDo.'],
    ['pässwörd', 'x', '$1$x$JCGkBY00FL7KZ2Wf1VmLX.'],
    ['', '_2S43d5f', '$1$_2S43d5f$iPqEy9jfn2CpKVOs9WGE70'],
  ])('%j with salt %s', (password, salt, expected) => {
    expect(md5Crypt(Buffer.from(password), salt)).toBe(expected);
  });
});
