// Honest protocol to damage. Made for this test.

const stanza = (name: string, attrs: string, inner: string): string =>
  `<${name} from='bot@spam.test/r' to='dora@im.test' ${attrs}>${inner}</${name}>`;

/** XMPP stanzas of every kind that a decoy reads. */
export const XMPP_CORPUS: readonly string[] = [
  stanza(
    'message',
    "type='chat' id='1'",
    '<body>hi, is this you? http://x.test/a.scr äöü 😀</body><active xmlns="http://jabber.org/protocol/chatstates"/>',
  ),
  stanza(
    'message',
    "type='headline'",
    '<subject>News</subject><body>read</body><delay xmlns="urn:xmpp:delay" stamp="2026-01-01T00:00:00Z"/>',
  ),
  stanza(
    'message',
    '',
    '<body>b</body><html xmlns="http://jabber.org/protocol/xhtml-im"><body xmlns="http://www.w3.org/1999/xhtml"><a href="http://e.test">http://bank.test</a></body></html>',
  ),
  stanza(
    'message',
    '',
    '<x xmlns="http://jabber.org/protocol/muc#user"><invite from="eve@spam.test"><reason>come</reason></invite></x><x xmlns="jabber:x:conference" jid="r@rooms.test"/>',
  ),
  stanza('message', '', '<x xmlns="jabber:x:oob"><url>http://x.test/f.exe</url></x><body>http://x.test/f.exe</body>'),
  stanza('message', '', '<x xmlns="http://jabber.org/protocol/rosterx"><item action="add" jid="a@b.test"/></x>'),
  stanza('message', '', '<attention xmlns="urn:xmpp:attention:0"/>'),
  stanza(
    'message',
    '',
    '<encrypted xmlns="eu.siacs.conversations.axolotl"><header sid="42"/></encrypted><body>encrypted</body>',
  ),
  stanza(
    'message',
    "type='error'",
    '<body>q</body><error type="cancel"><service-unavailable xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error>',
  ),
  stanza(
    'message',
    '',
    '<propose xmlns="urn:xmpp:jingle-message:0" id="c"><description xmlns="urn:xmpp:jingle:apps:rtp:1" media="audio"/></propose>',
  ),
  stanza(
    'presence',
    "type='subscribe'",
    '<status>see my photos</status><nick xmlns="http://jabber.org/protocol/nick">Eve</nick>',
  ),
  stanza('presence', '', '<c xmlns="http://jabber.org/protocol/caps" hash="sha-1" node="http://bot.test" ver="x"/>'),
  stanza(
    'iq',
    "type='set' id='s'",
    '<si xmlns="http://jabber.org/protocol/si" id="a" profile="http://jabber.org/protocol/si/profile/file-transfer"><file xmlns="http://jabber.org/protocol/si/profile/file-transfer" name="p.jpg.scr" size="48128"/></si>',
  ),
  stanza(
    'iq',
    "type='set' id='j'",
    '<jingle xmlns="urn:xmpp:jingle:1" action="session-initiate" sid="z"><content creator="initiator" name="f"><description xmlns="urn:xmpp:jingle:apps:file-transfer:5"><file><name>a.exe</name><size>9</size></file></description></content></jingle>',
  ),
  stanza('iq', "type='get' id='v'", '<query xmlns="jabber:iq:version"/>'),
  "<r xmlns='urn:xmpp:sm:3'/>",
  "<a xmlns='urn:xmpp:sm:3' h='1'/>",
  ' ',
];

/** IRC lines of every kind that a decoy reads. */
export const IRC_CORPUS: readonly string[] = [
  '@time=2026-01-01T00:00:00.000Z;msgid=a;account=eve :eve!e@h.test PRIVMSG dora :hi http://x.test/a.scr äöü\r\n',
  ':eve!e@h.test PRIVMSG #lobby :\u0002bold\u0002 \u00034,5colour\u000f text\r\n',
  ':eve!e@h.test NOTICE dora :psst\r\n',
  ':eve!e@h.test INVITE dora #warez\r\n',
  ':eve!e@h.test PRIVMSG dora :\u0001VERSION\u0001\r\n',
  ':eve!e@h.test PRIVMSG dora :\u0001DCC SEND "my pics.scr" 3232235777 4000 61440\u0001\r\n',
  ':eve!e@h.test PRIVMSG dora :\u0001DCC SEND passive.exe 3232235777 0 61440 77\u0001\r\n',
  ':eve!e@h.test PRIVMSG dora :\u0001DCC CHAT chat 4294967296 4002\u0001\r\n',
  ':eve!e@h.test JOIN #lobby\r\n',
  ':eve!e@h.test QUIT :http://x.test\r\n',
  'PING :irc.test\r\n',
  ':irc.test 433 * dora :Nickname is already in use\r\n',
  ':irc.test 353 dora = #lobby :dora eve\r\n',
  ':services.test WALLOPS :hello\r\n',
  '\r\n',
];
