import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type XmlElement, xml } from './xml-element.ts';
import { KEPT_BYTES, MAX_STANZA_BYTES, type XmlFrame, XmlFramer } from './xml-framer.ts';
import { MAX_ATTRIBUTES, MAX_DEPTH, parseText } from './xml-parse.ts';
import { escapeAttribute, writeXml } from './xml-write.ts';

const HEAD =
  "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' id='i'>";
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function frames(...chunks: readonly (string | Uint8Array)[]): XmlFrame[] {
  const framer = new XmlFramer('jabber:client');
  return chunks.flatMap((chunk) => [...framer.feed(typeof chunk === 'string' ? encode(chunk) : chunk)]);
}

const shape = (all: readonly XmlFrame[]): string[] =>
  all.map((frame) =>
    frame.kind === 'element'
      ? decode(frame.raw)
      : frame.kind === 'malformed'
        ? `malformed${frame.fatal ? '!' : ''}`
        : frame.kind,
  );

const STANZAS = [
  `<message from='a@b/ü' id="1>2"><body>x &lt; y &amp; 漢字😀 &#x1F600;</body></message>`,
  `<presence/>`,
  `<iq type='get'><query xmlns='jabber:iq:version'/></iq>`,
  `<message><body><![CDATA[ <not a tag> ]]]]><![CDATA[>]]></body></message>`,
];
const STREAM = `${HEAD}\n${STANZAS.join(' \n')}</stream:stream>`;
const EXPECTED = ['open', ...STANZAS, 'close'];

describe('XmlFramer', () => {
  it('keeps the exact bytes of each stanza', () => {
    expect(shape(frames(STREAM))).toEqual(EXPECTED);
  });

  it('reads the same split at every byte, in the middle of characters too', () => {
    const bytes = encode(STREAM);
    for (let at = 1; at < bytes.length; at += 1) {
      expect(shape(frames(bytes.subarray(0, at), bytes.subarray(at)))).toEqual(EXPECTED);
    }
  });

  it('reads the same a byte at a time', () => {
    expect(shape(frames(...[...encode(STREAM)].map((byte) => Uint8Array.of(byte))))).toEqual(EXPECTED);
  });

  it('cut short at every byte gives a beginning of the frames and nothing else', () => {
    const bytes = encode(STREAM);
    for (let at = 0; at < bytes.length; at += 1) {
      const some = shape(frames(bytes.subarray(0, at)));
      expect(some).toEqual(EXPECTED.slice(0, some.length));
    }
  });

  it('decodes text, entities and CDATA', () => {
    const [, first, , , last] = frames(STREAM);
    expect(first?.kind === 'element' && first.element.children[0]).toEqual(
      xml('jabber:client', 'body', {}, 'x < y & 漢字😀 😀'),
    );
    expect(last?.kind === 'element' && JSON.stringify(last.element.children)).toContain(' <not a tag> ]]');
  });

  it.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]>'],
    ['a comment', '<!-- x -->'],
    ['a processing instruction', '<?php x?>'],
    ['a comment inside a stanza', '<message><!-- x --></message>'],
    ['an instruction inside a stanza', '<message><?x y?></message>'],
  ])('ends the stream at %s (RFC 6120 11.1)', (_name, bytes) => {
    expect(shape(frames(HEAD, bytes, '<presence/>'))).toEqual(['open', 'malformed!']);
  });

  it.each([
    ['bad UTF-8', Uint8Array.of(...encode('<message><body>'), 0xc3, 0x28, ...encode('</body></message>'))],
    ['an overlong form', Uint8Array.of(...encode('<message><body>'), 0xc0, 0xbc, ...encode('</body></message>'))],
    ['a NUL', encode('<message><body>\u0000</body></message>')],
    ['an entity that nobody defined', encode('<message><body>&lol9;</body></message>')],
    ['mismatched tags', encode('<message><a></b></message>')],
    ['an attribute twice', encode("<message a='1' a='2'/>")],
    ['a prefix that nobody bound', encode('<message><x:y/></message>')],
    ['too many attributes', encode(`<message ${Array.from({ length: 10_000 }, (_, n) => `a${n}=''`).join(' ')}/>`)],
    ['too deep', encode('<a>'.repeat(10_000) + '</a>'.repeat(10_000))],
    ['text between stanzas', encode('hello')],
  ])('counts %s once and lives on', (_name, bytes) => {
    const found = shape(frames(HEAD, bytes, '<presence/>'));
    expect(found).toEqual(['open', 'malformed', '<presence/>']);
  });

  it('takes what lies just within the maxima', () => {
    const attributes = Array.from({ length: MAX_ATTRIBUTES }, (_, n) => `a${n}=''`).join(' ');
    const deep = '<a>'.repeat(MAX_DEPTH) + '</a>'.repeat(MAX_DEPTH);
    const large = `<message><body>${'x'.repeat(MAX_STANZA_BYTES - 40)}</body></message>`;
    expect(shape(frames(HEAD, `<b ${attributes}/>`, deep, large))).toHaveLength(4);
  });

  it.each([
    ['text', '<message><body>', 'lorem ipsum ', '</body></message>'],
    ['an attribute', "<message a='", 'lorem > ipsum ', "'/>"],
    ['a tag that does not end', '<message ', 'aaaa ', '/>'],
    ['open tags', '<message>', '<a>', undefined],
    ['CDATA', '<message><![CDATA[', ']] > ]>', ']]></message>'],
  ])('passes over a gigabyte of %s in flat memory and counts it once', (_name, start, piece, end) => {
    const framer = new XmlFramer('jabber:client');
    const chunk = encode(piece.repeat(Math.floor(65_536 / piece.length)));
    const found: XmlFrame[] = [...framer.feed(encode(HEAD)), ...framer.feed(encode(start))];
    const before = process.memoryUsage().rss;
    // Long texts go by at memory speed; the rest is scanned byte by byte, so less of it is enough.
    const total = start.endsWith('<body>') ? 2 ** 30 : 2 ** 24;
    for (let sent = 0; sent < total; sent += chunk.length) found.push(...framer.feed(chunk));
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 2 ** 20);
    const large = found.filter((frame) => frame.kind === 'malformed');
    expect(large).toHaveLength(1);
    expect(large[0]).toMatchObject({ fatal: false, stanza: true });
    expect(large[0]?.raw.length).toBe(KEPT_BYTES);
    if (end === undefined) return;
    found.push(...framer.feed(encode(`${end}<presence/>`)));
    expect(shape(found).at(-1)).toBe('<presence/>');
  });

  it('ends at a header that does not end, and at endless text before one', () => {
    expect(shape(frames(`<stream:stream a='${'x'.repeat(10_000)}`))).toEqual(['malformed!']);
    expect(shape(frames('SSH-2.0-x\r\n'.repeat(1_000)))).toEqual(['malformed!']);
  });

  it('keeps a stray text without end to one capture', () => {
    const framer = new XmlFramer('jabber:client');
    const found = [...framer.feed(encode(HEAD))];
    for (let n = 0; n < 1_000; n += 1) found.push(...framer.feed(encode('lorem ipsum '.repeat(100))));
    found.push(...framer.feed(encode('<presence/>')));
    expect(shape(found)).toEqual(['open', 'malformed', '<presence/>']);
  });

  it('gives frames for any bytes, never an exception', () => {
    const soup = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .array(fc.constantFrom('<', '>', '/', '"', "'", '!', '?', '[CDATA[', ']]>', '&', 'a', ' ', '=', 'é', HEAD))
        .map((parts) => encode(parts.join(''))),
    );
    fc.assert(
      fc.property(fc.boolean(), fc.array(soup, { maxLength: 8 }), (opened, chunks) => {
        const all = frames(...(opened ? [HEAD] : []), ...chunks);
        const split = frames(
          ...(opened ? [HEAD] : []),
          ...chunks.flatMap((chunk) => [...chunk].map((byte) => Uint8Array.of(byte))),
        );
        expect(shape(split)).toEqual(shape(all));
      }),
    );
  });
});

describe('writeXml', () => {
  it('writes what parses back to the same, whatever the text', () => {
    const name = fc.constantFrom('a', 'body', 'x-y');
    const text = fc
      .string({ unit: 'binary', maxLength: 20 })
      .map((made) => parseText(`<a b="${escapeAttribute(made)}"/>`, 'n').attrs.get('b') ?? '');
    const { element } = fc.letrec((tie) => ({
      element: fc
        .tuple(
          name,
          fc.constantFrom('jabber:client', 'urn:x'),
          fc.dictionary(name, text),
          fc.array(
            fc.oneof(
              { maxDepth: 4 },
              text.filter((made) => made !== ''),
              tie('element'),
            ),
            { maxLength: 3 },
          ),
        )
        .map(([tag, ns, attrs, children]) => xml(ns, tag, attrs, ...(children as never[]))),
    }));
    const joined = (made: unknown): string => writeXml(made as XmlElement);
    fc.assert(
      fc.property(element, (made) => {
        expect(joined(parseText(joined(made), 'jabber:client'))).toBe(joined(made));
      }),
    );
  });

  it('cannot be broken out of', () => {
    const evil = `'"/><message to='x'>]]>\u0000\ud800`;
    const read = parseText(writeXml(xml('n', 'a', { b: evil }, evil)), 'n');
    expect(read.attrs.get('b')).toBe(`'"/><message to='x'>]]>\ufffd\ufffd`);
    expect(read.children.join('')).toBe(read.attrs.get('b'));
  });
});
