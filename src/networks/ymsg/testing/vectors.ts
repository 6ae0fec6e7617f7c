// Worked packets, each checked with Wireshark's dissector when it was made: what they mean stands beside the bytes.

export interface Vector {
  readonly name: string;
  readonly hex: string;
  readonly service: number;
  readonly status: number;
  readonly version: number;
  readonly session?: number;
  readonly pairs: readonly (readonly [number, string])[];
}

const HELLO = 'é http://203.0.113.5/pic.scr';

export const VECTORS: readonly Vector[] = [
  {
    name: 'handshake',
    version: 10,
    service: 0x4c,
    status: 0,
    pairs: [],
    hex: '594d5347000a00000000004c0000000000000000',
  },
  {
    name: 'request of a challenge',
    version: 10,
    service: 0x57,
    status: 0,
    pairs: [[1, 'decoy1']],
    hex: '594d5347000a0000000b0057000000000000000031c0806465636f7931c080',
  },
  {
    name: 'answer to the challenge',
    version: 10,
    service: 0x54,
    status: 0x5a55aa55,
    pairs: [
      [6, 'Ui0iXVggSr8aAsZOkk9geg--'],
      [96, 'M2KKkf8tsGDb8oOO967oyQ--'],
      [0, 'decoy1'],
      [2, 'decoy1'],
      [2, '1'],
      [1, 'decoy1'],
      [135, '5.5.0.1246'],
      [148, '0'],
    ],
    hex: '594d5347000a0000007b00545a55aa550000000036c08055693069585667675372386141735a4f6b6b396765672d2dc0803936c0804d324b4b6b66387473474462386f4f4f3936376f79512d2dc08030c0806465636f7931c08032c0806465636f7931c08032c08031c08031c0806465636f7931c080313335c080352e352e302e31323436c080313438c08030c080',
  },
  {
    name: 'IM with UTF-8 and a link',
    version: 0,
    service: 0x06,
    status: 1,
    pairs: [
      [5, 'decoy1'],
      [4, 'worm'],
      [14, HELLO],
      [63, ';0'],
      [64, '0'],
      [97, '1'],
    ],
    hex: '594d534700000000004d0006000000010000000035c0806465636f7931c08034c080776f726dc0803134c080c3a920687474703a2f2f3230332e302e3131332e352f7069632e736372c0803633c0803b30c0803634c08030c0803937c08031c080',
  },
  {
    name: 'two offline IMs',
    version: 0,
    service: 0x06,
    status: 5,
    pairs: [...offline('worm', 'one', '1795411396'), ...offline('bot2', 'two', '1795411397')],
    hex: '594d5347000000000084000600000005000000003331c08036c0803332c08036c08034c080776f726dc08035c0806465636f7931c0803134c0806f6e65c0803135c08031373935343131333936c0803937c08031c0803331c08036c0803332c08036c08034c080626f7432c08035c0806465636f7931c0803134c08074776fc0803135c08031373935343131333937c0803937c08031c080',
  },
  {
    name: 'add request',
    version: 0,
    service: 0x0f,
    status: 3,
    pairs: [
      [1, 'decoy1'],
      [3, 'worm'],
      [14, 'add me'],
      [97, '1'],
      [15, '1795411394'],
    ],
    hex: '594d5347000000000037000f000000030000000031c0806465636f7931c08033c080776f726dc0803134c080616464206d65c0803937c08031c0803135c08031373935343131333934c080',
  },
  {
    name: 'file offer from the sender’s own web server',
    version: 0,
    service: 0x4d,
    status: 1,
    pairs: [
      [5, 'decoy1'],
      [4, 'worm'],
      [13, '1'],
      [27, 'pic.scr'],
      [28, '45056'],
      [20, 'http://192.0.2.10:80/Messenger.worm.1?K=lc9lu2u8'],
      [53, 'pic.scr'],
      [14, 'my pics'],
      [54, 'MSG1.0'],
      [49, 'FILEXFER'],
    ],
    hex: '594d534700000000009d004d000000010000000035c0806465636f7931c08034c080776f726dc0803133c08031c0803237c0807069632e736372c0803238c0803435303536c0803230c080687474703a2f2f3139322e302e322e31303a38302f4d657373656e6765722e776f726d2e313f4b3d6c63396c75327538c0803533c0807069632e736372c0803134c0806d792070696373c0803534c0804d5347312e30c0803439c08046494c4558464552c080',
  },
  {
    name: 'conference invitation',
    version: 0,
    service: 0x18,
    status: 1,
    pairs: [
      [1, 'decoy1'],
      [57, 'worm-77'],
      [50, 'worm'],
      [58, 'join http://203.0.113.5/'],
      [52, 'decoy1'],
      [52, 'victim2'],
      [53, 'victim3'],
      [13, '0'],
    ],
    hex: '594d534700000000006d0018000000010000000031c0806465636f7931c0803537c080776f726d2d3737c0803530c080776f726dc0803538c0806a6f696e20687474703a2f2f3230332e302e3131332e352fc0803532c0806465636f7931c0803532c08076696374696d32c0803533c08076696374696d33c0803133c08030c080',
  },
  {
    name: 'typing',
    version: 0,
    service: 0x4b,
    status: 1,
    pairs: [
      [5, 'decoy1'],
      [4, 'worm'],
      [49, 'TYPING'],
      [14, ' '],
      [13, '1'],
    ],
    hex: '594d534700000000002e004b000000010000000035c0806465636f7931c08034c080776f726dc0803439c080545950494e47c0803134c08020c0803133c08031c080',
  },
  {
    name: 'file offer of version 16',
    version: 16,
    service: 0xdc,
    status: 1,
    session: 0x11223344,
    pairs: [
      [5, 'decoy1'],
      [4, 'worm'],
      [222, '1'],
      [265, 'ABCDEFGHIJKLMNOPQRSTU$$'],
      [266, '1'],
      [302, '268'],
      [300, '268'],
      [27, 'pic.scr'],
      [28, '45056'],
      [301, '268'],
      [303, '268'],
    ],
    hex: '594d534700100000008200dc000000011122334435c0806465636f7931c08034c080776f726dc080323232c08031c080323635c0804142434445464748494a4b4c4d4e4f5051525354552424c080323636c08031c080333032c080323638c080333030c080323638c0803237c0807069632e736372c0803238c0803435303536c080333031c080323638c080333033c080323638c080',
  },
  {
    name: 'add request of version 16',
    version: 16,
    service: 0xd6,
    status: 3,
    session: 0x11223344,
    pairs: [
      [4, 'worm'],
      [5, 'decoy1'],
      [13, '1'],
      [14, 'add me'],
      [97, '1'],
      [216, 'Jane'],
      [254, 'Doe'],
      [241, '0'],
    ],
    hex: '594d534700100000004b00d6000000031122334434c080776f726dc08035c0806465636f7931c0803133c08031c0803134c080616464206d65c0803937c08031c080323136c0804a616e65c080323534c080446f65c080323431c08030c080',
  },
  {
    name: 'alert',
    version: 10,
    service: 0x06,
    status: 0x5a55aa56,
    pairs: [
      [1, 'decoy1'],
      [5, 'soc_oncall'],
      [97, '1'],
      [63, ';0'],
      [64, '0'],
      [14, 'ALERT 12'],
    ],
    hex: '594d5347000a0000003e00065a55aa560000000031c0806465636f7931c08035c080736f635f6f6e63616c6cc0803937c08031c0803633c0803b30c0803634c08030c0803134c080414c455254203132c080',
  },
];

function offline(from: string, text: string, at: string): readonly (readonly [number, string])[] {
  return [
    [31, '6'],
    [32, '6'],
    [4, from],
    [5, 'decoy1'],
    [14, text],
    [15, at],
    [97, '1'],
  ];
}

/** The bytes of a vector by its name. */
export function vector(name: string): Uint8Array {
  const found = VECTORS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no vector ${name}`);
  return Buffer.from(found.hex, 'hex');
}
