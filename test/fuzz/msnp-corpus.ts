// Honest MSN commands to damage, made byte by byte here and not by our own encoder. Made for this test.

const msg = (body: string, encoding: BufferEncoding = 'utf8'): Buffer => {
  const payload = Buffer.from(`MIME-Version: 1.0\r\n${body}`, encoding);
  return Buffer.concat([Buffer.from(`MSG eve@x.test Eve%20%C3%A9 ${payload.length}\r\n`), payload]);
};

/** A chunk with its 48-byte header: signalling, or data of a session. */
function p2p(text: string, total = text.length, offset = 0, session = 0): Buffer {
  const header = Buffer.alloc(48);
  header.writeUInt32LE(session, 0);
  header.writeUInt32LE(session === 0 ? 0 : 0x0100_0030, 28);
  header.writeUInt32LE(7 + session, 4);
  header.writeUInt32LE(offset, 8);
  header.writeUInt32LE(total, 16);
  header.writeUInt32LE(text.length, 24);
  const head = 'Content-Type: application/x-msnmsgrp2p\r\nP2P-Dest: dora@im.test\r\n\r\n';
  return msg(`${head}${header.toString('latin1')}${text}\0\0\0\0`, 'latin1');
}

function invite(guid: string, context: string): string {
  const body = `EUF-GUID: {${guid}}\r\nSessionID: 9\r\nAppID: 2\r\nContext: ${context}\r\n\r\n\0`;
  const via = 'Via: MSNSLP/1.0/TLP ;branch={B}\r\n';
  const head = `To: <msnmsgr:dora@im.test>\r\nFrom: <msnmsgr:eve@x.test>\r\n${via}Call-ID: {C}\r\n`;
  const type = 'Content-Type: application/x-msnmsgr-sessionreqbody\r\n';
  return `INVITE MSNMSGR:dora@im.test MSNSLP/1.0\r\n${head}${type}Content-Length: ${body.length}\r\n\r\n${body}`;
}

const context = Buffer.alloc(574);
context.writeUInt32LE(574, 0);
context.writeUInt32LE(9, 8);
context.write('photo.scr', 20, 'utf16le');
const FILE = invite('5D3E02AB-6190-11D3-BBBB-00C04F795683', context.toString('base64'));
const OBJECT = '<msnobj Creator="eve@x.test" Size="9" Type="3" Location="TFR.tmp" SHA1D="x="/>';

/** What an honest server says until a decoy of dialect 7 is online. */
export const MSNP_SIGN_ON: readonly string[] = [
  'VER 1 MSNP7\r\n',
  'CVR 2 7.0 7.0 7.0 x y\r\n',
  'INF 3 MD5\r\n',
  'USR 4 MD5 S 1013928519.693957190\r\n',
  'USR 5 OK dora@im.test Dora 1\r\n',
  'SYN 6 1\r\nGTC 6 1 A\r\nBLP 6 1 AL\r\nLST 6 RL 1 1 1 eve@x.test Eve\r\n',
  'CHG 7 NLN\r\n',
];

/** Commands of both servers, of every kind that a decoy reads. */
export const MSNP_CORPUS: readonly (string | Buffer)[] = [
  'ADD 0 RL 3 eve@x.test Eve%20%C3%A9\r\n',
  'REM 0 RL 4 eve@x.test\r\n',
  'NLN NLN ann@x.test Ann%0d%0a 0\r\n',
  'UBX ann@x.test 49\r\n<Data><PSM>http://x.test</PSM><CurrentMedia/></Data>',
  'QNG 60\r\n',
  'CHL 0 15570131571988941333\r\n',
  'NOT 9\r\n<x>y</x>\n',
  'RNG 1 127.0.0.1:1 CKI c eve@x.test Eve\r\n',
  'IRO 1 1 2 eve@x.test Eve\r\nIRO 1 2 2 ann@x.test Ann\r\nANS 1 OK\r\nJOI bob@x.test Bob\r\n',
  msg(
    'Content-Type: text/plain; charset=UTF-8\r\nX-MMS-IM-Format: FN=Arial; CO=ff\r\n\r\nhi http://x.test/a.scr äö 😀',
  ),
  msg('Content-Type: text/x-msmsgscontrol\r\nTypingUser: eve@x.test\r\n\r\n\r\n'),
  msg('Content-Type: text/x-msnmsgr-datacast\r\n\r\nID: 1\r\n\r\n'),
  msg(`Content-Type: text/x-msnmsgr-datacast\r\n\r\nID: 2\r\nData: ${OBJECT}\r\n\r\n`),
  msg(`Content-Type: text/x-mms-emoticon\r\n\r\n:)\t${OBJECT}\t`),
  msg(
    'Content-Type: text/x-msmsgsinvite; charset=UTF-8\r\n\r\nInvitation-Command: INVITE\r\nInvitation-Cookie: 1\r\nApplication-File: a.pif\r\nApplication-FileSize: 9\r\n\r\n',
  ),
  msg(
    'Content-Type: text/x-msmsgsinitialmdatanotification\r\n\r\nMail-Data: <MD><M><E>eve@x.test</E><I>a-1</I></M></MD>\r\n',
  ),
  msg('Content-Type: application/x-msmsgssystemmessage\r\n\r\nType: 1\r\nArg1: 5\r\n'),
  p2p(FILE.slice(0, 1000), FILE.length),
  p2p(FILE.slice(1000), FILE.length, 1000),
  p2p(invite('A4268EEC-FEC5-49E5-95C3-F126696BDBF6', Buffer.from(`${OBJECT}\0`).toString('base64'))),
  'BYE eve@x.test\r\n',
  '217 3\r\n',
];

/** A full-length notice of headers and one of XML. */
export const MSNP_LARGEST: Buffer = Buffer.concat([
  Buffer.from('MSG Hotmail Hotmail 65536\r\nContent-Type: text/x-msmsgsinitialmdatanotification\r\n\r\nMail-Data: '),
  Buffer.alloc(65_536 - 66, '<M><I>a</I>'),
  Buffer.from('RNG 1 127.0.0.1:1 CKI c eve@x.test Eve\r\nNOT 65536\r\n'),
  Buffer.alloc(65_536, '<a>'),
]);

const invitation = (fields: string): Buffer =>
  msg(`Content-Type: text/x-msmsgsinvite; charset=UTF-8\r\n\r\nInvitation-Cookie: 33267\r\n${fields}\r\n`);
const slp = (start: string, type: string, body: string): Buffer =>
  p2p(
    `${start} MSNSLP/1.0\r\nVia: MSNSLP/1.0/TLP ;branch={B}\r\nCall-ID: {C}\r\nContent-Type: application/x-msnmsgr-${type}\r\n\r\n${body}\0`,
  );

export const MSNP_SWITCHBOARD_PORT = 2;
export const MSNP_RING = `RNG 1 127.0.0.1:${MSNP_SWITCHBOARD_PORT} CKI c eve@x.test Eve\r\n`;
const ENTRY = ['IRO 1 1 1 eve@x.test Eve\r\nANS 1 OK\r\n'];
const INVITATIONS = [
  invitation('Invitation-Command: INVITE\r\nApplication-File: a.pif\r\nApplication-FileSize: 9\r\n'),
  invitation('Invitation-Command: ACCEPT\r\nIP-Address: 127.0.0.1\r\nPort: 6891\r\nAuthCookie: 93301\r\n'),
  invitation('Invitation-Command: CANCEL\r\nCancel-Code: TIMEOUT\r\n'),
];

/** On a switchboard: a peer who hands files over in both ways, as far as a decoy at `accept` plays along. */
export const MSNP_TRANSFERS: readonly (string | Buffer)[] = [
  ...ENTRY,
  p2p(FILE),
  slp('INVITE MSNMSGR:dora@im.test', 'transreqbody', 'Bridges: TCPv1\r\n\r\n'),
  p2p('\0\0\0\0', 4, 0, 9),
  p2p('MZ345', 9, 0, 9),
  p2p('6789', 9, 5, 9),
  slp('BYE MSNMSGR:dora@im.test', 'sessionclosebody', '\r\n'),
  ...INVITATIONS,
  'ADD 0 RL 3 eve@x.test Eve\r\n',
];

/** The same by MSNFTP alone. */
export const MSNP_FETCHES: readonly (string | Buffer)[] = [...ENTRY, ...INVITATIONS];

/** A sender of MSNFTP. */
export const MSNP_FTP_PORT = 6891;
export const MSNP_FTP: readonly Buffer[] = [
  'VER MSNFTP\r\n',
  'FIL 9\r\n',
  '\0\x05\0MZ345',
  '\0\x04\x006789',
  '\x01\0\0',
].map((text) => Buffer.from(text, 'latin1'));
