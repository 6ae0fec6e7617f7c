// The way from a connection to a bound resource: STARTTLS, SASL, resumption or binding (RFC 6120 5 to 7, XEP-0198 5).
import { isSundewError, type SundewError } from '../../../core/error.ts';
import { NS } from '../wire/namespaces.ts';
import { chooseMechanism, plainMessage } from '../wire/sasl.ts';
import { answerScram, provesServer, startScram } from '../wire/scram.ts';
import { childOf, childText, textOf, type XmlElement, xml } from '../wire/xml-element.ts';
import { encodeStreamOpen } from '../wire/xml-write.ts';
import type { ClientState } from './client-state.ts';
import { fail, rawToServer, timer, toServer } from './effects.ts';
import { askRoster } from './roster.ts';
import { saslError } from './server-errors.ts';
import { wireCount } from './stream-management.ts';
import type { LinkFacts, SessionEffect } from './types.ts';

export type Step = readonly [ClientState, readonly SessionEffect[]];

export const SIGN_ON_MS = 30_000;

/** Opens the first stream, unless the link is not what the settings demand (I-24: not one byte then). */
export function begin(state: ClientState, link: LinkFacts): Step {
  const { tls, domain } = state.options;
  if (tls === 'none' && !link.loopback) {
    return closed(
      state,
      'LINK_UNVERIFIED',
      `${domain}: "tls: none" is for servers on this machine only; use starttls or direct`,
    );
  }
  if (tls === 'direct') {
    const problem = unverified(link, domain);
    if (problem !== undefined) return closed(state, 'LINK_UNVERIFIED', problem);
  }
  return [{ ...state, link, phase: 'features' }, [timer('sign-on', SIGN_ON_MS), openStream(state)]];
}

/** After the TLS handshake: on only when the certificate is good. */
export function secured(state: ClientState, link: LinkFacts): Step {
  const problem = unverified(link, state.options.domain);
  if (problem !== undefined) return closed(state, 'LINK_UNVERIFIED', problem);
  return [{ ...state, link, phase: 'features' }, [{ kind: 'restart' }, openStream(state)]];
}

/** `<stream:features/>` before authentication. */
export function onFeatures(state: ClientState, features: XmlElement): Step {
  const { domain, tls } = state.options;
  if (tls === 'starttls' && state.link?.tls === undefined) {
    if (childOf(features, NS.tls, 'starttls') === undefined) {
      return closed(state, 'LINK_UNVERIFIED', `${domain} does not offer STARTTLS, so no credentials were sent`);
    }
    return [{ ...state, phase: 'upgrading' }, [toServer(NS.client, 'sign-on', xml(NS.tls, 'starttls'))]];
  }
  return authenticate(state, features);
}

function authenticate(state: ClientState, features: XmlElement): Step {
  const { local, password, nonce, domain } = state.options;
  const choice = chooseMechanism(features, state.link?.tls);
  if (choice === undefined) {
    return closed(state, 'DECOY_UNSUPPORTED', `${domain} offers neither SCRAM nor PLAIN; the decoy can use no other`);
  }
  const scram = choice.kind === 'scram' ? startScram(choice.hash, local, nonce, choice.binding) : undefined;
  const message = scram?.message ?? plainMessage(local, password);
  const auth = xml(NS.sasl, 'auth', { mechanism: choice.mechanism }, Buffer.from(message).toString('base64'));
  return [{ ...state, phase: 'authenticating', scram, serverFinal: undefined }, [toServer(NS.client, 'sign-on', auth)]];
}

/** `<proceed/>` or `<failure/>` of STARTTLS. */
export function onUpgrade(state: ClientState, element: XmlElement): Step {
  if (element.ns === NS.tls && element.name === 'proceed') return [state, [{ kind: 'start-tls' }]];
  return closed(state, 'LINK_UNVERIFIED', `${state.options.domain} refused STARTTLS, so no credentials were sent`);
}

/** SASL's challenge, success and failure. */
export function onSasl(state: ClientState, element: XmlElement): Step {
  if (element.ns !== NS.sasl) return unexpected(state, element);
  const payload = Buffer.from(textOf(element), 'base64').toString('utf8');
  if (element.name === 'failure') {
    return [{ ...state, phase: 'closed' }, [{ kind: 'close', error: saslError(element, state.options.address) }]];
  }
  if (element.name === 'challenge' && state.scram !== undefined) return onChallenge(state, payload);
  if (element.name !== 'success') return unexpected(state, element);
  const proven = state.scram === undefined || isProven(state.serverFinal, payload);
  if (!proven) {
    return closed(
      state,
      'LINK_UNVERIFIED',
      `${state.options.domain} does not know the password that it claims to check`,
    );
  }
  return [{ ...state, phase: 'authenticated', scram: undefined }, [{ kind: 'restart' }, openStream(state)]];
}

/** RFC 5802 7: the signature comes with success, or came in a last challenge. */
function isProven(expected: string | undefined, payload: string): boolean {
  return expected === PROVEN || (expected !== undefined && provesServer(expected, payload));
}

const PROVEN = 'proven';

function onChallenge(state: ClientState, payload: string): Step {
  if (state.scram === undefined) return closed(state, 'WIRE_MALFORMED', 'a SASL challenge that nothing called for');
  if (state.serverFinal !== undefined) {
    if (!provesServer(state.serverFinal, payload)) return onSasl(state, xml(NS.sasl, 'success'));
    return [{ ...state, serverFinal: PROVEN }, [toServer(NS.client, 'sign-on', xml(NS.sasl, 'response'))]];
  }
  try {
    const answer = answerScram(state.scram, payload, state.options.password);
    const response = xml(NS.sasl, 'response', {}, Buffer.from(answer.message).toString('base64'));
    return [{ ...state, serverFinal: answer.serverFinal }, [toServer(NS.client, 'sign-on', response)]];
  } catch (error) {
    if (!isSundewError(error)) throw error;
    return [{ ...state, phase: 'closed' }, [{ kind: 'close', error }]];
  }
}

/** `<stream:features/>` after authentication: resume what was, or bind anew. */
export function onFeaturesAgain(state: ClientState, features: XmlElement): Step {
  const offersSm = childOf(features, NS.sm, 'sm') !== undefined;
  const { resume } = state;
  if (offersSm && resume?.id !== undefined) {
    const element = xml(NS.sm, 'resume', { previd: resume.id, h: wireCount(resume.handled) });
    return [{ ...state, offersSm, phase: 'resuming' }, [toServer(NS.client, 'sign-on', element)]];
  }
  return bind({ ...state, offersSm });
}

/** RFC 6120 7. Also where a resumption failed. */
export function bind(state: ClientState): Step {
  const request = xml(NS.bind, 'bind', {}, xml(NS.bind, 'resource', {}, state.options.resource));
  const iq = xml(NS.client, 'iq', { type: 'set', id: 'bind' }, request);
  return [{ ...state, resume: undefined, phase: 'binding' }, [toServer(NS.client, 'sign-on', iq)]];
}

/** The answer to binding. */
export function onBind(state: ClientState, iq: XmlElement): Step {
  if (iq.name !== 'iq' || iq.attrs.get('id') !== 'bind') return unexpected(state, iq);
  const jid = childText(childOf(iq, NS.bind, 'bind'), NS.bind, 'jid');
  if (iq.attrs.get('type') !== 'result' || jid === undefined) {
    const conflict = childOf(childOf(iq, NS.client, 'error'), NS.stanzaErrors, 'conflict') !== undefined;
    const code = conflict ? 'DECOY_CONFLICT' : 'LINK_REFUSED';
    return closed(
      state,
      code,
      `${state.options.domain} gave ${state.options.address} no resource; it is tried again later`,
    );
  }
  if (!state.offersSm) return [{ ...state, jid, phase: 'online' }, goOnline(state)];
  const enable = xml(NS.sm, 'enable', { resume: state.options.resumable ? 'true' : undefined });
  return [{ ...state, jid, phase: 'enabling' }, [toServer(NS.client, 'sign-on', enable)]];
}

/** The roster before the initial presence, as RFC 6121 2.2 has it (4.2), and the timers of an idle stream. */
export function goOnline({ options }: ClientState): SessionEffect[] {
  return [
    { kind: 'online', resumed: false },
    ...(options.roster ? [toServer(NS.client, 'sign-on', askRoster())] : []),
    toServer(NS.client, 'presence', xml(NS.client, 'presence')),
    timer('sign-on', undefined),
    timer('keep-alive', KEEP_ALIVE_MS),
  ];
}

export const KEEP_ALIVE_MS = 120_000;

/** An element that has no business in this phase. */
export function unexpected(state: ClientState, element: XmlElement): Step {
  return closed(state, 'WIRE_MALFORMED', `${state.options.domain} sent <${element.name.slice(0, 64)}/> during sign-on`);
}

export function closed(state: ClientState, code: SundewError['code'], message: string): Step {
  return [{ ...state, phase: 'closed' }, fail(code, message)];
}

function openStream(state: ClientState): SessionEffect {
  return rawToServer('sign-on', encodeStreamOpen(NS.client, { to: state.options.domain, version: '1.0' }));
}

function unverified(link: LinkFacts, domain: string): string | undefined {
  if (link.tls?.verified === true) return undefined;
  const problem = link.tls === undefined ? 'the link is not encrypted' : (link.tls.problem ?? 'it is not trusted');
  return `the certificate of ${domain} does not hold (${problem}), so no credentials were sent; give its root as "ca" if it is yours`;
}
