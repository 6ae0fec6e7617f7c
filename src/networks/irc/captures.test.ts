import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaptureDraft } from '../../core/capture.ts';
import { parseCapture } from '../../core/parse-capture.ts';
import { draftOf, draftOfMalformed } from './captures.ts';
import { decodeMessage } from './wire/message.ts';

const READER = { nick: 'Dora', server: 'irc.test' };
const draft = (line: string): CaptureDraft | undefined => draftOf(decodeMessage(Buffer.from(line, 'latin1')), READER);

describe('IRC captures', () => {
  const vectors: readonly (readonly [string, string, object])[] = [
    [
      'a message',
      ':a!~b@c PRIVMSG dora :hi look',
      { kind: 'message', text: 'hi look', peer: { id: 'a!~b@c', name: 'a' } },
    ],
    ['a channel message', ':a!b@c PRIVMSG #lobby :hi', { kind: 'message', conversation: '#lobby', text: 'hi' }],
    ['a message to a channel’s operators', ':a!b@c PRIVMSG @#lobby :hi', { conversation: '#lobby' }],
    ['a notice', ':a!b@c NOTICE dora :hi', { kind: 'message', meta: { command: 'NOTICE' } }],
    ['a server notice', ':irc.test NOTICE dora :k', { kind: 'service-notice', peer: { verifiedBy: 'own-server' } }],
    ['wallops', ':irc.test WALLOPS :all', { kind: 'service-notice', text: 'all' }],
    ['an error', 'ERROR :Closing Link', { kind: 'service-notice', text: 'Closing Link', peer: { id: 'irc.test' } }],
    ['a ban', ':irc.test 465 dora :go away', { kind: 'service-notice', text: 'go away' }],
    ['a kill', ':op!o@h KILL dora :bye', { kind: 'service-notice', text: 'bye' }],
    ['a kick', ':op!o@h KICK #lobby dora :out', { kind: 'service-notice', conversation: '#lobby', text: 'out' }],
    ['an invitation', ':a!b@c INVITE dora :#spam', { kind: 'group-invite', conversation: '#spam' }],
    ['a topic', ':a!b@c TOPIC #lobby :news', { kind: 'message', conversation: '#lobby', text: 'news' }],
    ['a part with a link', ':a!b@c PART #lobby :see http://x.example/', { kind: 'message', conversation: '#lobby' }],
    ['a quit', ':a!b@c QUIT :Ping timeout', { kind: 'presence', text: 'Ping timeout' }],
    ['typing', '@+typing=active :a!b@c TAGMSG dora', { kind: 'typing' }],
    [
      'an action',
      ':a!b@c PRIVMSG dora :\x01ACTION waves\x01',
      { kind: 'message', text: 'waves', meta: { ctcp: 'ACTION' } },
    ],
    ['a CTCP request', ':a!b@c PRIVMSG dora :\x01VERSION\x01', { kind: 'probe', meta: { ctcp: 'VERSION' } }],
    [
      'a scan of the network',
      ':irc.test PRIVMSG dora :\x01VERSION\x01',
      { kind: 'probe', meta: { networkScanner: true } },
    ],
    ['a scan of services', ':s!s@services.test PRIVMSG dora :\x01VERSION\x01', { meta: { networkScanner: true } }],
    ['a CTCP reply', ':a!b@c NOTICE dora :\x01VERSION x\x01', { kind: 'backscatter', text: 'x' }],
    [
      'a file offer',
      ':a!b@c PRIVMSG dora :\x01DCC SEND "my pics.scr" 3232235777 4000 61440\x01',
      {
        kind: 'file-offer',
        file: { name: 'my pics.scr', size: 61440 },
        peer: { address: '192.168.1.1:4000' },
        meta: { dcc: { type: 'SEND', passive: false } },
      },
    ],
    [
      'a file offer from IPv6',
      ':a!b@c PRIVMSG dora :\x01DCC SEND movie.exe 2001:db8::5 4001 61440\x01',
      { peer: { address: '[2001:db8::5]:4001' } },
    ],
    [
      'a passive file offer',
      ':a!b@c PRIVMSG dora :\x01DCC SEND passive.exe 3232235777 0 61440 77',
      { kind: 'file-offer', meta: { dcc: { passive: true, token: '77' } } },
    ],
    [
      'a chat offer',
      ':a!b@c PRIVMSG dora :\x01DCC CHAT chat 3232235777 4002\x01',
      { kind: 'transfer-request', peer: { address: '192.168.1.1:4002' } },
    ],
    [
      'a resumption',
      ':a!b@c PRIVMSG dora :\x01DCC RESUME a.exe 4000 1024\x01',
      { kind: 'transfer-request', file: { name: 'a.exe' }, meta: { dcc: { position: 1024 } } },
    ],
    [
      'an offer out of range',
      ':a!b@c PRIVMSG dora :\x01DCC CHAT chat 4294967296 4002\x01',
      { kind: 'malformed', meta: { reason: 'DCC: address out of range' } },
    ],
    [
      'a link in colours',
      ':a!b@c PRIVMSG dora :http://x.\x0304exam\x03ple/a.scr',
      { text: 'http://x.example/a.scr', meta: { formatting: true } },
    ],
    ['text of an old client', ':a!b@c PRIVMSG dora :caf\xe9', { text: 'café', meta: { charset: 'windows-1252' } }],
    [
      'tags',
      '@time=2026-01-02T03:04:05.678Z;msgid=m1;account=alice;bot :a!b@c PRIVMSG dora :hi',
      {
        native: 'm1',
        sentAt: '2026-01-02T03:04:05.678Z',
        peer: { verifiedBy: 'own-server' },
        meta: { account: 'alice', bot: true },
      },
    ],
  ];
  for (const [name, line, expected] of vectors) {
    test(`${name}: ${JSON.stringify(line)}`, () => {
      expect(draft(line)).toMatchObject(expected);
    });
  }

  test('an account vouches for nobody when there is none', () => {
    expect(draft(':a!b@c PRIVMSG dora :hi')?.peer.verifiedBy).toBe('self-asserted');
  });

  test.each([
    ':dora!d@h PRIVMSG #lobby :own',
    ':dora!d@h JOIN #lobby',
    ':a!b@c JOIN #lobby',
    ':a!b@c INVITE someone #lobby',
    ':a!b@c KICK #lobby someone :x',
    ':a!b@c PART #lobby',
    ':a!b@c MODE #lobby +o x',
    '@time=yesterday :a!b@c TAGMSG dora',
  ])('nothing was done to the decoy by %j', (line) => {
    expect(draft(line)).toBeUndefined();
  });

  test('a time that is none is left out', () => {
    expect(draft('@time=2026-13-45T99:00:00Z :a!b@c PRIVMSG dora :hi')).not.toHaveProperty('sentAt');
  });

  test('every message a stranger can write makes a capture that is valid', () => {
    const word = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom('\x01DCC SEND', '\x01DCC', '#c', '', 'x'.repeat(5000), '1 1 1', 'dora', '"'),
    );
    const command = fc.constantFrom('PRIVMSG', 'NOTICE', 'INVITE', 'TOPIC', 'PART', 'QUIT', 'KICK', 'ERROR', 'TAGMSG');
    fc.assert(
      fc.property(command, fc.array(word, { maxLength: 4 }), (name, params) => {
        const tags = new Map([['msgid', params.join('')]]);
        const made = draftOf({ tags, source: 'a!b@c', command: name, params, fallback: false }, READER);
        if (made !== undefined) expectValid(made);
      }),
    );
    expectValid(draftOfMalformed('line too long', READER));
  });
});

function expectValid(made: CaptureDraft): void {
  const bound = { v: 1, at: '2026-01-01T00:00:00.000Z', network: 'irc', decoy: 'dora', sensor: 's', simulated: false };
  expect(parseCapture({ ...made, ...bound }, { sensor: 's' }).kind).toBe(made.kind);
}
