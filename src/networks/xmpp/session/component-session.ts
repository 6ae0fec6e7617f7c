// An external component (XEP-0114): one connection, every address of a domain. No TLS and no SASL in the protocol, so
// loopback only; no stream management, so nothing is acknowledged and a crash loses what was under way.
import { createHash } from 'node:crypto';
import { unreachable } from '../../../core/error.ts';
import { NS } from '../wire/namespaces.ts';
import { xml } from '../wire/xml-element.ts';
import type { XmlFrame } from '../wire/xml-framer.ts';
import { encodeStreamOpen, STREAM_CLOSE } from '../wire/xml-write.ts';
import { fail, rawToServer, timer, toServer } from './effects.ts';
import { streamError } from './server-errors.ts';
import type { Session, SessionEffect, SessionInput } from './types.ts';

export interface ComponentOptions {
  readonly domain: string;
  readonly secret: string;
}

export interface ComponentState {
  readonly phase: 'idle' | 'header' | 'handshake' | 'online' | 'closed';
  readonly options: ComponentOptions;
}

type Step = readonly [ComponentState, readonly SessionEffect[]];

const SIGN_ON_MS = 30_000;
const KEEP_ALIVE_MS = 60_000;
/** RFC 6120 4.6.1: whitespace between stanzas. */
const WHITESPACE = new TextEncoder().encode(' ');

/** One step; total. */
export function stepComponent(state: ComponentState, input: SessionInput): Step {
  const { domain } = state.options;
  if (state.phase === 'closed') return [state, []];
  switch (input.kind) {
    case 'connected':
      if (!input.link.loopback && input.link.tls?.verified !== true) {
        return end(
          state,
          fail('LINK_UNVERIFIED', `component ${domain}: the server must be on this machine (XEP-0114 has no TLS)`),
        );
      }
      return [{ ...state, phase: 'header' }, [timer('sign-on', SIGN_ON_MS), open(domain)]];
    case 'frame':
      return onFrame(state, input.frame);
    case 'timer':
      if (input.name === 'keep-alive')
        return [state, [rawToServer('keep-alive', WHITESPACE), timer('keep-alive', KEEP_ALIVE_MS)]];
      return state.phase === 'online'
        ? [state, []]
        : end(state, fail('LINK_TIMEOUT', `component ${domain}: no answer to the handshake`));
    case 'closed':
      return end(state, fail('WIRE_CLOSED', `component ${domain}: the server closed the connection`));
    case 'sign-off':
      return end(state, [
        ...(state.phase === 'idle' ? [] : [rawToServer('sign-off', STREAM_CLOSE)]),
        { kind: 'close', error: undefined },
      ]);
    case 'secured':
    case 'stored':
      return [state, []];
    default:
      return unreachable(input);
  }
}

function onFrame(state: ComponentState, frame: XmlFrame): Step {
  const { domain, secret } = state.options;
  switch (frame.kind) {
    case 'open': {
      const id = frame.header.attrs.get('id') ?? '';
      const digest = createHash('sha1').update(id).update(secret).digest('hex');
      if (state.phase !== 'header') return [state, []];
      return [
        { ...state, phase: 'handshake' },
        [toServer(NS.component, 'sign-on', xml(NS.component, 'handshake', {}, digest))],
      ];
    }
    case 'close':
      return end(state, fail('WIRE_CLOSED', `component ${domain}: the server closed the stream`));
    case 'malformed': {
      const emit: SessionEffect = {
        kind: 'emit',
        arrival: { kind: 'malformed', seq: 0, reason: frame.reason, raw: frame.raw },
      };
      if (!frame.fatal) return [state, [emit]];
      return end(state, [emit, ...fail('WIRE_MALFORMED', `component ${domain}: ${frame.reason}`, { goodbye: true })]);
    }
    case 'element':
      return onElement(state, frame);
    default:
      return unreachable(frame);
  }
}

function onElement(state: ComponentState, frame: Extract<XmlFrame, { kind: 'element' }>): Step {
  const { element, raw } = frame;
  const { domain } = state.options;
  if (element.ns === NS.stream && element.name === 'error') {
    return end(state, [{ kind: 'close', error: streamError(element, `component ${domain}: the server`) }]);
  }
  if (state.phase === 'handshake' && element.name === 'handshake') {
    return [
      { ...state, phase: 'online' },
      [timer('sign-on', undefined), timer('keep-alive', KEEP_ALIVE_MS), { kind: 'online', resumed: false }],
    ];
  }
  if (state.phase !== 'online')
    return end(
      state,
      fail('WIRE_MALFORMED', `component ${domain}: <${element.name.slice(0, 64)}/> before the handshake`),
    );
  return [state, [{ kind: 'emit', arrival: { kind: 'stanza', seq: 0, stanza: element, raw } }]];
}

function open(domain: string): SessionEffect {
  return rawToServer('sign-on', encodeStreamOpen(NS.component, { to: domain }));
}

function end(state: ComponentState, effects: readonly SessionEffect[]): Step {
  return [{ ...state, phase: 'closed' }, effects];
}

/** The machine with its state, for the runner. */
export class ComponentSession implements Session {
  readonly streamNs = NS.component;
  #state: ComponentState;

  constructor(options: ComponentOptions) {
    this.#state = { phase: 'idle', options };
  }

  step(input: SessionInput): readonly SessionEffect[] {
    const [state, effects] = stepComponent(this.#state, input);
    this.#state = state;
    return effects;
  }
}
