// Facts of IRC frames (RFC 2812 3, IRCv3). A frame is whole lines; a command that is not listed here is denied.
import type { FrameCheck } from './frame-facts.ts';

const SERVER_COMMANDS = new Set(['CAP', 'AUTHENTICATE', 'PASS', 'NICK', 'USER', 'PING', 'PONG', 'QUIT', 'MODE']);
const PEER_COMMANDS = new Set(['PRIVMSG', 'NOTICE', 'TAGMSG']);
const MAX_LINES = 64;

/** Facts of the lines of a frame. */
export function ircFacts(frame: Uint8Array): FrameCheck {
  const text = Buffer.from(frame).toString('utf8');
  if (!text.endsWith('\n')) return { problem: 'an IRC frame must end its last line' };
  const lines = text.split(/[\r\n]/).filter((line) => line !== '');
  if (lines.length > MAX_LINES) return { problem: `more than ${MAX_LINES} lines in one frame` };
  const peers: string[] = [];
  const channels: string[] = [];
  const words: string[] = [];
  for (const line of lines) {
    const { command, params } = splitLine(line);
    if (command === 'JOIN') channels.push(...(params[0] ?? '0').split(','));
    else if (PEER_COMMANDS.has(command)) {
      peers.push(...(params[0] ?? '').split(','));
      if (command !== 'TAGMSG') words.push(params[1] ?? '');
    } else if (!SERVER_COMMANDS.has(command)) {
      return { problem: `the IRC command ${JSON.stringify(command.slice(0, 20))} is not known to the gate` };
    } else if (command === 'MODE' && /^[#&+!]/.test(params[0] ?? '')) {
      return { problem: 'MODE of a channel' };
    }
  }
  return { facts: { peers, channels, words, harmless: peers.length === 0 } };
}

function splitLine(line: string): { command: string; params: string[] } {
  let rest = line;
  if (rest.startsWith('@')) rest = afterSpace(rest);
  if (rest.startsWith(':')) rest = afterSpace(rest);
  const at = rest.indexOf(' :');
  const head = (at < 0 ? rest : rest.slice(0, at)).split(' ').filter((word) => word !== '');
  const [command = '', ...params] = head;
  return { command: command.toUpperCase(), params: at < 0 ? params : [...params, rest.slice(at + 2)] };
}

function afterSpace(line: string): string {
  const at = line.indexOf(' ');
  return at < 0 ? '' : line.slice(at + 1).trimStart();
}
