// What a subscriber may write to the alert account: the first word decides, capital or not.
import { SEVERITIES, type Severity } from '../core/severity.ts';
import { isCode } from './token.ts';

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'status' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'info' | 'ack'; readonly warning: string | undefined }
  | { readonly kind: 'confirm'; readonly code: string }
  | { readonly kind: 'level'; readonly severity: Severity }
  | { readonly kind: 'unknown' };

/** Longer texts are no commands. */
const MAX_COMMAND_CHARS = 200;
/** Whatever people write when they want it to end. */
const STOP_WORDS = new Set(['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit']);
const WARNING_ID = /^W-[0-9A-Z*~$=]{3,20}$/;

export function parseCommand(text: string): Command {
  if (text.length > MAX_COMMAND_CHARS) return { kind: 'unknown' };
  const [word = '', argument = ''] = text.trim().split(/\s+/, 2);
  const name = word.toLowerCase().replace(/^[/!]/, '').replace(/[.!]$/, '');
  if (STOP_WORDS.has(name)) return { kind: 'stop' };
  switch (name) {
    case 'help':
    case 'status':
      return { kind: name };
    case 'info':
      return parseAbout('info', argument);
    case 'ack':
    case 'acknowledge':
      return parseAbout('ack', argument);
    case 'confirm':
    case 'start':
      return isCode(argument) ? { kind: 'confirm', code: argument } : { kind: 'unknown' };
    case 'level':
      return parseLevel(argument);
    default:
      return { kind: 'unknown' };
  }
}

/** An alert shows the id with its revision behind a dot; both forms are taken. */
function parseAbout(kind: 'info' | 'ack', argument: string): Command {
  if (argument === '') return { kind, warning: undefined };
  const id = argument.toUpperCase().replace(/\.\d{0,9}$/, '');
  return WARNING_ID.test(id) ? { kind, warning: id } : { kind: 'unknown' };
}

function parseLevel(argument: string): Command {
  const severity = SEVERITIES.find((known) => known === argument.toLowerCase());
  return severity === undefined ? { kind: 'unknown' } : { kind: 'level', severity };
}
