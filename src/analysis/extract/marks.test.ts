import { expect, it } from 'vitest';
import { marksOf } from './marks.ts';

it.each([
  ['url', 'https://bit.ly/abc', ['shortener']],
  ['domain', 'evil.mooo.com', ['dynamic-dns']],
  ['domain', 'www.gstatic.com', ['captive-portal']],
  ['domain', 'x.www.gstatic.com', []],
  ['domain', 'community.websense.com', ['security-post']],
  ['domain', 'steamcomrnunity.ru', ['look-alike:steamcommunity']],
  ['email', 'a@0-mail.com', ['disposable-email']],
  ['md5', 'd41d8cd98f00b204e9800998ecf8427e', ['common-file', 'empty-file']],
  ['sha256', '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f', ['eicar-test']],
  ['domain', 'harbor-maple.example', []],
  ['phone', '+4402079460123', []],
] as const)('marks the %s %s with %j', (type, value, marks) => {
  expect(marksOf({ type, value })).toEqual(marks);
});
