// What a server's refusals mean for a decoy: retry, or stop and tell the operator.
import { type ErrorCode, SundewError } from '../../../core/error.ts';
import { NS } from '../wire/namespaces.ts';
import { childText, elementsOf, type XmlElement } from '../wire/xml-element.ts';

const MAX_REASON = 300;

/** RFC 6120 4.9.3, the conditions that mean more than "try again later". */
const STREAM_CODES: Readonly<Record<string, ErrorCode>> = {
  conflict: 'DECOY_CONFLICT',
  'not-authorized': 'DECOY_LOGIN_REFUSED',
  'policy-violation': 'DECOY_BANNED',
  'host-unknown': 'DECOY_UNSUPPORTED',
  'host-gone': 'DECOY_UNSUPPORTED',
  'unsupported-version': 'DECOY_UNSUPPORTED',
  // Following it would send the password to whoever can write into the stream (RFC 6120 4.9.3.19).
  'see-other-host': 'LINK_REFUSED',
};

/** RFC 6120 6.5. */
const SASL_CODES: Readonly<Record<string, ErrorCode>> = {
  'account-disabled': 'DECOY_BANNED',
  'temporary-auth-failure': 'LINK_REFUSED',
  'invalid-mechanism': 'DECOY_UNSUPPORTED',
  'mechanism-too-weak': 'DECOY_UNSUPPORTED',
  'encryption-required': 'LINK_UNVERIFIED',
};

/** The error for a `<stream:error/>`. */
export function streamError(element: XmlElement, domain: string): SundewError {
  const { condition, text } = reasonOf(element, NS.streamErrors);
  const code = STREAM_CODES[condition] ?? 'WIRE_CLOSED';
  return new SundewError(code, `${domain} closed the stream: ${condition}${text}${advice(code)}`);
}

/** The error for a SASL `<failure/>`. */
export function saslError(element: XmlElement, address: string): SundewError {
  const { condition, text } = reasonOf(element, NS.sasl);
  const code = SASL_CODES[condition] ?? 'DECOY_LOGIN_REFUSED';
  return new SundewError(code, `sign-on as ${address} was refused: ${condition}${text}${advice(code)}`);
}

function reasonOf(element: XmlElement, ns: string): { readonly condition: string; readonly text: string } {
  const condition = elementsOf(element).find((child) => child.ns === ns && child.name !== 'text')?.name;
  const text = childText(element, ns, 'text');
  return {
    condition: (condition ?? 'undefined-condition').slice(0, 64),
    text: text === undefined ? '' : ` (${text.slice(0, MAX_REASON)})`,
  };
}

function advice(code: ErrorCode): string {
  if (code === 'DECOY_LOGIN_REFUSED') return '; check the address and the password';
  if (code === 'DECOY_BANNED') return '; ask the operator of the server before it is enabled again';
  if (code === 'DECOY_CONFLICT') return '; the same address is signed on elsewhere';
  return '';
}
