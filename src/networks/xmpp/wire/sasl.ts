// Which SASL mechanism to use (RFC 6120 6), strongest first, and PLAIN's one message.
import type { TlsFacts } from '../../../core/link.ts';
import { NS } from './namespaces.ts';
import type { BindingChoice, ChannelBinding, ScramHash } from './scram.ts';
import { childOf, childrenOf, textOf, type XmlElement } from './xml-element.ts';

export type SaslChoice =
  | { readonly kind: 'scram'; readonly mechanism: string; readonly hash: ScramHash; readonly binding: BindingChoice }
  | { readonly kind: 'plain'; readonly mechanism: 'PLAIN' };

const MAX_MECHANISMS = 32;

/** Chooses among what `<features/>` offers. @returns undefined when nothing offered is good enough */
export function chooseMechanism(features: XmlElement, tls: TlsFacts | undefined): SaslChoice | undefined {
  const list = childrenOf(childOf(features, NS.sasl, 'mechanisms'), NS.sasl, 'mechanism');
  const offered = new Set(list.slice(0, MAX_MECHANISMS).map((mechanism) => textOf(mechanism).trim()));
  const ours = tls === undefined ? undefined : bindingOf(tls, features);
  if (ours !== undefined) {
    for (const [mechanism, hash] of SCRAM) {
      if (offered.has(`${mechanism}-PLUS`))
        return { kind: 'scram', mechanism: `${mechanism}-PLUS`, hash, binding: ours };
    }
  }
  const plusOffered = SCRAM.some(([mechanism]) => offered.has(`${mechanism}-PLUS`));
  const couldBind = tls?.exporter !== undefined || tls?.endPoint !== undefined;
  for (const [mechanism, hash] of SCRAM) {
    if (!offered.has(mechanism)) continue;
    return { kind: 'scram', mechanism, hash, binding: couldBind && !plusOffered ? 'unoffered' : 'none' };
  }
  return offered.has('PLAIN') ? { kind: 'plain', mechanism: 'PLAIN' } : undefined;
}

const SCRAM: readonly (readonly [string, ScramHash])[] = [
  ['SCRAM-SHA-256', 'sha256'],
  ['SCRAM-SHA-1', 'sha1'],
];

/** The binding both sides can do; a server that does not list its types (XEP-0440) means tls-unique, which is no more. */
function bindingOf(tls: TlsFacts, features: XmlElement): ChannelBinding | undefined {
  const listed = childrenOf(
    childOf(features, NS.saslBinding, 'sasl-channel-binding'),
    NS.saslBinding,
    'channel-binding',
  );
  const types = new Set(listed.slice(0, MAX_MECHANISMS).map((binding) => binding.attrs.get('type')));
  if (tls.exporter !== undefined && types.has('tls-exporter')) return { type: 'tls-exporter', data: tls.exporter };
  if (tls.endPoint !== undefined && types.has('tls-server-end-point')) {
    return { type: 'tls-server-end-point', data: tls.endPoint };
  }
  return undefined;
}

/** RFC 4616. */
export function plainMessage(username: string, password: string): string {
  return `\u0000${username}\u0000${password}`;
}
