// CAP and SASL (IRCv3 capability-negotiation 302, sasl-3.2): what is asked for while registering.
import { SundewError } from '../../../core/error.ts';
import type { IrcMessage, OutboundMessage } from '../wire/message.ts';
import { encodePlain } from '../wire/sasl.ts';
import type { IrcEffect, IrcState, IrcStep } from './types.ts';

/** What names a sender better: services account, message id, the server's time. None of them makes us say anything. */
const WANTED = ['message-tags', 'server-time', 'account-tag'] as const;
const MAX_OFFERED = 512;

const send = (command: string, ...params: string[]): IrcEffect => {
  const message: OutboundMessage = { command, params };
  return { type: 'send', message, act: 'sign-on' };
};

/** CAP, AUTHENTICATE and the SASL numerics. @returns undefined for every other message */
export function stepCapabilities(state: IrcState, message: IrcMessage): IrcStep | undefined {
  switch (message.command) {
    case 'CAP':
      return stepCap(state, message);
    case 'AUTHENTICATE':
      return stepAuthenticate(state);
    case '903':
      return [{ ...state, signedIn: true }, [send('CAP', 'END')]];
    case '902':
    case '904':
    case '905':
    case '906':
    case '908':
      return refuse(state, 'DECOY_LOGIN_REFUSED', 'the server refused the account or its password; check "sasl"');
    default:
      return undefined;
  }
}

function stepCap(state: IrcState, message: IrcMessage): IrcStep {
  const [, subcommand = '', third = '', fourth] = message.params;
  switch (subcommand.toUpperCase()) {
    case 'LS': {
      const more = third === '*' && fourth !== undefined;
      const offered = collect(state.offered, more ? fourth : third);
      return more ? [{ ...state, offered }, []] : request({ ...state, offered });
    }
    case 'ACK':
      if (third.split(' ').includes('sasl') && state.config.sasl !== undefined) {
        return [state, [send('AUTHENTICATE', 'PLAIN')]];
      }
      return [state, [send('CAP', 'END')]];
    case 'NAK':
      if (state.config.sasl !== undefined) return refuseSasl(state);
      return [state, [send('CAP', 'END')]];
    default:
      return [state, []];
  }
}

function collect(offered: ReadonlyMap<string, string>, text: string): ReadonlyMap<string, string> {
  const all = new Map(offered);
  for (const word of text.split(' ')) {
    if (word === '' || all.size >= MAX_OFFERED) continue;
    const equals = word.indexOf('=');
    all.set(equals === -1 ? word : word.slice(0, equals), equals === -1 ? '' : word.slice(equals + 1));
  }
  return all;
}

function request(state: IrcState): IrcStep {
  const names: string[] = WANTED.filter((name) => state.offered.has(name));
  if (state.config.sasl !== undefined) {
    const mechanisms = state.offered.get('sasl');
    if (mechanisms === undefined) return refuseSasl(state);
    if (mechanisms !== '' && !mechanisms.toUpperCase().split(',').includes('PLAIN')) return refuseSasl(state);
    names.push('sasl');
  }
  const settled: IrcState = { ...state, offered: new Map() };
  return [settled, [names.length === 0 ? send('CAP', 'END') : send('CAP', 'REQ', names.join(' '))]];
}

function stepAuthenticate(state: IrcState): IrcStep {
  const { sasl } = state.config;
  if (sasl === undefined) return [state, []];
  return [state, encodePlain(sasl.account, sasl.password).map((piece) => send('AUTHENTICATE', piece))];
}

const refuseSasl = (state: IrcState): IrcStep =>
  refuse(state, 'DECOY_UNSUPPORTED', 'the server offers no SASL PLAIN; remove "sasl" or use another server');

function refuse(state: IrcState, code: 'DECOY_LOGIN_REFUSED' | 'DECOY_UNSUPPORTED', sentence: string): IrcStep {
  const error = new SundewError(code, `IRC sign-on of ${state.config.nick}: ${sentence}`);
  return [{ ...state, phase: 'closed' }, [{ type: 'close', error }]];
}
