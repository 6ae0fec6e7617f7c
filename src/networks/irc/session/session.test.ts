import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaptureId } from '../../../core/capture.ts';
import { decodeMessage, encodeMessage } from '../wire/message.ts';
import { startIrc, stepIrc } from './session.ts';
import { IDLE_MS, type IrcEffect, type IrcInput, type IrcSessionConfig, type IrcState, PONG_MS } from './types.ts';

const CONFIG: IrcSessionConfig = { nick: 'dora', username: 'dora', realname: 'Dora', channels: ['#lobby', '#help'] };
const START = Date.parse('2026-01-01T00:00:00Z');

/** A session that is fed lines; what it sends, emits and ends with is kept. */
function session(config: Partial<IrcSessionConfig> = {}): Fed {
  return new Fed({ ...CONFIG, ...config });
}

class Fed {
  state: IrcState;
  readonly sent: string[] = [];
  readonly acts: string[] = [];
  readonly events: string[] = [];
  readonly timers: string[] = [];
  error: string | undefined;
  ms = START;

  constructor(config: IrcSessionConfig) {
    this.state = startIrc(config);
    this.input({ type: 'connected' });
  }

  lines(...lines: readonly string[]): this {
    for (const line of lines) {
      const bytes = Buffer.from(line);
      this.input({ type: 'frame', message: decodeMessage(bytes), line: bytes });
    }
    return this;
  }

  input(input: IrcInput): this {
    const [state, effects] = stepIrc(this.state, input, new Date(this.ms));
    this.state = state;
    for (const effect of effects) this.#take(effect);
    return this;
  }

  online(): this {
    return this.lines(':irc.test 001 dora :Welcome', ':irc.test 422 dora :No MOTD');
  }

  #take(effect: IrcEffect): void {
    if (effect.type === 'send') {
      this.sent.push(Buffer.from(encodeMessage(effect.message)).toString().trimEnd());
      this.acts.push(effect.act);
    } else if (effect.type === 'emit') {
      this.events.push(effect.event.type === 'message' ? effect.event.message.command : effect.event.type);
    } else if (effect.type === 'close') this.error = effect.error.code;
    else this.timers.push(`${effect.timer} ${effect.ms}`);
  }
}

describe('IRC sign-on', () => {
  test('registers, asks for capabilities it can use, joins its channels and nothing else', () => {
    const fed = session().lines(
      ':irc.test CAP * LS * :sasl=PLAIN server-time',
      ':irc.test CAP * LS :message-tags away',
    );
    fed.lines(':irc.test CAP * ACK :message-tags server-time').online();
    expect(fed.sent).toEqual([
      'CAP LS 302',
      'NICK dora',
      'USER dora 0 * Dora',
      'CAP REQ :message-tags server-time',
      'CAP END',
      'JOIN #lobby,#help',
    ]);
    expect(new Set(fed.acts)).toEqual(new Set(['sign-on', 'join-own-channel']));
    expect(fed.events).toEqual(['online']);
    expect(fed.state.phase).toBe('online');
  });

  test('signs on with SASL PLAIN before it ends the negotiation', () => {
    const fed = session({ sasl: { account: 'jilles', password: 'sesame' } });
    fed.lines(':s.test CAP * LS :sasl', ':s.test CAP * ACK sasl', 'AUTHENTICATE +', ':s.test 903 dora :ok').online();
    expect(fed.sent.slice(3)).toEqual([
      'CAP REQ sasl',
      'AUTHENTICATE PLAIN',
      'AUTHENTICATE amlsbGVzAGppbGxlcwBzZXNhbWU=',
      'CAP END',
      'JOIN #lobby,#help',
    ]);
  });

  test('sends the server password first', () => {
    expect(session({ serverPassword: 'open sesame' }).sent[1]).toBe('PASS :open sesame');
  });

  const sasl = { account: 'a', password: 'b' };
  test.each([
    ['a nick in use', {}, [':s 433 * dora :in use'], 'DECOY_CONFLICT'],
    ['a nick that is refused', {}, [':s 432 * dora :bad'], 'CONFIG_INVALID'],
    ['a wrong server password', {}, [':s 464 * :bad password'], 'DECOY_LOGIN_REFUSED'],
    ['a wrong server password on ngircd', {}, ['ERROR :Access denied: Bad password'], 'DECOY_LOGIN_REFUSED'],
    ['a ban', {}, [':s 465 * :go away', 'ERROR :Closing Link'], 'DECOY_BANNED'],
    ['a K-line without its numeric', {}, ['ERROR :Closing Link: dora (K-Lined)'], 'DECOY_BANNED'],
    ['a full server', {}, ['ERROR :Too many connections'], 'WIRE_CLOSED'],
    ['a wrong SASL password', { sasl }, [':s CAP * LS :sasl', ':s 904 dora :no'], 'DECOY_LOGIN_REFUSED'],
    ['a server without SASL', { sasl }, [':s CAP * LS :away'], 'DECOY_UNSUPPORTED'],
    ['a server without PLAIN', { sasl }, [':s CAP * LS :sasl=EXTERNAL'], 'DECOY_UNSUPPORTED'],
    ['a welcome without the account', { sasl }, [':s 001 dora :hi'], 'DECOY_UNSUPPORTED'],
    ['a cut nick', {}, [':s 001 dor :hi'], 'DECOY_UNSUPPORTED'],
  ])('%s ends it', (_, config, lines, code) => {
    expect(session(config).lines(...lines).error).toBe(code);
  });

  test('the notices of the sign-on are left out, a peer that writes early is not', () => {
    const fed = session().lines(':irc.test NOTICE * :*** Looking up', ':irc.test 001 dora :hi');
    fed.lines(':irc.test NOTICE dora :cloaked', ':a!b@c PRIVMSG dora :hi');
    expect(fed.events).toEqual(['PRIVMSG']);
  });

  test('a sign-on that takes a minute ends', () => {
    expect(session().input({ type: 'timer', timer: 'registration' }).error).toBe('LINK_TIMEOUT');
    expect(session().online().input({ type: 'timer', timer: 'registration' }).error).toBeUndefined();
  });
});

describe('IRC session online', () => {
  test('answers PING, a long token cut short, and nothing that a peer says', () => {
    const fed = session().online();
    const before = fed.sent.length;
    fed.lines(
      ':a!b@c PRIVMSG dora :\x01VERSION\x01',
      ':a!b@c PRIVMSG dora :\x01DCC SEND a.scr 1 1 1\x01',
      ':a!b@c INVITE dora #spam',
      ':a!b@c NOTICE dora :hi',
      ':a!b@c JOIN #lobby',
    );
    expect(fed.sent.length).toBe(before);
    fed.lines('PING :irc.test', `PING :${'x'.repeat(500)}`);
    expect(fed.sent.slice(before)).toEqual(['PONG irc.test', `PONG ${'x'.repeat(120)}`]);
  });

  test('asks once when nothing was heard, and gives up when there is no answer', () => {
    const fed = session().online();
    fed.ms += IDLE_MS;
    fed.input({ type: 'timer', timer: 'idle' });
    expect(fed.sent.at(-1)).toBe('PING irc.test');
    expect(fed.timers.at(-1)).toBe(`idle ${PONG_MS}`);
    expect(fed.input({ type: 'timer', timer: 'idle' }).error).toBe('LINK_TIMEOUT');
  });

  test('does not ask while lines come', () => {
    const fed = session().online();
    fed.ms += IDLE_MS - 1000;
    fed.lines(':irc.test PONG irc.test :x');
    fed.ms += 1000;
    fed.input({ type: 'timer', timer: 'idle' });
    expect(fed.sent.at(-1)).toBe('JOIN #lobby,#help');
    expect(fed.timers.at(-1)).toBe(`idle ${IDLE_MS - 1000}`);
  });

  test.each([
    ['a nick that is taken away', [':dora!d@h NICK Guest7'], 'DECOY_CONFLICT', []],
    ['a kill', [':oper!o@h KILL dora :bye'], 'WIRE_CLOSED', ['KILL']],
    ['a ban', ['ERROR :You are banned'], 'DECOY_BANNED', ['ERROR']],
  ])('%s ends it', (_, lines, code, events) => {
    const fed = session()
      .online()
      .lines(...lines);
    expect(fed.error).toBe(code);
    expect(fed.events.slice(1)).toEqual(events);
  });

  test('a change of case is no other nick, and another peer may change theirs', () => {
    expect(session().online().lines(':dora!d@h NICK DORA', ':x!d@h NICK y').error).toBeUndefined();
  });

  test('a channel that cannot be joined is told to the operator', () => {
    expect(session().online().lines(':s 474 dora #lobby :banned').events).toEqual(['online', 'trouble']);
  });

  test('many channels are joined in lines that fit', () => {
    const channels = Array.from({ length: 100 }, (_, at) => `#${'x'.repeat(90)}${at}`);
    const joins = session({ channels })
      .online()
      .sent.filter((line) => line.startsWith('JOIN'));
    expect(joins.join(',').match(/#/g)?.length).toBe(100);
    for (const line of joins) expect(line.length).toBeLessThan(510);
  });

  test('stored and a second connected change nothing, and after the end nothing is said', () => {
    const fed = session().online();
    const { state } = fed;
    expect(fed.input({ type: 'stored', capture: 'x' as CaptureId }).input({ type: 'connected' }).state).toBe(state);
    fed.input({ type: 'closed' }).lines('PING x');
    expect(fed.error).toBe('WIRE_CLOSED');
    expect(fed.sent.at(-1)).toBe('JOIN #lobby,#help');
  });

  test('whatever lines come in whatever order, it sends only what a client owes its server', () => {
    const line = fc.oneof(
      fc.constantFrom(
        'PING x',
        ':s 001 dora :x',
        ':s 376 dora',
        ':s CAP * LS :server-time',
        ':s CAP * ACK x',
        'ERROR :x',
      ),
      fc.constantFrom('AUTHENTICATE +', ':a!b@c PRIVMSG dora :\x01PING 1\x01', ':s 903 x', ':s 433 x', ':dora NICK x'),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const { sent } = session().lines(...lines);
        for (const text of sent) expect(text).toMatch(/^(CAP|NICK|USER|PONG|JOIN|AUTHENTICATE) /);
      }),
    );
  });
});
