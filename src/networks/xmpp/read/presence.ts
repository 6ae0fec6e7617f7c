// Presence (RFC 6121 3 and 4): requests to become a contact, and strangers who show or probe.
import type { CaptureKind } from '../../../core/capture.ts';
import { childText, type XmlElement } from '../wire/xml-element.ts';
import { errorOf } from './message.ts';
import { type Draft, defined, draft, short } from './reading.ts';

const KINDS: Readonly<Record<string, CaptureKind>> = {
  subscribe: 'contact-request',
  subscribed: 'contact-change',
  unsubscribe: 'contact-change',
  unsubscribed: 'contact-change',
  error: 'backscatter',
};

/** The status text carries the lure of a contact request. */
export function readPresence(presence: XmlElement): Draft {
  const kind = KINDS[presence.attrs.get('type') ?? ''] ?? 'presence';
  return draft(kind, {
    text: short(childText(presence, presence.ns, 'status'), 65_536),
    meta: {
      ...defined({ show: short(childText(presence, presence.ns, 'show'), 32) }),
      ...(kind === 'backscatter' ? errorOf(presence) : {}),
    },
  });
}
