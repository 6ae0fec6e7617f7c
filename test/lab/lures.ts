// What independent senders send in the end-to-end suites, and what must become of it.

const SI_OFFER = `<si xmlns='http://jabber.org/protocol/si' id='a0' mime-type='image/jpeg' profile='http://jabber.org/protocol/si/profile/file-transfer'><file xmlns='http://jabber.org/protocol/si/profile/file-transfer' name='holiday.jpg.scr' size='48128'/><feature xmlns='http://jabber.org/protocol/feature-neg'><x xmlns='jabber:x:data' type='form'><field var='stream-method' type='list-single'><option><value>http://jabber.org/protocol/bytestreams</value></option></field></x></feature></si>`;
const JINGLE_OFFER = `<jingle xmlns='urn:xmpp:jingle:1' action='session-initiate' sid='s1'><content creator='initiator' name='f'><description xmlns='urn:xmpp:jingle:apps:file-transfer:5'><file><name>update.exe</name><size>6144</size><hash xmlns='urn:xmpp:hashes:2' algo='sha-256'>47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=</hash></file></description><transport xmlns='urn:xmpp:jingle:transports:ibb:1' sid='t' block-size='4096'/></content></jingle>`;

/** Stanzas for an account that is a decoy. */
export const forAccount = (to: string, rooms: string): readonly string[] => [
  `<message to='${to}' type='headline' id='h1'><subject>News</subject><body>a headline for you</body></message>`,
  `<message to='${to}' id='x1'><body>your bank writes</body><html xmlns='http://jabber.org/protocol/xhtml-im'><body xmlns='http://www.w3.org/1999/xhtml'><a href='http://login.phish.example/x'>http://bank.example</a></body></html></message>`,
  `<presence to='${to}' type='subscribe'><status>add me</status></presence>`,
  `<presence to='den@${rooms}/nina'><x xmlns='http://jabber.org/protocol/muc'/></presence>`,
  `<iq to='den@${rooms}' type='set' id='cfg'><query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'/></query></iq>`,
  `<message to='den@${rooms}' id='inv'><x xmlns='http://jabber.org/protocol/muc#user'><invite to='${to}'><reason>free songs here</reason></invite></x></message>`,
];

/** Stanzas for addresses of a component that are decoys. */
export const forComponent = (domain: string): readonly string[] => [
  `<iq to='mary.w@${domain}' type='set' id='si1'>${SI_OFFER}</iq>`,
  `<iq to='joe@${domain}/x' type='set' id='j1'>${JINGLE_OFFER}</iq>`,
  `<iq to='joe@${domain}/x' type='set' id='b1'><open xmlns='http://jabber.org/protocol/ibb' sid='t' block-size='4096' stanza='iq'/></iq>`,
];

/** What irssi types at a nick that is a decoy. */
export const forNick = (nick: string): readonly string[] => [
  '/join #den',
  `/msg ${nick} hello from irssi, grüße`,
  `/notice ${nick} psst`,
  `/invite ${nick} #den`,
  `/ctcp ${nick} VERSION`,
  `/dcc send ${nick} "my pics.scr"`,
];

/** A message whose link is a program behind a picture's name; each number another campaign. */
export const executableLure = (to: string, number: number): { stanza: string; text: string; host: string } => {
  const words = [
    'haha is that really you in this photo',
    'unpaid invoice of your last order is attached here',
    'new screensaver with kittens look',
  ];
  const host = `pics${number}.lure.example`;
  const text = `${words[number % words.length]} http://${host}/album${number}.jpg.scr`;
  return { stanza: `<message to='${to}' type='chat' id='l${number}'><body>${text}</body></message>`, text, host };
};
