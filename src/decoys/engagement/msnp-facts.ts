// Facts of MSN frames: one command, one HTTP request to the log-in server or the service of offline messages, or one line of
// MSNFTP to a peer that offered a file.
import { isSundewError } from '../../core/error.ts';
import { type MsnpFrame, takeFrame } from '../../networks/msnp/wire/frame.ts';
import { decodeMime, mediaTypeOf, textOf } from '../../networks/msnp/wire/mime.ts';
import { OWN_SERVER, WRITING } from './act-sets.ts';
import type { FrameCheck, FrameFacts } from './frame-facts.ts';
import { ftpFacts, invitationFacts, p2pFacts } from './msnp-transfer-facts.ts';

/** What every client says to its own servers. `USR` opens a switchboard too, which needs a cookie that only XFR brings. */
const SERVER_COMMANDS = new Set(['VER', 'CVR', 'INF', 'USR', 'SYN', 'CHG', 'PNG', 'QRY', 'OUT']);
const LIMITS = { from: 'client', maxPayload: 8192 } as const;
const SOAP_ACTION = /\r\nSOAPAction: "[^"\r\n]{1,100}\/(?:GetMessage|DeleteMessages)"\r\n/;

/** Facts of one frame. */
export function msnpFacts(frame: Uint8Array): FrameCheck {
  const head = Buffer.from(frame).toString('latin1', 0, 8192);
  if (/^(?:GET|POST) \//.test(head)) return httpFacts(head);
  try {
    const ftp = ftpFacts(frame);
    if (ftp !== undefined) return { facts: { ...NOBODY, ...ftp } };
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

function commandFacts({ command, args, payload }: MsnpFrame): FrameCheck {
  if (SERVER_COMMANDS.has(command)) return { facts: { ...NOBODY, harmless: true, acts: OWN_SERVER } };
  if (command === 'BLP' && args[1] === 'AL') return { facts: { ...NOBODY, harmless: true, acts: OWN_SERVER } };
  // Enters a conversation that someone else opened; says nothing in it.
  if (command === 'ANS') return { facts: { ...NOBODY, harmless: true, acts: ['delivery-handshake'] } };
  // A switchboard of one's own, into which nobody is called yet.
  if (command === 'XFR' && args[1] === 'SB') return { facts: { ...NOBODY, acts: WRITING } };
  if (command === 'CAL') return { facts: { ...NOBODY, peers: [args[1] ?? ''], acts: WRITING } };
  const contact = contactOf(command, args);
  if (contact !== undefined) return { facts: { ...NOBODY, peers: [contact], acts: ['accept-contact'] } };
  // The command names no peer: the switchboard's session sees to it that only the intent's is there.
  if (command === 'MSG') return messageFacts(payload ?? new Uint8Array());
  return { problem: `the MSN command ${JSON.stringify(command)} is not known to the gate` };
}

/** Who is let in, or moved off the pending list: the forward list would ask back, and blocking is no answer either. */
function contactOf(command: string, args: readonly string[]): string | undefined {
  const [, list = '', who = '', shown = who, ...more] = args;
  if (more.length > 0) return undefined;
  if (command === 'ADC' && (list === 'AL' || list === 'RL') && args.length === 3 && who.startsWith('N='))
    return who.slice(2);
  if (command === 'ADD' && list === 'AL' && shown === who) return who;
  return command === 'REM' && list === 'PL' && args.length === 3 ? who : undefined;
}

function messageFacts(payload: Uint8Array): FrameCheck {
  const message = decodeMime(payload);
  const type = mediaTypeOf(message.headers);
  if (type === 'application/x-msnmsgrp2p' || type === 'text/x-msmsgsinvite') {
    const read = type === 'text/x-msmsgsinvite' ? invitationFacts : p2pFacts;
    const transfer = read(message, payload);
    return transfer === undefined
      ? { problem: 'is more than receiving a file needs' }
      : { facts: { ...NOBODY, ...transfer } };
  }
  const words = type === 'text/plain' ? [textOf(message)] : [];
  return { facts: { ...NOBODY, words, acts: WRITING } };
}
