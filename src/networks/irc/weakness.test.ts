import { expect, test } from 'vitest';
import { draftOf } from './captures.ts';
import { decodeMessage } from './wire/message.ts';

const said = (words: string): unknown =>
  draftOf(decodeMessage(Buffer.from(`:eve!e@h.test PRIVMSG dora :\u0001${words}\u0001`)), { nick: 'dora', server: 's' })
    ?.meta?.resembles;

test.each<[string, readonly string[] | undefined]>([
  ['DCC SEND photo.jpg 3221225985 4000 10', undefined],
  ['DCC SEND "../../autoexec.bat" 3221225985 4000 10', ['CVE-1999-0399', 'CVE-2010-2452']],
  [`DCC SEND ${'a'.repeat(300)} 3221225985 4000 10`, ['CVE-2003-1512', 'CVE-2003-1508']],
  ['DCC SEND photo.jpg 3221225985 0 10 x', ['CVE-2003-1000']],
  ['DCC SEND photo.jpg 3221225985 0 10 7', undefined],
  ['DCC ACCEPT photo.jpg x 10', ['CVE-2006-0458']],
  ['DCC RESUME photo.jpg x 10', undefined],
])('%s', (words, resembles) => {
  expect(said(words)).toEqual(resembles);
});
