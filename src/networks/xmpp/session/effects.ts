// Small makers of effects that both sessions use.
import { type ErrorCode, SundewError } from '../../../core/error.ts';
import type { Act } from '../../../core/link.ts';
import type { XmlElement } from '../wire/xml-element.ts';
import { encodeXml, STREAM_CLOSE } from '../wire/xml-write.ts';
import type { SessionEffect, TimerName } from './types.ts';

/** A frame to the own server. */
export function toServer(streamNs: string, act: Act, element: XmlElement): SessionEffect {
  const counts = element.ns === streamNs && isStanzaName(element.name);
  return { kind: 'send', frame: encodeXml(element, streamNs), intent: { act }, counts };
}

export function rawToServer(act: Act, frame: Uint8Array): SessionEffect {
  return { kind: 'send', frame, intent: { act }, counts: false };
}

export function timer(name: TimerName, ms: number | undefined): SessionEffect {
  return { kind: 'set-timer', name, ms };
}

/** Closes with an error; says goodbye to a server that is still there. */
export function fail(code: ErrorCode, message: string, options: { readonly goodbye?: boolean } = {}): SessionEffect[] {
  const close: SessionEffect = { kind: 'close', error: new SundewError(code, message) };
  return options.goodbye === true ? [rawToServer('sign-off', STREAM_CLOSE), close] : [close];
}

export function isStanzaName(name: string): boolean {
  return name === 'message' || name === 'presence' || name === 'iq';
}
