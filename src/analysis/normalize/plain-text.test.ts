import { expect, it } from 'vitest';
import { captureOf } from '../testing/captures.ts';
import { plainText } from './plain-text.ts';

it.each([
  ['msnp', 'X-MMS-IM-Format: FN=Arial; CO=0\r\n\r\nlook here', 'look here'],
  ['irc', '\x0304,01WIN\x03 now', 'WIN now'],
  ['ymsg', '\x1b[1m<font size="12">hi &amp; bye</font>', 'hi & bye'],
  ['oscar', '<HTML><BODY>hi <b>there</b></BODY></HTML>', 'hi there'],
  ['sametime', '<div>hi<br>there</div>', 'hi\nthere'],
  ['xmpp', 'a <b> is a letter', 'a <b> is a letter'],
])('reads a text of %s as people see it, and knows where it stood', (network, text, plain) => {
  const { mapped } = plainText(captureOf(text, { network }));
  expect(mapped.text).toBe(plain);
  expect(mapped.original).toBe(text);
  const last =
    plain
      .slice(plain.lastIndexOf(' ') + 1)
      .split('\n')
      .at(-1) ?? '';
  expect(mapped.seen(plain.length - last.length, plain.length)).toBe(last);
});
