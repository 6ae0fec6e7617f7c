// The machine alone: no socket, no timer. What a hostile or broken server can do to a sign-on.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BAD,
  client,
  code,
  features,
  feed,
  GOOD,
  LOCAL,
  mechanisms,
  onlineClient,
  PLAIN,
  STARTTLS,
  SUCCESS,
  said,
} from '../testing/drive-session.ts';
import { ClientSession } from './client-session.ts';
import { ComponentSession } from './component-session.ts';

describe('credentials (I-24)', () => {
  it('says nothing at all over direct TLS with a bad certificate', () => {
    const effects = client('direct').step({ kind: 'connected', link: BAD });
    expect(said(effects)).toBe('');
    expect(code(effects)).toBe('LINK_UNVERIFIED');
  });

  it('says nothing at all over a plain link to another machine', () => {
    const effects = client('none').step({ kind: 'connected', link: PLAIN });
    expect([said(effects), code(effects)]).toEqual(['', 'LINK_UNVERIFIED']);
  });

  it.each([
    ['STARTTLS is not offered', features(mechanisms('PLAIN'))],
    ['STARTTLS is refused', `${features(STARTTLS)}<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>`],
    [
      'the server asks for authentication instead',
      `${features(STARTTLS)}<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>`,
    ],
  ])('sends no authentication when %s', (_name, text) => {
    const session = client();
    const effects = [...session.step({ kind: 'connected', link: PLAIN }), ...feed(session, text)];
    expect(said(effects)).not.toContain('<auth');
    expect(code(effects)).toBe('LINK_UNVERIFIED');
  });

  it('sends none after STARTTLS with a bad certificate, and some with a good one', () => {
    for (const [link, expected] of [
      [BAD, false],
      [GOOD, true],
    ] as const) {
      const session = client();
      session.step({ kind: 'connected', link: PLAIN });
      const proceed = feed(session, `${features(STARTTLS)}<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>`);
      expect(proceed.at(-1)?.kind).toBe('start-tls');
      const after = [...session.step({ kind: 'secured', link }), ...feed(session, features(mechanisms('SCRAM-SHA-1')))];
      expect(said(after).includes('<auth')).toBe(expected);
    }
  });

  it('does not believe a server that claims success without knowing the password', () => {
    const session = client('none');
    session.step({ kind: 'connected', link: LOCAL });
    const effects = feed(session, features(mechanisms('SCRAM-SHA-1')) + SUCCESS);
    expect(code(effects)).toBe('LINK_UNVERIFIED');
  });
});

describe('refusals', () => {
  const failure = (condition: string): string =>
    `${features(mechanisms('PLAIN'))}<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><${condition}/></failure>`;
  const error = (condition: string): string =>
    `<stream:error><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>`;

  it.each([
    [failure('not-authorized'), 'DECOY_LOGIN_REFUSED'],
    [failure('account-disabled'), 'DECOY_BANNED'],
    [failure('temporary-auth-failure'), 'LINK_REFUSED'],
    [features(mechanisms('X-NEW')), 'DECOY_UNSUPPORTED'],
    [error('conflict'), 'DECOY_CONFLICT'],
    [error('policy-violation'), 'DECOY_BANNED'],
    [error('host-unknown'), 'DECOY_UNSUPPORTED'],
    [error('see-other-host'), 'LINK_REFUSED'],
    [error('system-shutdown'), 'WIRE_CLOSED'],
    ['</stream:stream>', 'WIRE_CLOSED'],
    ['<message/>', 'WIRE_MALFORMED'],
    ['<!-- -->', 'WIRE_MALFORMED'],
  ])('reads %s as %s', (text, expected) => {
    const session = client('none');
    session.step({ kind: 'connected', link: LOCAL });
    expect(code(feed(session, text))).toBe(expected);
  });

  it('gives up on a server that does not complete the sign-on, or no longer answers', () => {
    const session = client('none');
    session.step({ kind: 'connected', link: LOCAL });
    expect(code(session.step({ kind: 'timer', name: 'sign-on' }))).toBe('LINK_TIMEOUT');
    const online = onlineClient();
    const ping = online.step({ kind: 'timer', name: 'keep-alive' });
    expect(said(ping)).toBe('<iq type="get" id="ping-1"><ping xmlns="urn:xmpp:ping"/></iq>');
    expect(code(online.step({ kind: 'timer', name: 'pong' }))).toBe('LINK_TIMEOUT');
  });
});

describe('a session that is online', () => {
  const message = (n: number): string => `<message from='a@b.example' id='${n}'/>`;

  it('answers a ping of its own server and nobody else', () => {
    const ping = (from: string): string => `<iq type='get' id='p' ${from}><ping xmlns='urn:xmpp:ping'/></iq>`;
    expect(said(feed(onlineClient(), ping("from='im.example'")))).toBe('<iq type="result" id="p" to="im.example"/>');
    const stranger = feed(onlineClient(), ping("from='eve@im.example/x'"));
    expect(said(stranger)).toBe('');
    expect(stranger.map((effect) => effect.kind)).toEqual(['emit']);
  });

  it('counts as handled only what is stored, and tells when all of it is', () => {
    const session = onlineClient();
    const effects = feed(session, `${message(1)}${message(2)}<r xmlns='urn:xmpp:sm:3'/>`);
    expect(said(effects)).toContain('h="0"');
    expect(said(session.step({ kind: 'stored', seq: 1 }))).toBe('');
    expect(session.resumption?.handled).toBe(1);
    expect(said(session.step({ kind: 'stored', seq: 2 }))).toContain('h="2"');
  });

  it('asks on resumption for what was not stored', () => {
    const session = onlineClient();
    feed(session, message(1) + message(2));
    session.step({ kind: 'stored', seq: 1 });
    session.step({ kind: 'closed' });
    const next = new ClientSession(
      {
        address: 'dora@im.example',
        password: 'secret',
        tls: 'none',
        resource: 'r',
        nonce: 'n',
        resumable: true,
        roster: true,
      },
      session.resumption,
    );
    next.step({ kind: 'connected', link: LOCAL });
    const effects = feed(next, features(mechanisms('PLAIN')) + SUCCESS, features("<sm xmlns='urn:xmpp:sm:3'/>"));
    expect(said(effects)).toContain('<resume xmlns="urn:xmpp:sm:3" previd="sm1" h="1"/>');
    expect(said(feed(next, "<failed xmlns='urn:xmpp:sm:3'/>"))).toContain('<bind');
  });

  it('does not take up again a stream that could not be read', () => {
    const session = onlineClient();
    feed(session, `${message(1)}<!-- -->`);
    expect(session.resumption).toBeUndefined();
  });

  it('sends nothing that names a peer, whatever the server sends', () => {
    const piece = fc.constantFrom(
      ...[
        message(1),
        '<r xmlns="urn:xmpp:sm:3"/>',
        '<a xmlns="urn:xmpp:sm:3" h="-1"/>',
        '<presence from="a@b.example" type="subscribe"/>',
      ],
      ...[
        '<iq type="get" from="a@b.example" id="1"><ping xmlns="urn:xmpp:ping"/></iq>',
        '<iq type="set" id="1"><query xmlns="jabber:iq:roster"/></iq>',
        '<iq type="set" id="2"><query xmlns="jabber:iq:roster"><item jid="a@b.example" subscription="from"/></query></iq>',
      ],
      ...['<iq/>', '<bad', '<enabled xmlns="urn:xmpp:sm:3"/>', '<stream:features/>', '<x/>', 'text'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(said(feed(onlineClient(), pieces.join('')))).not.toMatch(/b\.example|<message|<presence/);
      }),
    );
  });
});

describe('a component', () => {
  it('does the handshake of XEP-0114 3', () => {
    const session = new ComponentSession({ domain: 'traps.example', secret: 'secret' });
    session.step({ kind: 'connected', link: LOCAL });
    expect(said(feed(session, ''))).toBe('<handshake>0711e852e839cda7bffbe92eb3474fa0fce95b1e</handshake>');
  });

  it('says nothing over a link to another machine', () => {
    const effects = new ComponentSession({ domain: 'traps.example', secret: 's' }).step({
      kind: 'connected',
      link: PLAIN,
    });
    expect([said(effects), code(effects)]).toEqual(['', 'LINK_UNVERIFIED']);
  });
});
