// Honest Yahoo packets to damage, made byte by byte here and not by our own encoder. Made for this test.

/** A packet of texts: `key=value` pairs behind a header. */
function packet(service: number, status: number, ...pairs: readonly string[]): Buffer {
  const parts = pairs.map((pair) => {
    const at = pair.indexOf('=');
    const separator = Buffer.of(0xc0, 0x80);
    return Buffer.concat([Buffer.from(pair.slice(0, at)), separator, Buffer.from(pair.slice(at + 1)), separator]);
  });
  const body = Buffer.concat(parts);
  const header = Buffer.alloc(20);
  header.write('YMSG');
  header.writeUInt16BE(body.length, 8);
  header.writeUInt16BE(service, 10);
  header.writeUInt32BE(status, 12);
  return Buffer.concat([header, body]);
}

/** What an honest server says until the decoy is online. */
export const YMSG_SIGN_ON: readonly Buffer[] = [
  packet(0x4c, 1),
  packet(0x57, 1, '1=dora', '94=_KPIIRejSOuW3HTqC.407w--'),
  packet(0x55, 0, '87=Friends:ann,bob\n', '89=dora', '59=Y\tv=1; expires=x', '59=T\tz=1; expires=x'),
];

const FROM = ['5=dora', '4=eve'];

/** Packets of every kind that a decoy reads. */
export const YMSG_CORPUS: readonly Buffer[] = [
  packet(0x06, 1, ...FROM, '14=hi http://x.test/a.scr äöü 😀', '63=;0', '64=0', '97=1', '15=1795411394.58'),
  packet(
    0x06,
    1,
    ...FROM,
    '14=<font face="Arial" size="10">\u001b[1mhi\u001b[x1m</font> \u001b[lmhttp://x.test\u001b[xlm',
  ),
  packet(0x06, 1, ...FROM, '14=<ding>', '429=id'),
  packet(0x06, 5, '31=6', '32=6', '4=eve', '5=dora', '14=one', '15=1795411396', '31=6', '4=bob', '14=two', '15=x'),
  packet(0x06, 2, '5=dora', '4=eve', '14=not sent'),
  packet(0x4b, 1, ...FROM, '49=TYPING', '14= ', '13=1'),
  packet(0x4b, 1, ...FROM, '49=WEBCAMINVITE', '14= '),
  packet(0x0f, 3, '1=dora', '3=eve', '14=add me', '97=1', '15=1795411394'),
  packet(0x0f, 7, '1=dora', '3=eve', '14=no'),
  packet(0xd6, 3, '4=eve', '5=dora', '14=add me', '216=Jane', '254=Doe', '241=0'),
  packet(
    0x4d,
    1,
    ...FROM,
    '13=1',
    '27=pic.scr',
    '28=45056',
    '20=http://192.0.2.10:80/a?K=1',
    '53=pic.scr',
    '49=FILEXFER',
  ),
  packet(0x46, 1, ...FROM, '14=look\u0006x', '20=http://files.test/b.scr?t', '38=604800'),
  packet(0xdc, 1, ...FROM, '222=1', '265=id', '266=2', '302=268', '300=268', '27=a', '28=1', '27=b', '28=2', '303=268'),
  packet(0xdd, 1, ...FROM, '265=id', '249=1', '250=192.0.2.1', '251=token'),
  packet(0x4f, 1, ...FROM, '12=MTkyLjAuMi4x', '49=PEERTOPEER', '13=0', '61=0'),
  packet(0x18, 1, '1=dora', '57=eve-1', '50=eve', '58=join', '52=dora', '52=bob', '51=a,b,c', '53=ann', '13=0'),
  packet(0x1d, 1, '1=dora', '57=eve-1', '3=eve', '14=hi'),
  packet(0x9d, 1, '118=dora', '119=eve', '104=Room:1', '117=come', '129=1'),
  packet(0xa8, 1, '104=Room:1', '109=eve', '117=hi', '124=1'),
  packet(0x01, 1, '0=dora', '8=1', '7=ann', '10=99', '19=http://x.test', '47=0', '7=bob', '19=x'),
  packet(0xf0, 1, '0=dora', '302=315', '300=315', '7=ann', '10=99', '19=http://x.test', '301=315', '303=315'),
  packet(0xf1, 0, '302=318', '300=318', '65=Friends', '302=319', '300=319', '7=ann', '301=319', '303=319', '303=318'),
  packet(0xd6, 3, '4=eve', '5=dora', '302=1', '14=let me in', '97=1', '241=2', '334=0'),
  packet(0xdc, 1, ...FROM, '222=1', '265=id$$', '266=1', '267=AAAA', '302=268', '300=268', '27=a.scr', '28=45056'),
  packet(0xde, 1, ...FROM, '265=id$$', '27=a.scr', '249=3', '250=192.0.2.1', '251=token'),
  packet(0xfb, 1, ...FROM, '302=430', '430=id', '303=430', '450=0'),
  packet(0x54, 0xffffffff, '1=dora', '66=13'),
  packet(0x57, 1, '1=dora', '94=XYZ.challenge_seed--', '13=2'),
  packet(0x14, 1, '14=the server says'),
  packet(0xbe, 1, ...FROM, '20=http://x.test/p.jpg', '192=1', '13=2'),
  packet(0x8a, 1, '1=dora'),
  packet(0x1234, 1, ...FROM, '14=x', 'abc=def', '0='),
];

/** The head of a packet that claims all that its length field can say. */
export const YMSG_LARGEST = ((): Buffer => {
  const header = Buffer.from(packet(0x06, 1));
  header.writeUInt16BE(0xffff, 8);
  return header;
})();
