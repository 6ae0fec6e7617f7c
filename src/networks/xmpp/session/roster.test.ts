// What a server can tell, and claim, of the decoy's contact list.
import { describe, expect, it } from 'vitest';
import { client, features, feed, LOCAL, mechanisms, onlineClient, SUCCESS, said } from '../testing/drive-session.ts';
import type { SessionEffect } from './types.ts';

describe('the roster', () => {
  const item = (jid: string, subscription?: string): string =>
    `<item jid='${jid}'${subscription === undefined ? '' : ` subscription='${subscription}'`}/>`;
  const roster = (attrs: string, ...items: readonly string[]): string =>
    `<iq ${attrs}><query xmlns='jabber:iq:roster' ver='7'>${items.join('')}</query></iq>`;
  const LISTED = "type='result' id='roster'";
  const contacts = (effects: readonly SessionEffect[]): unknown =>
    effects.flatMap((effect) => (effect.kind === 'emit' ? [effect.arrival] : []));

  it('is asked for before the initial presence, without naming anyone, and by decoys only', () => {
    const bound =
      "<iq type='result' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>dora@im.example/r</jid></bind></iq>";
    const signOn = (asks: boolean): string => {
      const session = client('none', asks);
      session.step({ kind: 'connected', link: LOCAL });
      const bind = features("<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>");
      return said(feed(session, features(mechanisms('PLAIN')) + SUCCESS, bind + bound));
    };
    const asked = '<iq type="get" id="roster"><query xmlns="jabber:iq:roster"/></iq>';
    expect(signOn(true)).toMatch(new RegExp(`${asked}<presence/>$`));
    expect(signOn(false)).not.toContain('roster');
  });

  it('tells who sees the decoy, and so has it on the list', () => {
    const items = [
      ...[item('A@b.example/x', 'from'), item('c@d.example', 'both'), item('e@f.example', 'to'), item('g@h.example')],
      ...[
        item('i@j.example', 'none'),
        item('dora@im.example', 'both'),
        item('@@', 'both'),
        item('', 'from'),
        '<item/>',
      ],
      ...["<item xmlns='x' jid='k@l.example' subscription='both'/>", '<m/>'],
    ];
    const effects = feed(onlineClient(), roster(LISTED, ...items));
    expect(contacts(effects)).toMatchObject([
      { kind: 'contacts', contacts: ['a@b.example', 'c@d.example'], pushed: false, seq: 1 },
    ]);
    expect(said(effects)).toBe('');
  });

  it.each([
    ['nobody is on it', roster(LISTED, item('a@b.example', 'to'))],
    ['it is empty', roster(LISTED)],
    ['it is an error', "<iq type='error' id='roster'><query xmlns='jabber:iq:roster'/></iq>"],
    ['it answers something else', roster("type='result' id='other'", item('a@b.example', 'both'))],
  ])('tells nothing when %s', (_name, text) => {
    expect(feed(onlineClient(), text)).toEqual([]);
  });

  it('is told once a connection, however often the server answers', () => {
    const session = onlineClient();
    const lists = ['a', 'b', 'c'].map((local) => roster(LISTED, item(`${local}@b.example`, 'both')));
    expect(contacts(feed(session, lists.join('')))).toMatchObject([{ contacts: ['a@b.example'] }]);
  });

  it('of a stranger, or of another resource, is none of the server', () => {
    for (const from of ['eve@evil.example/x', 'eve@im.example', 'dora@im.example/other']) {
      const effects = feed(onlineClient(), roster(`${LISTED} from='${from}'`, item('a@b.example', 'both')));
      expect(JSON.stringify(contacts(effects))).not.toContain('"contacts"');
      const pushed = feed(onlineClient(), roster(`type='set' id='p' from='${from}'`, item('a@b.example', 'both')));
      expect([said(pushed), JSON.stringify(contacts(pushed)).includes('"contacts"')]).toEqual(['', false]);
    }
  });

  it('is followed: a change of the server is answered and tells who has come to have the decoy on the list', () => {
    const session = onlineClient();
    const push = (n: number, ...items: readonly string[]) => feed(session, roster(`type='set' id='p${n}'`, ...items));
    const come = push(1, item('a@b.example', 'from'));
    expect(contacts(come)).toMatchObject([{ kind: 'contacts', contacts: ['a@b.example'], pushed: true, seq: 1 }]);
    expect(said(come)).toBe('<iq type="result" id="p1"/>');
    const gone = push(2, item('a@b.example', 'none'), item('c@d.example', 'remove'));
    expect([contacts(gone), said(gone)]).toEqual([[], '<iq type="result" id="p2"/>']);
    // Handled for XEP-0198 when the change is stored, and not before.
    expect(session.resumption?.handled).toBe(0);
    session.step({ kind: 'stored', seq: 1 });
    expect(session.resumption?.handled).toBe(2);
  });

  it('is bounded over a whole connection', () => {
    const session = onlineClient();
    const many = (from: number): string =>
      Array.from({ length: 1500 }, (_value, at) => item(`c${from + at}@b.example`, 'from')).join('');
    const told = [
      roster(LISTED, many(0)),
      roster("type='set' id='p'", many(5000)),
      roster("type='set' id='q'", many(9000)),
    ]
      .flatMap((text) => feed(session, text))
      .map((effect) =>
        effect.kind === 'emit' && effect.arrival.kind === 'contacts' ? effect.arrival.contacts.length : 0,
      );
    expect(told.filter((count) => count > 0)).toEqual([1500, 548]);
  });

  it('is nothing to a session that did not ask', () => {
    const pushed = feed(onlineClient(false), roster("type='set' id='p'", item('a@b.example', 'from')));
    expect(pushed).toEqual([]);
  });
});
