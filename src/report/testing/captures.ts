// Captures of two quarters for tests, made by rule: a known worm, a phish, spam, an attack on a client, things handed in.
// Nothing in them is anybody's; hosts are of `.example`.

interface MadeCapture {
  readonly v: 1;
  readonly at: string;
  readonly network: string;
  readonly decoy: string;
  readonly peer: { readonly id: string };
  readonly kind: string;
  readonly text?: string;
  readonly file?: { readonly name: string; readonly size: number };
  readonly simulated: boolean;
}

/** Text that would be markup, a link and a table if it were not made inert. */
export const HOSTILE =
  '<script>alert(1)</script> [click](http://evil.example/) | a | ![x](http://evil.example/x.png) photo\u202egpj.scr';

const MINUTE = 60_000;
const NETWORKS = ['msnp', 'oscar', 'xmpp', 'ymsg', 'irc'] as const;

interface Wave {
  /** First capture, and how many of a network's decoys it meets, a minute apart. */
  readonly at: string;
  readonly network: (typeof NETWORKS)[number];
  readonly decoys: number;
  readonly text: (nth: number) => string;
  readonly kind?: string;
  readonly file?: string;
}

const WAVES: readonly Wave[] = [
  {
    at: '2026-05-11T08:00:00Z',
    network: 'msnp',
    decoys: 4,
    text: (nth) => `omg this is funny! http://www.funnypics${nth}.example/jokes.pif`,
  },
  {
    at: '2026-06-20T12:00:00Z',
    network: 'xmpp',
    decoys: 3,
    text: () => 'Your account will be closed, confirm your password at http://login-check.example/verify',
  },
  {
    at: '2026-07-06T09:00:00Z',
    network: 'msnp',
    decoys: 9,
    text: (nth) => `hehe, i found this funny movie http://photos${nth % 2}.example/gallery.scr`,
  },
  {
    at: '2026-07-06T09:20:00Z',
    network: 'oscar',
    decoys: 6,
    text: (nth) => `hehe, i found this funny movie http://photos${nth % 2}.example/gallery.scr`,
  },
  {
    at: '2026-08-14T18:00:00Z',
    network: 'xmpp',
    decoys: 5,
    text: () => 'Your account will be closed, confirm your password at http://account-check.example/verify',
  },
  { at: '2026-08-20T18:00:00Z', network: 'irc', decoys: 5, text: () => 'look', file: 'Pretty Park.exe' },
  { at: '2026-08-25T18:00:00Z', network: 'irc', decoys: 1, text: () => 'check', file: 'LOVE-LETTER-FOR-YOU.HTM.vbs' },
  {
    at: '2026-09-02T02:00:00Z',
    network: 'ymsg',
    decoys: 12,
    text: () => 'cheap watches and pills, visit http://shop-now.example/ today only',
  },
  { at: '2026-09-20T10:00:00Z', network: 'xmpp', decoys: 4, text: () => HOSTILE, file: 'photo.jpg.scr' },
  {
    at: '2026-09-21T10:00:00Z',
    network: 'xmpp',
    decoys: 1,
    text: () => 'a word for one decoy alone http://only-you.example/secret',
    kind: 'report',
  },
  { at: '2026-10-20T10:00:00Z', network: 'xmpp', decoys: 1, text: () => 'hello' },
];

/** Decoys are `d0@decoys.example` and on; one wave is hostile, one meets one decoy; after the last capture the warnings before are over. */
export function madeCaptures(simulated = false): readonly MadeCapture[] {
  return WAVES.flatMap(({ at, network, decoys, text, kind, file }, wave) =>
    Array.from(
      { length: decoys },
      (_, nth): MadeCapture => ({
        v: 1,
        at: new Date(Date.parse(at) + nth * MINUTE).toISOString(),
        network,
        decoy: `d${nth}@decoys.example`,
        peer: { id: `peer${wave}-${nth}@senders.example` },
        kind: kind ?? (file === undefined ? 'message' : 'file-offer'),
        text: text(nth),
        ...(file === undefined ? {} : { file: { name: file, size: 48_128 } }),
        simulated,
      }),
    ),
  );
}

export function madeLines(simulated = false): string {
  return madeCaptures(simulated)
    .map((one) => `${JSON.stringify(one)}\n`)
    .join('');
}
