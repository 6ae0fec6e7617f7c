import { expect, it } from 'vitest';
import { isInvisible } from './invisible.ts';
import { LOOK_ALIKES } from './look-alikes.ts';

it('folds once and for all: what a letter is folded to is folded to itself', () => {
  const unstable: string[] = [];
  for (let code = 0; code < LOOK_ALIKES.length; code++) {
    const to = LOOK_ALIKES[code] ?? code;
    if (LOOK_ALIKES[to] !== to) unstable.push(String.fromCharCode(code));
  }
  expect(unstable).toEqual([]);
});

it('leaves ASCII, Chinese, Korean, Arabic and Hebrew alone', () => {
  for (const text of ['abcXYZ019 .,:/@', '微信转账', '안녕하세요', 'مرحبا', 'שלום']) {
    for (const character of text) expect(LOOK_ALIKES[character.charCodeAt(0)]).toBe(character.charCodeAt(0));
  }
});

it('knows the characters nobody sees', () => {
  for (const code of [0xad, 0x200b, 0x200d, 0x202e, 0x2066, 0xfe0f, 0xfeff, 0xe0041])
    expect(isInvisible(code)).toBe(true);
  for (const code of [0x20, 0x41, 0xa0, 0x430, 0x1f600]) expect(isInvisible(code)).toBe(false);
});
