import { expect, it } from 'vitest';
import { languageOf } from './language.ts';

it.each([
  ['en', 'hey, is this you on the picture that I found here?'],
  ['de', 'hallo, bist du das hier auf dem Bild? Schau mal, das ist nicht gut'],
  ['es', 'hola, mira esta foto, es para ti y no se lo digas a nadie'],
  ['fr', 'salut, regarde cette photo de toi sur le site, tu es dans la liste'],
  ['pt', 'oi, olha essa foto sua aqui, você não vai acreditar'],
  ['it', 'ciao, guarda questa foto di te, non ci credo che sei tu'],
  ['pl', 'cześć, zobacz to zdjęcie, to jest twoje? nie wierzę że to ty'],
  ['ru', 'привет, посмотри это видео, там ты'],
  ['zh', '您好,请点击这个链接领取您的奖励,今天截止'],
  ['ja', 'こんにちは、このリンクをクリックしてください'],
  ['ko', '안녕하세요, 이 링크를 클릭하여 선물을 받으세요'],
  ['ar', 'مرحبا، انقر على هذا الرابط للحصول على الجائزة'],
])('knows %s', (language, text) => {
  expect(languageOf(text)).toBe(language);
});

it.each([
  'hi',
  'look http://evil.example/aaaaaaaaaaaaaaaaaaaaa',
  '12345678901234567890 1234',
  'xkcd qwrt zxcv bnmp asdf ghjk',
])('says nothing of %j', (text) => {
  expect(languageOf(text)).toBeUndefined();
});
