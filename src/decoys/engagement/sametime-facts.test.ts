// What the gate lets a Sametime account send, whatever the intent claims.
import { describe, expect, test } from 'vitest';
import type { CaptureId } from '../../core/capture.ts';
import type { Intent } from '../../core/link.ts';
import { type FrameName, frame, hex } from '../../networks/sametime/testing/vectors.ts';
import { encodeSametime, type SametimeMessage } from '../../networks/sametime/wire/message.ts';
import { AWARENESS, FILE_TRANSFER, IM } from '../../networks/sametime/wire/services.ts';
import { Contacts } from './contacts.ts';
import { createGate } from './gate.ts';

const cause = 'c1' as CaptureId;
const eve = 'CN=Eve/O=Acme';
const none = new Uint8Array();
const channel = 0x80000001;

function decoyGate(level: 'observe' | 'accept') {
  const contacts = new Contacts();
  contacts.remember({
    v: 1,
    id: cause,
    at: '2026-01-01T00:00:00Z',
    network: 'sametime',
    sensor: 's',
    decoy: 'dora',
    peer: { id: eve },
    kind: 'connection',
    meta: {},
    simulated: false,
  });
  return createGate({
    role: 'decoy',
    network: 'sametime',
    address: 'dora',
    level: () => level,
    contacts,
    isDecoy: () => false,
    said: { saidToday: () => false, remember: () => undefined },
    now: () => new Date(),
  });
}

const notifier = createGate({
  role: 'notifier',
  network: 'sametime',
  address: 'alerts',
  mayNotify: (address) => address === 'cn=al/o=acme',
  mayAnswer: () => false,
});

const fileAccept = encodeSametime({ kind: 'accept', channel, ...FILE_TRANSFER, data: none, mode: 0 });
const toPeer = (user: string, service = IM): SametimeMessage => ({
  kind: 'create',
  id: 20,
  target: { user, community: '' },
  ...service,
  data: hex('0000000100000001'),
  mode: 0,
  ciphers: [],
});

describe('the gate on Sametime', () => {
  const own: Intent = { act: 'sign-on' };
  const handshake: Intent = { act: 'delivery-handshake', peer: eve, cause };
  for (const [name, bytes, intent, allowed] of [
    ['a handshake', frame('handshake'), own, true],
    ['a login', frame('loginDh'), own, true],
    ['a service of the own server', frame('awareCreate'), own, true],
    ['a keep-alive', hex('80'), { act: 'keep-alive' }, true],
    ['the accept of an IM channel', frame('imAccept'), handshake, true],
    ['the same without a cause', frame('imAccept'), { act: 'delivery-handshake', peer: eve }, false],
    ['the same for another of that first name', frame('imAccept'), { ...handshake, peer: 'CN=Eve/O=Other' }, false],
    ['the accept of a file, called a handshake', fileAccept, handshake, false],
    ['the accept of a file, called what it is', fileAccept, { ...handshake, act: 'accept-file' }, false],
    ['a channel to a peer, called a sign-on', encodeSametime(toPeer(eve)), own, false],
    ['a channel to a peer, called a handshake', encodeSametime(toPeer(eve)), handshake, false],
    ['an IM on an own channel', frame('im'), { act: 'presence' }, false],
    ['a status with words', frame('status'), { act: 'presence' }, false],
    ['an announcement', frame('announce'), own, false],
    ['a conference', encodeSametime(toPeer('', { ...AWARENESS, service: 0x80000010 })), own, false],
    ['two messages in one', Buffer.concat([frame('handshake'), frame('handshake')]), own, false],
    ['half a message', frame('handshake').subarray(0, 9), own, false],
  ] as const satisfies readonly (readonly [string, Uint8Array, Intent, boolean])[]) {
    test(`${allowed ? 'lets' : 'stops'} ${name} at observe`, () => {
      expect(decoyGate('observe').rule(bytes, intent).allowed).toBe(allowed);
    });
  }

  test('lets a file be taken at accept, and nothing be said', () => {
    const gate = decoyGate('accept');
    expect(gate.rule(fileAccept, { act: 'accept-file', peer: eve, cause }).allowed).toBe(true);
    expect(gate.rule(frame('fileAck'), { act: 'transfer', peer: eve, cause }).allowed).toBe(true);
    expect(gate.rule(frame('im'), { act: 'transfer', peer: eve, cause }).allowed).toBe(false);
    expect(gate.rule(frame('im'), { act: 'say', peer: eve, cause }).allowed).toBe(false);
  });

  test('lets a notifier write to whom it may, by the whole name, and take channels', () => {
    const notify = (peer: string): Intent => ({ act: 'notify', peer });
    expect(notifier.rule(encodeSametime(toPeer('CN=Al/O=Acme')), notify('CN=Al/O=Acme')).allowed).toBe(true);
    expect(notifier.rule(encodeSametime(toPeer('CN=Al/O=Evil')), notify('CN=Al/O=Evil')).allowed).toBe(false);
    expect(notifier.rule(encodeSametime(toPeer('CN=Bo/O=Acme')), notify('CN=Al/O=Acme')).allowed).toBe(false);
    expect(notifier.rule(frame('imAccept'), { act: 'delivery-handshake' }).allowed).toBe(true);
    const names: FrameName[] = ['announce', 'fileCreate'];
    for (const name of names) expect(notifier.rule(frame(name), notify('CN=Al/O=Acme')).allowed).toBe(false);
  });
});
