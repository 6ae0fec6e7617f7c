import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAPTURE_KINDS } from '../core/capture.ts';
import { analyze, toVerdict } from './analyze.ts';
import { compileSignatures } from './signatures.ts';
import { captureOf } from './testing/captures.ts';
import type { Analysis } from './types.ts';

const none = compileSignatures([]);
const of = (text: string | undefined, more: object = {}): Analysis => analyze(captureOf(text, { ...more }), none);

describe('analyze', () => {
  it.each([
    ['worm', 'haha is this you? http://x.example/photo12.jpg.pif', {}, 'high', true],
    ['worm', 'lol look what i found http://x.example/pic.scr', {}, 'high', true],
    ['worm', undefined, { kind: 'file-offer', file: { name: 'photo.jpg.scr', size: 48_128 } }, 'high', true],
    ['malware', undefined, { kind: 'file-offer', file: { name: 'setup.exe', size: 48_128 } }, 'medium', false],
    ['malware', 'new version at http://x.example/tool.exe', {}, 'high', false],
    ['phishing', 'verify your account at https://steamcomrnunity.ru/login', {}, 'medium', false],
    ['phishing', 'your gift https://discord.com@evil-site.com/nitro', {}, 'medium', false],
    ['spam', 'add me http://cams-hot.com/me', { kind: 'contact-request' }, 'low', false],
    ['recon', undefined, { kind: 'probe' }, 'info', false],
    ['exploit', undefined, { kind: 'malformed', meta: { vulnerability: 'over-long name' } }, 'high', true],
    ['exploit', undefined, { kind: 'malformed', meta: { resembles: ['CVE-2002-0005'] } }, 'high', true],
    ['recon', '!ping', {}, 'info', false],
    ['recon', 'Are you a bot?', {}, 'info', false],
    ['benign', 'test', { conversation: '#help' }, 'info', false],
    ['benign', 'ok, see you then', {}, 'info', false],
    ['scam', "hi, is this anna's new number? it's tom from the gym", {}, 'low', false],
    ['scam', 'Hola mama, se me rompio el movil, este es mi numero nuevo', {}, undefined, false],
    [
      'phishing',
      'ihr konto wurde gesperrt. bestätigen sie ihre daten unter http://x-login.example',
      {},
      undefined,
      false,
    ],
    ['benign', 'does anybody know how to mount a usb drive under ubuntu?', {}, 'info', false],
    [
      'spam',
      'WINNER!! You have been selected to receive a £900 prize reward! To claim call 09061701461. Claim code KL341. Valid 12 hours only',
      {},
      undefined,
      false,
    ],
  ] as const)('says %s of %j %j', (verdictClass, text, more, severity, harm) => {
    const analysis = of(text, more);
    if (verdictClass === 'spam' && severity === undefined)
      expect(['spam', 'phishing', 'scam']).toContain(analysis.class);
    else expect(analysis.class).toBe(verdictClass);
    if (severity !== undefined) expect(analysis.severity).toBe(severity);
    expect(analysis.unambiguousHarm).toBe(harm);
    expect(analysis.reasons.length).toBeGreaterThan(0);
  });

  it('says nothing against the named sender of backscatter, whatever the text', () => {
    const analysis = of('haha is this you? http://x.example/photo12.jpg.pif', { kind: 'backscatter' });
    expect(analysis).toMatchObject({ class: 'unknown', severity: 'info', unambiguousHarm: false });
  });

  it('takes the class of a known threat, and calls a known hash proof enough', () => {
    const signatures = compileSignatures([
      { threat: 'kelvir', kind: 'lure', words: ['patch', 'msn', 'download'], class: 'worm', severity: 'critical' },
      { threat: 'zlob', kind: 'indicator', type: 'sha256', value: 'ab12'.repeat(16) },
    ]);
    const lure = analyze(captureOf('please download this msn patch'), signatures);
    expect(lure).toMatchObject({ class: 'worm', severity: 'critical', threats: ['kelvir'], unambiguousHarm: false });
    const file = captureOf(undefined, { kind: 'file', file: { name: 'a.doc', sha256: 'ab12'.repeat(16) } });
    expect(analyze(file, signatures)).toMatchObject({ class: 'malware', threats: ['zlob'], unambiguousHarm: true });
  });

  it('reads HTML and colour codes as people see them', () => {
    const html = of('x', {
      network: 'oscar',
      text: '<HTML><BODY>is this you <a href="http://x.example/a.jpg.scr">my photo</a></BODY></HTML>',
    });
    expect(html).toMatchObject({ class: 'worm', folded: 'is this you my photo' });
    expect(of('\x02f\x02ree \x0304,01nitro\x0f now', { network: 'irc' }).folded).toBe('free nitro now');
  });

  it('takes any capture, and says the same twice', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CAPTURE_KINDS), fc.string({ unit: 'binary' }), fc.string(), (kind, text, name) => {
        const capture = captureOf(text, { kind, html: text, file: { name: `x${name}` } });
        const analysis = analyze(capture, none);
        expect(analysis.score).toBeGreaterThanOrEqual(0);
        expect(analysis.score).toBeLessThanOrEqual(1);
        expect(analyze(capture, none)).toEqual(analysis);
      }),
    );
  });

  it.each([
    'a'.repeat(65_536),
    'ab1 '.repeat(16_384),
    'a.b.'.repeat(16_384),
    '@'.repeat(65_536),
    'x1'.repeat(32_768),
    'password '.repeat(7_000),
    ' '.repeat(65_536),
    'lol'.repeat(21_845),
    'http://a.example/ '.repeat(3_640),
    '\u0430'.repeat(65_536),
    'the und le '.repeat(5_957),
    'a-'.repeat(32_768),
    ':'.repeat(65_536),
    'lol '.repeat(16_384),
    'account '.repeat(8_192),
    '+1'.repeat(32_768),
    'a.'.repeat(32_768),
    '<a '.repeat(21_845),
    '1.2.3.'.repeat(10_922),
  ])('bounds its time on hostile text', (text) => {
    analyze(captureOf(text, { html: text }), none);
    const started = performance.now();
    analyze(captureOf(text, { html: text, network: 'oscar' }), none);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

it('writes a verdict in its interchange form', () => {
  const capture = captureOf('haha is this you on that picture of the party? http://x.example/photo12.jpg.pif');
  const analysis = analyze(capture, none);
  expect(toVerdict({ analysis, cluster: { campaign: 'c', created: true } })).toEqual({
    v: 1,
    capture: capture.id,
    class: 'worm',
    score: 0.95,
    reasons: analysis.reasons,
    indicators: analysis.indicators,
    language: 'en',
    campaign: 'c',
    threats: [],
    severity: 'high',
  });
});
