// Honest Sametime frames to damage. Made for this test.

const hex = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex');
const framed = (body: string): Uint8Array => {
  const bytes = hex(body);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

const KEY = '03'.padStart(128, '5a');
const BOT = '00094c3130303030303258 1700 0004626f7437 0004426f7437 0000 01 0000 c0000207 0003737276';
const TAIL = '00000000 0007';

const channel = (id: number): string => (0x80000000 + id).toString(16);

const create = (id: number, service: string, data: string, security: string): Uint8Array =>
  framed(
    `0002 0000 00000000 00000000 ${channel(id)} 0004646f7261 0000 ${service} ${(data.replaceAll(' ', '').length / 2).toString(16).padStart(8, '0')} ${data} 01 ${BOT} ${security}`,
  );
const send = (id: number, type: string, data: string, options = '0000'): Uint8Array =>
  framed(
    `0004 ${options} ${channel(id)} ${type} ${(data.replaceAll(' ', '').length / 2).toString(16).padStart(8, '0')} ${data}`,
  );

const PLAIN = `0000 00000000 ${TAIL}`;
const BOTH = `0001 00000053 00000002 0000 00000000 0001 00000040 ${KEY} 0001 00 00000000 ${TAIL}`;
const IM = '00001000 00001000 00000003 00000000';
const FILE = '00000038 00000000 00000001 00000000';

/** Handshake with a key, and the acknowledgement of the login. */
export const SAMETIME_SIGN_ON: readonly Uint8Array[] = [
  framed(`8000 0000 00000000 001e 001d 7f000001 01234567 00000040 ${KEY}`),
  framed(
    `8001 0000 00000000 0005 4c31303030 1002 0004646f7261 0004446f7261 0000 00 0000 00 00000000 0020 00000000 0000`,
  ),
];

/** Channels of every kind with what is said on them, and what a server says. Channel numbers come round again. */
export const SAMETIME_CORPUS: readonly Uint8Array[] = [1, 2, 3, 4].flatMap((id) => [
  create(id, IM, '00000001 00033453', id % 2 === 0 ? PLAIN : BOTH),
  send(id, '0064', '00000001 0002 6869'),
  send(id, '0064', '00000002 00001388 00000000 00000000'),
  send(id, '0064', '00000002 00000004 00000000 00000008 3c623e783c2f623e'),
  send(id, '0064', '00000002 00000005 00000000 00000008 3c623e783c2f623e'),
  send(id, '0064', '00000002 00001389 00000000 00000000'),
  send(id, '0064', '00000002 00000003 00000000 00000001 53'),
  send(id, '0064', '00000002 00000001 00000000 00000000'),
  send(id, '0064', '95d13701f6a8c601403b3cbc194c7b35', '4000'),
  create(id + 8, FILE, '00000000 0005612e657865 0000 000004d2 00000000 0000', PLAIN),
  send(id + 8, '0001', '4d5a'.repeat(300)),
  framed(`0003 0000 ${channel(id + 8)} 00000000 00000000`),
  create(
    id + 16,
    '80000010 00000010 00000002 00000000',
    `00000000 0001 61 0001 62 00000000 ${BOT} 00000000 0001 63`,
    PLAIN,
  ),
  framed(`0022 0000 00000000 01 ${BOT} 0000 00000006 01 0003 616263 00000000`),
  framed('0019 0000 00000000 0002 6869'),
  framed(`0003 0000 ${channel(id)} 00000000 00000000`),
  hex('80'),
]);

/** A piece of a message that never ends, as large as a frame may be. */
export const SAMETIME_LARGEST: Uint8Array = send(
  1,
  '0064',
  `00000002 00000004 00000000 0000c350 ${'41'.repeat(50_000)}`,
);
