// A client's stream (RFC 6120, 6121, XEP-0198, XEP-0199) as a machine: data and one pure step.
import { SundewError, unreachable } from '../../../core/error.ts';
import { parseJid } from '../wire/jid.ts';
import { NS } from '../wire/namespaces.ts';
import type { XmlElement } from '../wire/xml-element.ts';
import { xml } from '../wire/xml-element.ts';
import type { XmlFrame } from '../wire/xml-framer.ts';
import { STREAM_CLOSE } from '../wire/xml-write.ts';
import { type ClientOptions, type ClientState, initialClientState } from './client-state.ts';
import { fail, rawToServer, timer, toServer } from './effects.ts';
import { onStanza } from './online.ts';
import { streamError } from './server-errors.ts';
import {
  begin,
  bind,
  closed,
  goOnline,
  KEEP_ALIVE_MS,
  onBind,
  onFeatures,
  onFeaturesAgain,
  onSasl,
  onUpgrade,
  type Step,
  secured,
  unexpected,
} from './sign-on.ts';
import {
  countReceived,
  countStored,
  parseCount,
  resumeManagement,
  type StreamManagement,
  shouldTell,
  startManagement,
  told,
  wireCount,
} from './stream-management.ts';
import type { Session, SessionEffect, SessionInput, TimerName } from './types.ts';

const PONG_MS = 30_000;

/** One step. An input that makes no sense in the state ends the session with WIRE_MALFORMED, never with a crash. */
export function stepClient(state: ClientState, input: SessionInput): Step {
  if (state.phase === 'closed' && input.kind !== 'stored') return [state, []];
  switch (input.kind) {
    case 'connected':
      return begin(state, input.link);
    case 'secured':
      return secured(state, input.link);
    case 'frame':
      return onFrame(state, input.frame);
    case 'timer':
      return onTimer(state, input.name);
    case 'stored':
      return onStored(state, input.seq);
    case 'closed':
      return closed(state, 'WIRE_CLOSED', `${state.options.domain} closed the connection`);
    case 'sign-off':
      return signOff(state);
    default:
      return unreachable(input);
  }
}

function onFrame(state: ClientState, frame: XmlFrame): Step {
  if (frame.kind === 'open') return [state, []];
  if (frame.kind === 'close') return closed(state, 'WIRE_CLOSED', `${state.options.domain} closed the stream`);
  if (frame.kind === 'malformed') return onMalformed(state, frame);
  const { element } = frame;
  if (element.ns === NS.stream && element.name === 'error') {
    return [{ ...state, phase: 'closed' }, [{ kind: 'close', error: streamError(element, state.options.domain) }]];
  }
  switch (state.phase) {
    case 'features':
      return isFeatures(element) ? onFeatures(state, element) : unexpected(state, element);
    case 'upgrading':
      return onUpgrade(state, element);
    case 'authenticating':
      return onSasl(state, element);
    case 'authenticated':
      return isFeatures(element) ? onFeaturesAgain(state, element) : unexpected(state, element);
    case 'resuming':
      return onResume(state, element);
    case 'binding':
      return onBind(state, element);
    case 'enabling':
      return onEnable(state, element, frame.raw);
    case 'online':
      return onOnline(state, element, frame.raw);
    default:
      return unexpected(state, element);
  }
}

function isFeatures(element: XmlElement): boolean {
  return element.ns === NS.stream && element.name === 'features';
}

function onMalformed(state: ClientState, frame: Extract<XmlFrame, { kind: 'malformed' }>): Step {
  const counted = frame.stanza && state.sm !== undefined;
  const sm = counted && state.sm !== undefined ? countReceived(state.sm, true) : state.sm;
  const seq = counted ? (sm?.received ?? 0) : 0;
  const emit: SessionEffect = {
    kind: 'emit',
    arrival: { kind: 'malformed', seq, reason: frame.reason, raw: frame.raw },
  };
  if (!frame.fatal && state.phase === 'online') return [{ ...state, sm }, [emit]];
  // The server would send the same bytes again on resumption, for ever: start afresh instead.
  const error = fail('WIRE_MALFORMED', `${state.options.domain} sent ${frame.reason}`, { goodbye: true });
  return [{ ...state, sm: undefined, phase: 'closed' }, [emit, ...error]];
}

function onResume(state: ClientState, element: XmlElement): Step {
  const { resume } = state;
  if (element.ns !== NS.sm || resume === undefined) return unexpected(state, element);
  if (element.name === 'failed') return bind(state);
  if (element.name !== 'resumed') return unexpected(state, element);
  const sm = resumeManagement(resume);
  return [
    { ...state, sm, jid: sm.jid, resume: undefined, phase: 'online' },
    [timer('sign-on', undefined), timer('keep-alive', KEEP_ALIVE_MS), { kind: 'online', resumed: true }],
  ];
}

function onEnable(state: ClientState, element: XmlElement, raw: Uint8Array): Step {
  if (element.ns !== NS.sm) return onStanza(state, element, raw);
  const online: ClientState = { ...state, phase: 'online' };
  if (element.name !== 'enabled') return [online, goOnline(online)];
  const mayResume = state.options.resumable && ['true', '1'].includes(element.attrs.get('resume') ?? '');
  const id = mayResume ? element.attrs.get('id') : undefined;
  return [{ ...online, sm: startManagement(id, state.jid ?? '') }, goOnline(online)];
}

function onOnline(state: ClientState, element: XmlElement, raw: Uint8Array): Step {
  const calm: Step = [{ ...state, awaitingPong: false }, state.awaitingPong ? [timer('pong', undefined)] : []];
  const [next, effects] = element.ns === NS.sm ? onManagement(calm[0], element) : onStanza(calm[0], element, raw);
  return [next, [...calm[1], ...effects]];
}

function onManagement(state: ClientState, element: XmlElement): Step {
  if (state.sm === undefined) return [state, []];
  if (element.name === 'r') return tell({ ...state, sm: { ...state.sm, owed: true } }, state.sm);
  const count = element.name === 'a' ? parseCount(element.attrs.get('h')) : undefined;
  return [state, count === undefined ? [] : [{ kind: 'acknowledged', count }]];
}

function tell(state: ClientState, sm: StreamManagement): Step {
  const answer = toServer(NS.client, 'acknowledge', xml(NS.sm, 'a', { h: wireCount(sm.handled) }));
  return [{ ...state, sm: told(sm) }, [answer]];
}

function onStored(state: ClientState, seq: number): Step {
  if (state.sm === undefined || seq === 0) return [state, []];
  const sm = countStored(state.sm, seq);
  return shouldTell(sm) && state.phase === 'online' ? tell(state, sm) : [{ ...state, sm }, []];
}

function onTimer(state: ClientState, name: TimerName): Step {
  if (name === 'sign-on') {
    return state.phase === 'online'
      ? [state, []]
      : closed(state, 'LINK_TIMEOUT', `${state.options.domain} did not complete the sign-on`);
  }
  if (name === 'pong') {
    return state.awaitingPong
      ? closed(state, 'LINK_TIMEOUT', `${state.options.domain} no longer answers`)
      : [state, []];
  }
  if (state.phase !== 'online') return [state, []];
  const pings = state.pings + 1;
  // No `to`: the own account's server answers for it, and nothing in the frame names anyone (XEP-0199 4.2).
  const ping = xml(NS.client, 'iq', { type: 'get', id: `ping-${pings}` }, xml(NS.ping, 'ping'));
  return [
    { ...state, pings, awaitingPong: true },
    [toServer(NS.client, 'keep-alive', ping), timer('pong', PONG_MS), timer('keep-alive', KEEP_ALIVE_MS)],
  ];
}

function signOff(state: ClientState): Step {
  const effects: SessionEffect[] = [];
  if (state.phase === 'online' && state.sm !== undefined && state.sm.handled > state.sm.told) {
    effects.push(...tell(state, state.sm)[1]);
  }
  if (state.phase !== 'idle') effects.push(rawToServer('sign-off', STREAM_CLOSE));
  return [{ ...state, phase: 'closed', sm: undefined }, [...effects, { kind: 'close', error: undefined }]];
}

/** The machine with its state, for the runner. */
export class ClientSession implements Session {
  readonly streamNs = NS.client;
  #state: ClientState;

  constructor(options: Omit<ClientOptions, 'local' | 'domain'>, resume?: StreamManagement) {
    const jid = parseJid(options.address);
    if (jid?.local === undefined) {
      throw new SundewError('CONFIG_INVALID', `"${options.address}" is no XMPP address; it must look like name@server`);
    }
    this.#state = initialClientState({ ...options, address: jid.bare, local: jid.local, domain: jid.domain }, resume);
  }

  /** What a later connection needs to take up this stream. */
  get resumption(): StreamManagement | undefined {
    const { sm, resume } = this.#state;
    return sm?.id === undefined ? resume : sm;
  }

  get managed(): boolean {
    return this.#state.sm !== undefined;
  }

  step(input: SessionInput): readonly SessionEffect[] {
    const [state, effects] = stepClient(this.#state, input);
    this.#state = state;
    return effects;
  }
}
