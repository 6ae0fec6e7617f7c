// Facts of MSN frames: one command, or one HTTP request to the log-in server or the service of offline messages.
import { isSundewError } from '../../core/error.ts';
import type { Act } from '../../core/link.ts';
import { type MsnpFrame, takeFrame } from '../../networks/msnp/wire/frame.ts';
import { decodeMime, mediaTypeOf, textOf } from '../../networks/msnp/wire/mime.ts';
import type { FrameCheck, FrameFacts } from './frame-facts.ts';

/** What every client says to its own servers. `USR` opens a switchboard too, which needs a cookie that only XFR brings. */
const SERVER_COMMANDS = new Set(['VER', 'CVR', 'INF', 'USR', 'SYN', 'CHG', 'PNG', 'QRY', 'OUT']);
const LISTS = new Set(['ADC', 'ADD', 'REM']);
const LIMITS = { from: 'client', maxPayload: 8192 } as const;
const SOAP_ACTION = /\r\nSOAPAction: "[^"\r\n]{1,100}\/(?:GetMessage|DeleteMessages)"\r\n/;

/** Facts of one frame. */
export function msnpFacts(frame: Uint8Array): FrameCheck {
  const head = Buffer.from(frame).toString('latin1', 0, 8192);
  if (/^(?:GET|POST) \//.test(head)) return httpFacts(head);
  try {
    const taken = takeFrame(frame, LIMITS);
    if (taken === undefined || taken.rest.length > 0) return { problem: 'an MSN frame must be one whole command' };
    return commandFacts(taken.frame);
  } catch (error) {
    if (!isSundewError(error)) throw error;
    return { problem: error.message };
  }
}

function httpFacts(head: string): FrameCheck {
  if (!/^[A-Z]+ \S{1,2000} HTTP\/1\.1\r\n/.test(head)) return { problem: 'an HTTP request without a request line' };
  if (head.startsWith('POST ') && !SOAP_ACTION.test(head))
    return { problem: 'a request that is not about offline messages' };
  return { facts: { ...NOBODY, harmless: true, acts: OWN_SERVER } };
}

const NOBODY: FrameFacts = { peers: [], channels: [], words: [], harmless: false };
/** Without these a nudge, which has no words, could pass for a handshake. */
const OWN_SERVER: readonly Act[] = ['sign-on', 'sign-off', 'keep-alive', 'acknowledge', 'presence'];
const WRITING: readonly Act[] = ['say', 'notify', 'command-reply'];

function commandFacts({ command, args, payload }: MsnpFrame): FrameCheck {
  if (SERVER_COMMANDS.has(command)) return { facts: { ...NOBODY, harmless: true, acts: OWN_SERVER } };
  if (command === 'BLP' && args[1] === 'AL') return { facts: { ...NOBODY, harmless: true, acts: OWN_SERVER } };
  // Enters a conversation that someone else opened; says nothing in it.
  if (command === 'ANS') return { facts: { ...NOBODY, harmless: true, acts: ['delivery-handshake'] } };
  // A switchboard of one's own, into which nobody is called yet.
  if (command === 'XFR' && args[1] === 'SB') return { facts: { ...NOBODY, acts: WRITING } };
  if (command === 'CAL') return { facts: { ...NOBODY, peers: [args[1] ?? ''], acts: WRITING } };
  if (LISTS.has(command)) {
    const peer = args.find((arg) => arg.startsWith('N='))?.slice(2) ?? args[2] ?? '';
    return { facts: { ...NOBODY, peers: [peer], acts: ['accept-contact'] } };
  }
  if (command === 'MSG') {
    // The command names no peer: the switchboard's session sees to it that only the intent's is there.
    const message = decodeMime(payload ?? new Uint8Array());
    const words = mediaTypeOf(message.headers) === 'text/plain' ? [textOf(message)] : [];
    return { facts: { ...NOBODY, words, acts: WRITING } };
  }
  return { problem: `the MSN command ${JSON.stringify(command)} is not known to the gate` };
}
