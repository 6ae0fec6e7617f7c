// Invitations to a room: mediated (XEP-0045 7.8.2) and direct (XEP-0249), often both in one stanza: one invitation.
import { parseJid } from '../wire/jid.ts';
import { NS } from '../wire/namespaces.ts';
import { childOf, childText, type XmlElement } from '../wire/xml-element.ts';
import { type Draft, defined, draft, short } from './reading.ts';

/** `meta.inviter` is the real inviter of a mediated invitation: the room vouches for it, the stanza is from the room. */
export function readInvite(message: XmlElement): Draft | undefined {
  const user = childOf(message, NS.mucUser, 'x');
  const invite = childOf(user, NS.mucUser, 'invite');
  const direct = childOf(message, NS.conference, 'x');
  if (invite === undefined && direct?.attrs.has('jid') !== true) return undefined;
  const from = parseJid(message.attrs.get('from') ?? '')?.bare;
  const room = invite === undefined ? parseJid(direct?.attrs.get('jid') ?? '')?.bare : from;
  const reason = childText(invite, NS.mucUser, 'reason') ?? direct?.attrs.get('reason');
  const password = childText(user, NS.mucUser, 'password') ?? direct?.attrs.get('password');
  const via = invite === undefined ? 'direct' : direct === undefined ? 'mediated' : 'both';
  return draft('group-invite', {
    conversation: short(room ?? direct?.attrs.get('jid')),
    text: short(reason, 65_536) ?? bodyWithout(message),
    meta: defined({
      invite: via,
      inviter: short(invite?.attrs.get('from')),
      roomPassword: short(password, 256),
      body: bodyWithout(message)?.slice(0, 4096),
    }),
  });
}

function bodyWithout(message: XmlElement): string | undefined {
  return childText(message, message.ns, 'body');
}
