// Facts of Sametime frames. Whole messages only; what is not listed here is denied.

import { isSundewError } from '../../core/error.ts';
import type { Act } from '../../core/link.ts';
import type { ChannelAccept, ChannelCreate } from '../../networks/sametime/wire/channel.ts';
import { SEND_FILE_ACK } from '../../networks/sametime/wire/file-offer.ts';
import { KEEP_ALIVE, takeSametimeFrame } from '../../networks/sametime/wire/frame.ts';
import { decodeImAnswer, SEND_IM } from '../../networks/sametime/wire/im.ts';
import { type ChannelSend, decodeSametime, type SametimeMessage } from '../../networks/sametime/wire/message.ts';
import {
  AWARENESS,
  FILE_TRANSFER,
  IM,
  RESOLVE,
  SERVER_CHANNEL,
  STORAGE,
} from '../../networks/sametime/wire/services.ts';
import type { FrameCheck, FrameFacts } from './frame-facts.ts';

const OWN_SERVICES = [AWARENESS, RESOLVE, STORAGE].map(({ service }) => service);
const SAYING: readonly Act[] = ['notify', 'command-reply'];
const NOTHING: FrameFacts = { peers: [], channels: [], words: [], harmless: false };
const HARMLESS: FrameFacts = { ...NOTHING, harmless: true };

/** Facts of one frame: a keep-alive byte or one message. */
export function sametimeFacts(frame: Uint8Array): FrameCheck {
  if (frame.length === KEEP_ALIVE.length && frame[0] === KEEP_ALIVE[0]) {
    return { facts: { ...HARMLESS, acts: ['keep-alive'] } };
  }
  try {
    const { frame: whole } = takeSametimeFrame(frame);
    if (whole?.length !== frame.length) return { problem: 'a Sametime frame must be one whole message' };
    const facts = factsOf(decodeSametime(frame));
    return facts === undefined ? { problem: 'this Sametime message is not known to the gate' } : { facts };
  } catch (error) {
    if (!isSundewError(error)) throw error;
    return { problem: `no Sametime message: ${error.message}` };
  }
}

function factsOf(message: SametimeMessage): FrameFacts | undefined {
  switch (message.kind) {
    case 'handshake':
    case 'login':
    case 'login-continue':
      return { ...HARMLESS, acts: ['sign-on'] };
    case 'privacy':
      return { ...HARMLESS, acts: ['presence'] };
    case 'status':
      return { ...HARMLESS, acts: ['presence'], words: wordsOf(message.status.text) };
    case 'create':
      return factsOfCreate(message);
    case 'accept':
      return factsOfAccept(message);
    case 'send':
      return factsOfSend(message);
    case 'destroy':
      if (message.channel === 0) return { ...HARMLESS, acts: ['sign-off'] };
      return message.channel < SERVER_CHANNEL ? { ...NOTHING, acts: SAYING } : undefined;
    default:
      return undefined;
  }
}

/** To the own server's services, or to a peer: that is for those who may speak first. */
function factsOfCreate({ service, target }: ChannelCreate): FrameFacts | undefined {
  if (target.user === '') return OWN_SERVICES.includes(service) ? { ...HARMLESS, acts: ['sign-on'] } : undefined;
  return service === IM.service ? { ...NOTHING, peers: [target.user], acts: SAYING } : undefined;
}

/** The frame names a channel and not whose it is: the session keeps that, and the cause is asked for besides. */
function factsOfAccept({ channel, data, service }: ChannelAccept): FrameFacts | undefined {
  if (channel < SERVER_CHANNEL) return undefined;
  if (service === FILE_TRANSFER.service) return data.length === 0 ? { ...NOTHING, acts: ['accept-file'] } : undefined;
  if (service !== IM.service) return undefined;
  const { status } = decodeImAnswer(data);
  return { ...HARMLESS, acts: ['delivery-handshake'], words: wordsOf(status.text) };
}

function factsOfSend({ channel, data, sendType }: ChannelSend): FrameFacts | undefined {
  if (channel >= SERVER_CHANNEL) {
    return sendType === SEND_FILE_ACK && data.length === 0 ? { ...NOTHING, acts: ['transfer'] } : undefined;
  }
  if (sendType === SEND_IM) return { ...NOTHING, acts: SAYING };
  return { ...HARMLESS, acts: ['presence'] };
}

function wordsOf(text: string): readonly string[] {
  return text === '' ? [] : [text];
}
