// `npm run fuzz [MiB]`: hostile bytes at every decoy session, for as long as an hour of a fast line would bring them, and
// the memory must stay flat. Random bytes before and after sign-on, valid protocol with random damage, endless fields.
// Run with --expose-gc.
import { parseArgs } from 'node:util';
import { systemClock } from '../../src/center/system.ts';
import type { CaptureDraft, CaptureId } from '../../src/core/capture.ts';
import { captureIdOf } from '../../src/core/capture-id.ts';
import { SILENT } from '../../src/core/clock.ts';
import type { Decoy } from '../../src/core/decoy.ts';
import { isSundewError, messageOf, SundewError } from '../../src/core/error.ts';
import type { Act, Endpoint, Link, Ruling } from '../../src/core/link.ts';
import { parseCapture } from '../../src/core/parse-capture.ts';
import { ircDecoy } from '../../src/networks/irc/decoy.ts';
import { msnpDecoy } from '../../src/networks/msnp/decoy.ts';
import { oscarDecoy } from '../../src/networks/oscar/decoy.ts';
import { sametimeDecoy } from '../../src/networks/sametime/decoy.ts';
import { xmppDecoy } from '../../src/networks/xmpp/decoy.ts';
import { ymsgDecoy } from '../../src/networks/ymsg/decoy.ts';
import { IRC_CORPUS, XMPP_CORPUS } from './corpus.ts';
import {
  MSNP_CORPUS,
  MSNP_FETCHES,
  MSNP_FTP,
  MSNP_FTP_PORT,
  MSNP_LARGEST,
  MSNP_RING,
  MSNP_SIGN_ON,
  MSNP_SWITCHBOARD_PORT,
  MSNP_TRANSFERS,
} from './msnp-corpus.ts';
import { OFT_CORPUS, OFT_PORT, OSCAR_CORPUS, OSCAR_LARGEST, OSCAR_LOGIN, OSCAR_SIGN_ON } from './oscar-corpus.ts';
import { SAMETIME_CORPUS, SAMETIME_LARGEST, SAMETIME_SIGN_ON } from './sametime-corpus.ts';
import { YMSG_CORPUS, YMSG_LARGEST, YMSG_SIGN_ON } from './ymsg-corpus.ts';

const MIB = 1024 * 1024;
/** An hour at 100 kB/s, a flood for a chat line. */
const HOUR_MIB = 343;
const CHUNK = 16 * 1024;
/** What one connection is fed at most. */
const PER_CONNECTION = MIB / 4;
/** Growth of the heap and of buffers that is still flat. */
const FLAT = 12 * MIB;

/** xorshift32: the same seed, the same bytes. */
function chance(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000;
  };
}

/** Acts towards a peer that say nothing: the real gate rules on them, here they are all let through. */
const UNSAID: readonly Act[] = ['delivery-handshake', 'accept-file', 'transfer', 'accept-contact'];

type Feed = (random: () => number) => Uint8Array;

const noise: Feed = (random) => Uint8Array.from({ length: CHUNK }, () => Math.floor(random() * 256));

/** A copy of a text's or a packet's bytes. */
const bytesOf = (part: string | Uint8Array): Buffer =>
  typeof part === 'string' ? Buffer.from(part) : Buffer.from(part);

/** Lines, stanzas or packets of the corpus, some of them damaged behind their first `kept` bytes: changed, cut, mixed. */
const damaged =
  (corpus: readonly (string | Uint8Array)[], kept = 0): Feed =>
  (random) => {
    const parts: Buffer[] = [];
    for (let total = 0; total < CHUNK; ) {
      const part = bytesOf(corpus[Math.floor(random() * corpus.length)] ?? '');
      const kind = random();
      if (kind < 0.15 && part.length > kept)
        part.writeUInt8(Math.floor(random() * 256), kept + Math.floor(random() * (part.length - kept)));
      const shown = kind > 0.97 && kept === 0 ? part.subarray(0, Math.floor(random() * part.length)) : part;
      parts.push(shown);
      total += shown.length + 1;
    }
    return Buffer.concat(parts);
  };

/** All of a conversation, and then parts of it, some damaged. */
const wholeAndDamaged =
  (corpus: readonly (string | Uint8Array)[]): Feed =>
  (random) =>
    Buffer.concat([...corpus.map(bytesOf), damaged(corpus)(random)]);

/** Mostly the one. */
const either =
  (one: Feed, other: Feed): Feed =>
  (random) =>
    random() < 0.9 ? one(random) : other(random);

/** One field that never ends. */
const endless =
  (open: string, filler: string): Feed =>
  (random) =>
    Buffer.from(random() < 0.01 ? open : filler.repeat(Math.ceil(CHUNK / filler.length)));

interface Target {
  readonly name: string;
  make(): Decoy;
  /** What an honest server says until the decoy is online. */
  readonly signOn: readonly (string | Uint8Array)[];
  /** What is said before that on a connection of its own, where there is one for the login. The server speaks first. */
  readonly login?: readonly Uint8Array[];
  readonly feeds: Readonly<Record<string, Feed>>;
  /** Bytes that each further connection of one session (a switchboard …) is fed; without it there are none. */
  readonly further?: number;
  /** What a further connection to this port is fed instead. */
  readonly others?: ReadonlyMap<number, Feed>;
}

const OPEN =
  "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' id='1' from='im.test' version='1.0'>";
const COMPONENT_OPEN = OPEN.replace('jabber:client', 'jabber:component:accept');
const XMPP_FEEDS = {
  noise,
  damaged: damaged(XMPP_CORPUS),
  'endless text': endless("<message from='a@x.test'><body>", 'look here '),
  'endless attribute': endless("<message from='", 'aaaaaaaaaaaaaaaa'),
  'endless nesting': endless('<message>', '<a>'),
};

const TARGETS: readonly Target[] = [
  {
    name: 'xmpp client',
    make: () =>
      xmppDecoy({ mode: 'client', address: 'dora@im.test', password: 'x', host: '127.0.0.1', port: 1, tls: 'none' }),
    signOn: [
      `${OPEN}<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism></mechanisms></stream:features>`,
      "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>",
      `${OPEN}<stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/><sm xmlns='urn:xmpp:sm:3'/></stream:features>`,
      "<iq type='result' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>dora@im.test/r</jid></bind></iq>",
      "<enabled xmlns='urn:xmpp:sm:3' id='s'/>",
    ],
    feeds: XMPP_FEEDS,
  },
  {
    name: 'xmpp component',
    make: () => xmppDecoy({ mode: 'component', address: 'decoy.im.test', password: 'x', host: '127.0.0.1', port: 1 }),
    signOn: [COMPONENT_OPEN, '<handshake/>'],
    feeds: XMPP_FEEDS,
  },
  {
    name: 'irc',
    make: () => ircDecoy({ address: 'dora', host: '127.0.0.1', port: 1, tls: 'none', channels: ['#lobby'] }),
    signOn: [
      ':irc.test CAP * LS :multi-prefix message-tags server-time\r\n',
      ':irc.test CAP dora ACK :message-tags server-time\r\n',
      ':irc.test 001 dora :Welcome\r\n',
    ],
    feeds: {
      noise,
      damaged: damaged(IRC_CORPUS),
      'endless line': endless(':a!b@c PRIVMSG dora :', 'look here '),
      'endless tags': endless('@', 'a=b;'),
    },
  },
  {
    name: 'oscar',
    make: () => oscarDecoy({ address: 'dora', password: 'x', host: '127.0.0.1', port: 1, tls: 'none' }),
    login: OSCAR_LOGIN,
    signOn: OSCAR_SIGN_ON,
    feeds: {
      noise,
      'damaged bodies': damaged(OSCAR_CORPUS, 6),
      damaged: damaged(OSCAR_CORPUS),
      'largest frames': (random) => Buffer.concat([OSCAR_LARGEST, Buffer.alloc(0xffff - 24, random() < 0.5 ? 0 : 1)]),
    },
    further: 4 * CHUNK,
    others: new Map([[OFT_PORT, damaged(OFT_CORPUS)]]),
  },
  {
    name: 'ymsg',
    make: () => ymsgDecoy({ address: 'dora', password: 'x', host: '127.0.0.1', port: 1 }),
    signOn: YMSG_SIGN_ON,
    feeds: {
      noise,
      damaged: damaged(YMSG_CORPUS),
      'damaged bodies': damaged(YMSG_CORPUS, 20),
      'largest packets': (random) =>
        Buffer.concat([YMSG_LARGEST, Buffer.alloc(0xffff, random() < 0.5 ? '1' : '\xc0\x80', 'latin1')]),
    },
  },
  {
    name: 'msnp',
    make: () => msnpDecoy({ address: 'dora@im.test', password: 'x', host: '127.0.0.1', port: 1, dialect: 7 }),
    signOn: MSNP_SIGN_ON,
    feeds: {
      noise,
      damaged: damaged(MSNP_CORPUS),
      'damaged payloads': damaged(MSNP_CORPUS, 60),
      'largest payloads': () => MSNP_LARGEST,
      'endless line': endless('NLN ', 'NLN dora@im.test '),
    },
    further: 2 * CHUNK,
  },
  {
    name: 'msnp files',
    make: () =>
      msnpDecoy({
        ...{ address: 'dora@im.test', password: 'x', host: '127.0.0.1', port: 1, dialect: 7, persona: 'classic' },
      }),
    signOn: MSNP_SIGN_ON,
    // The notification server rings; what is hostile is in the conversations and at the address of a sender.
    feeds: { rings: () => Buffer.concat([bytesOf(MSNP_RING), Buffer.from('QNG 60\r\n'.repeat(400))]) },
    further: 2 * CHUNK,
    others: new Map([
      [MSNP_SWITCHBOARD_PORT, either(wholeAndDamaged(MSNP_TRANSFERS), wholeAndDamaged(MSNP_FETCHES))],
      [MSNP_FTP_PORT, wholeAndDamaged(MSNP_FTP)],
    ]),
  },
  {
    name: 'sametime',
    make: () => sametimeDecoy({ address: 'dora', password: 'x', host: '127.0.0.1', port: 1, tls: 'none' }),
    signOn: SAMETIME_SIGN_ON,
    feeds: {
      noise,
      damaged: damaged(SAMETIME_CORPUS),
      'damaged behind the headers': damaged(SAMETIME_CORPUS, 16),
      'endless message in pieces': (random) =>
        random() < 0.1 ? Buffer.concat(SAMETIME_CORPUS.slice(0, 3)) : SAMETIME_LARGEST,
      'endless frame': (random) => (random() < 0.01 ? Uint8Array.of(0, 0x0f, 0xff, 0xff) : new Uint8Array(CHUNK)),
    },
  },
];

/** A link in memory: says the sign-on as the decoy speaks, then whatever the feed gives. */
function hostileLink(
  target: Target,
  feed: Feed,
  random: () => number,
  signOn: boolean,
  count: { fed: number; toPeers: number },
  limit = PER_CONNECTION,
): Link {
  const waiting = signOn ? [...target.signOn] : [];
  const spoke = Promise.withResolvers<void>();
  if (target.login !== undefined) spoke.resolve();
  let closed = false;
  async function* incoming(): AsyncGenerator<Uint8Array> {
    for (const line of waiting) {
      await spoke.promise;
      yield bytesOf(line);
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (let fed = 0; fed < limit && !closed; ) {
      const chunk = feed(random);
      fed += chunk.length;
      count.fed += chunk.length;
      // Several connections of one session get on only by turns.
      if (target.others !== undefined) await new Promise((resolve) => setImmediate(resolve));
      yield chunk;
    }
  }
  return {
    remote: '127.0.0.1:1',
    tls: undefined,
    loopback: true,
    incoming: incoming(),
    send: (_frame, intent): Promise<Ruling> => {
      spoke.resolve();
      // The delivery handshake goes to the own server and says nothing.
      if (intent.peer !== undefined && !UNSAID.includes(intent.act)) count.toPeers += 1;
      return Promise.resolve({ allowed: true, rule: 'fuzz' });
    },
    startTls: () => Promise.reject(new Error('no TLS here')),
    close: async () => {
      closed = true;
    },
    [Symbol.asyncDispose]: async () => {
      closed = true;
    },
  };
}

interface Outcome {
  readonly fedMiB: number;
  readonly connections: number;
  readonly captures: number;
  readonly growth: number;
  readonly problems: readonly string[];
}

async function attack(target: Target, name: string, feed: Feed, bytes: number): Promise<Outcome> {
  const random = chance(name.length * 7919 + target.name.length);
  const count = { fed: 0, toPeers: 0 };
  const problems = new Set<string>();
  let captures = 0;
  let connections = 0;
  let baseline = 0;
  const decoy = target.make();
  const capture = (draft: CaptureDraft, raw: Uint8Array): Promise<CaptureId> => {
    captures += 1;
    const id = captureIdOf({ network: decoy.network, decoy: decoy.address, native: String(captures) }, () => '');
    // Whatever a session makes of hostile bytes must be a valid capture.
    parseCapture(
      { ...draft, v: 1, id, at: '2026-01-01T00:00:00Z', network: decoy.network, decoy: draft.decoy ?? decoy.address },
      { sensor: 'fuzz' },
    );
    if (raw.length > MIB) problems.add(`raw bytes of ${raw.length}`);
    return Promise.resolve(id);
  };
  while (count.fed < bytes) {
    connections += 1;
    const honest = connections % 8 !== 0;
    const links = [hostileLink(target, feed, random, honest, count)];
    if (target.login !== undefined && honest) {
      links.unshift(hostileLink({ ...target, signOn: target.login }, () => new Uint8Array(CHUNK), random, true, count));
    }
    const context = {
      clock: systemClock,
      random,
      log: SILENT,
      dial: ({ port }: Endpoint) => {
        const more = target.further;
        const other = target.others?.get(port) ?? feed;
        const link =
          links.shift() ?? (more === undefined ? undefined : hostileLink(target, other, random, false, count, more));
        return link === undefined ? Promise.reject(new SundewError('LINK_REFUSED', 'no more')) : Promise.resolve(link);
      },
      capture,
      state: () => undefined,
    };
    await decoy.run(context, AbortSignal.timeout(60_000)).catch((error: unknown) => {
      if (!isSundewError(error)) problems.add(`not a coded error: ${messageOf(error)}`);
    });
    if (baseline === 0 && count.fed > bytes / 10) baseline = await memory();
  }
  if (count.toPeers > 0) problems.add(`${count.toPeers} frames to peers`);
  const growth = (await memory()) - baseline;
  if (growth > FLAT) problems.add(`memory grew by ${(growth / MIB).toFixed(1)} MiB`);
  return { fedMiB: count.fed / MIB, connections, captures, growth, problems: [...problems] };
}

/** Heap and buffers after a full collection, bytes. */
async function memory(): Promise<number> {
  // Buffers go after the collection that found them dead, not with it.
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const { positionals } = parseArgs({ allowPositionals: true });
const mib = Number(positionals[0] ?? HOUR_MIB);
let failed = 0;
let passed = 0;
for (const target of TARGETS) {
  const feeds = Object.entries(target.feeds);
  for (const [name, feed] of feeds) {
    const started = performance.now();
    const result = await attack(target, name, feed, (mib * MIB) / feeds.length);
    const seconds = (performance.now() - started) / 1000;
    const verdict = result.problems.length === 0 ? 'ok ' : 'BAD';
    if (result.problems.length === 0) passed += 1;
    else failed += 1;
    console.log(
      `${verdict} ${target.name}, ${name}: ${result.fedMiB.toFixed(0)} MiB in ${seconds.toFixed(1)} s over ${result.connections} connections, ${result.captures} captures, memory ${(result.growth / MIB).toFixed(1)} MiB ${result.problems.join('; ')}`,
    );
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
