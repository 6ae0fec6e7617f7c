import { describe, expect, test } from 'vitest';
import { addressOfBase64, addressOfUrl } from './address.ts';

describe('addresses', () => {
  test.each<[string | undefined, string | undefined]>([
    ['http://192.0.2.10:8080/a?b', '192.0.2.10:8080'],
    ['https://host.example/a', 'host.example:443'],
    ['http://user:x@192.0.2.1/a', '192.0.2.1:80'],
    ['http://[2001:db8::1]:81/', '[2001:db8::1]:81'],
    ['http://192.0.2.1:99999/', undefined],
    ['ftp://192.0.2.1/', undefined],
    ['http:///a', undefined],
    [undefined, undefined],
  ])('of the link %j', (url, expected) => {
    expect(addressOfUrl(url)).toBe(expected);
  });

  test.each<[string, string | undefined]>([
    [Buffer.from('192.0.2.9').toString('base64'), '192.0.2.9'],
    [Buffer.from('150994944').toString('base64'), '0.0.0.9'],
    [Buffer.from('-1062731518').toString('base64'), '2.1.168.192'],
    [Buffer.from('999.0.0.1').toString('base64'), undefined],
    [Buffer.from('99999999999').toString('base64'), undefined],
    ['***', undefined],
  ])('of key 12 %j', (text, expected) => {
    expect(addressOfBase64(text)).toBe(expected);
  });
});
