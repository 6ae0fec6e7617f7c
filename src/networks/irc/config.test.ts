import { describe, expect, test } from 'vitest';
import { checkIrcConfig, type IrcDecoyConfig } from './config.ts';

const GOOD: IrcDecoyConfig = { address: 'dora', host: 'irc.example', tls: 'direct', channels: ['#lobby'] };

describe('IRC decoy settings', () => {
  test('good ones pass', () => {
    expect(() => checkIrcConfig(GOOD)).not.toThrow();
    expect(() => checkIrcConfig({ ...GOOD, host: '127.0.0.1', tls: 'none', address: '[x]^' })).not.toThrow();
  });

  test.each([
    ['address', { address: 'dora\r\nJOIN #x' }],
    ['address', { address: '1dora' }],
    ['address', { address: '' }],
    ['tls', { tls: 'none' as const }],
    ['tls', { tls: 'none' as const, host: '127.0.0.1.evil.example' }],
    ['channels', { channels: ['#a b'] }],
    ['channels', { channels: ['#a,#b'] }],
    ['channels', { channels: ['lobby'] }],
    ['channels', { channels: Array.from({ length: 101 }, () => '#a') }],
    ['username', { username: 'a b' }],
    ['realname', { realname: 'a\nQUIT' }],
    ['serverPassword', { serverPassword: 'a\0' }],
    ['sasl.account', { sasl: { account: '', password: 'x' } }],
    ['sasl.password', { sasl: { account: 'x', password: 'ä'.repeat(151) } }],
  ])('a wrong %s is named: %j', (key, wrong) => {
    expect(() => checkIrcConfig({ ...GOOD, ...wrong })).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining(`: ${key} `) }),
    );
  });
});
