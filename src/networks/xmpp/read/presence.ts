// Presence (RFC 6121 3 and 4): requests to become a contact, and strangers who show or probe.
import type { CaptureKind } from '../../../core/capture.ts';
import { REMOVED_YOU } from '../../../core/contact-list.ts';
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
  const type = presence.attrs.get('type') ?? '';
  const kind = KINDS[type] ?? 'presence';
  return draft(kind, {
    text: short(childText(presence, presence.ns, 'status'), 65_536),
    meta: {
      ...defined({ show: short(childText(presence, presence.ns, 'show'), 32) }),
      // RFC 6121 3.3: the peer no longer wants to see the decoy; a client does that when the contact is deleted.
      ...(type === 'unsubscribe' ? { event: REMOVED_YOU } : {}),
      ...(kind === 'backscatter' ? errorOf(presence) : {}),
    },
  });
}
