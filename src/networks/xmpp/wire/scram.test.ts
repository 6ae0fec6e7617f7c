import { describe, expect, it } from 'vitest';
import { chooseMechanism, plainMessage } from './sasl.ts';
import { answerScram, provesServer, saslPrep, startScram } from './scram.ts';
import { parseText } from './xml-parse.ts';

describe('SCRAM', () => {
  it('does the exchange of RFC 5802 5', () => {
    const start = startScram('sha1', 'user', 'fyko+d2lbbFgONRv9qkxdawL');
    expect(start.message).toBe('n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL');
    const answer = answerScram(
      start,
      'r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096',
      'pencil',
    );
    expect(answer.message).toBe('c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=');
    expect(provesServer(answer.serverFinal, 'v=rmF9pqV8S7suAoZWja4dJRkFsKQ=')).toBe(true);
    expect(provesServer(answer.serverFinal, 'v=rmF9pqV8S7suAoZWja4dJRkFsKA=')).toBe(false);
    expect(provesServer(answer.serverFinal, '')).toBe(false);
  });

  it('does the exchange of RFC 7677 3', () => {
    const start = startScram('sha256', 'user', 'rOprNGfwEbeRWgbNEkqO');
    const answer = answerScram(
      start,
      'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
      'pencil',
    );
    expect(answer.message).toBe(
      'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
    );
    expect(answer.serverFinal).toBe('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=');
  });

  it('escapes names and prepares them (RFC 5802 5.1, RFC 4013)', () => {
    expect(startScram('sha1', 'a,b=c', 'n').message).toBe('n,,n=a=2Cb=3Dc,r=n');
    expect(saslPrep('I\u00adX \u00a0\u2168')).toBe('IX  IX');
  });

  it.each([
    ['a nonce that is not an extension of ours', 'r=other,s=QQ==,i=4096', 'WIRE_MALFORMED'],
    ['our nonce with nothing added', 'r=nonce,s=QQ==,i=4096', 'WIRE_MALFORMED'],
    ['a mandatory extension', 'm=x,r=nonceX,s=QQ==,i=4096', 'WIRE_MALFORMED'],
    ['no number', 'r=nonceX,s=QQ==,i=', 'WIRE_MALFORMED'],
    ['too few iterations', 'r=nonceX,s=QQ==,i=1', 'DECOY_UNSUPPORTED'],
    ['iterations to keep us busy', 'r=nonceX,s=QQ==,i=999999999', 'DECOY_UNSUPPORTED'],
    ['an endless challenge', `r=nonce${'x'.repeat(10_000)},s=QQ==,i=4096`, 'WIRE_MALFORMED'],
  ])('refuses %s', (_name, challenge, code) => {
    expect(() => answerScram(startScram('sha1', 'u', 'nonce'), challenge, 'p')).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it('binds to the channel', () => {
    const data = Uint8Array.of(1, 2, 3);
    const start = startScram('sha256', 'u', 'n', { type: 'tls-exporter', data });
    expect(start.message).toBe('p=tls-exporter,,n=u,r=n');
    const bound = /^c=([^,]+)/.exec(answerScram(start, 'r=nX,s=QQ==,i=4096', 'p').message)?.[1] ?? '';
    expect(Buffer.from(bound, 'base64').toString('latin1')).toBe('p=tls-exporter,,\u0001\u0002\u0003');
  });
});

describe('chooseMechanism', () => {
  const features = (mechanisms: string, types = ''): ReturnType<typeof parseText> =>
    parseText(
      `<features xmlns='http://etherx.jabber.org/streams'><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>${mechanisms
        .split(' ')
        .map((name) => `<mechanism>${name}</mechanism>`)
        .join('')}</mechanisms><sasl-channel-binding xmlns='urn:xmpp:sasl-cb:0'>${types
        .split(' ')
        .map((type) => `<channel-binding type='${type}'/>`)
        .join('')}</sasl-channel-binding></features>`,
      'jabber:client',
    );
  const tls = { protocol: 'TLSv1.3', verified: true, exporter: Uint8Array.of(1), endPoint: Uint8Array.of(2) };
  const ALL = 'PLAIN SCRAM-SHA-1 SCRAM-SHA-1-PLUS SCRAM-SHA-256 SCRAM-SHA-256-PLUS';

  it.each([
    [
      'binding by exporter',
      ALL,
      'tls-exporter tls-server-end-point',
      tls,
      'SCRAM-SHA-256-PLUS',
      { type: 'tls-exporter' },
    ],
    [
      'binding by certificate',
      ALL,
      'tls-server-end-point',
      tls,
      'SCRAM-SHA-256-PLUS',
      { type: 'tls-server-end-point' },
    ],
    ['no common binding: no claim that would be taken for a downgrade', ALL, '', tls, 'SCRAM-SHA-256', undefined],
    [
      '-PLUS missing: says that it could have',
      'PLAIN SCRAM-SHA-1 SCRAM-SHA-256',
      'tls-exporter',
      tls,
      'SCRAM-SHA-256',
      undefined,
    ],
    ['plain loopback', ALL, 'tls-exporter', undefined, 'SCRAM-SHA-256', undefined],
    ['SCRAM before PLAIN', 'PLAIN SCRAM-SHA-1', '', tls, 'SCRAM-SHA-1', undefined],
    ['PLAIN when there is nothing else', 'X PLAIN', '', tls, 'PLAIN', undefined],
  ])('%s', (_name, mechanisms, types, facts, mechanism, binding) => {
    const choice = chooseMechanism(features(mechanisms, types), facts);
    expect(choice?.mechanism).toBe(mechanism);
    if (binding !== undefined) expect(choice).toMatchObject({ binding });
  });

  it('tells the server of a -PLUS that somebody may have struck out', () => {
    expect(chooseMechanism(features('SCRAM-SHA-1'), tls)).toMatchObject({ binding: 'unoffered' });
    expect(chooseMechanism(features('SCRAM-SHA-1 SCRAM-SHA-1-PLUS'), tls)).toMatchObject({ binding: 'none' });
  });

  it('gives up on mechanisms that it does not know', () => {
    expect(chooseMechanism(features('DIGEST-MD5 EXTERNAL'), tls)).toBeUndefined();
    expect(plainMessage('u', 'p')).toBe('\u0000u\u0000p');
  });
});
