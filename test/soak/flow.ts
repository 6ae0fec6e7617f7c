// Captures on their way in: numbered lures, half over the live XMPP connection, half by replay over the control socket.
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ControlClient } from '../../src/cli/control-client.ts';
import { captureIdOf } from '../../src/core/capture-id.ts';
import type { XmppServer } from '../../src/networks/xmpp/server.ts';
import { DECOY, DOMAIN } from './far-side.ts';

const PIECE = 25;
const RESEND_MS = 100;
const PACE_MS = 20;
const PER_PACE = 10;
/** What the server holds for the decoy at most; it would bounce what comes beyond a thousand. */
const MAX_WAITING = 500;
/** Captures of one lure; the lures come one after the other, so that warnings are raised from the beginning to the end. */
const LURE_LENGTH = 100;
const MIN_LURES = 5;
const OPENERS = [
  'lol is this really you on this photo?',
  'your account closes tomorrow:',
  'our team made a new screensaver,',
  'regarding the invoice of your last order,',
  'free ringtones and smileys for my friends,',
  'everybody at school talks about it,',
  'they wrote nasty things about your sister,',
  'a secret admirer left you a greeting card,',
  'win a console at the lucky wheel,',
  'warning of the new virus!',
] as const;
const ENDINGS = [
  'open it before somebody deletes it',
  'unpack the archive and start the program inside',
  'I laughed until I cried, look quickly',
  'install the update now, it takes a minute only',
  'download here and tell me what you think of that',
  'you have to see this with your own eyes',
  'run the setup and restart your computer afterwards',
  'the document explains every detail, read it tonight',
  'send it on to all people on your list',
  'click yes when the system asks about safety',
] as const;
const REPLAY_DECOY = `hanna@${DOMAIN}`;

export interface Flow {
  readonly total: number;
  /** Captures that may have been begun so far; raised as a run goes on. */
  allow(count: number): void;
  /** Numbers that somebody promised to keep: an answered piece of a replay, an acknowledged message. */
  readonly acknowledged: number;
  /** Pieces whose answer broke off, and were sent again whole. */
  readonly resent: number;
  /** Pieces that Sundew refused, saying why; they are sent again, too. */
  readonly refused: number;
  /** Ids that captures of the replay must have. */
  readonly replayIds: ReadonlyMap<number, string>;
  /** Whether everything is in. */
  done(): boolean;
  stop(): Promise<void>;
}

/** Even numbers come by XMPP, odd ones by replay. */
export function startFlow(total: number, xmpp: XmppServer, control: ControlClient): Flow {
  const replayIds = new Map<number, string>();
  let allowed = 0;
  let injected = 0;
  let answered = 0;
  let resent = 0;
  let refused = 0;
  let stopped = false;
  const ofReplay = Math.floor(total / 2);
  const ofXmpp = total - ofReplay;

  const inject = async (): Promise<void> => {
    while (!stopped && injected < ofXmpp) {
      const room = Math.min(allowed / 2 - injected, MAX_WAITING - xmpp.waiting(DECOY), PER_PACE, ofXmpp - injected);
      for (let n = 0; n < room; n += 1) xmpp.deliver(stanzaOf(2 * injected++, total));
      await sleep(PACE_MS);
    }
  };

  const replay = async (): Promise<void> => {
    while (!stopped && answered < ofReplay) {
      const size = Math.min(PIECE, ofReplay - answered);
      if (allowed / 2 < answered + size) {
        await sleep(PACE_MS);
        continue;
      }
      const numbers = Array.from({ length: size }, (_, at) => 2 * (answered + at) + 1);
      const piece = numbers.map((number) => lineOf(number, total, replayIds));
      let outcome = await sendPiece(control, piece);
      while (outcome !== 'journaled' && !stopped) {
        if (outcome === 'refused') refused += 1;
        if (outcome === 'broken') resent += 1;
        await sleep(RESEND_MS);
        outcome = await sendPiece(control, piece);
      }
      if (outcome === 'journaled') answered += size;
    }
  };

  const running = Promise.all([inject(), replay()]);
  return {
    total,
    allow: (count) => {
      allowed = count;
    },
    get acknowledged() {
      return answered + injected - xmpp.waiting(DECOY);
    },
    get resent() {
      return resent;
    },
    get refused() {
      return refused;
    },
    replayIds,
    done: () => answered === ofReplay && injected === ofXmpp && xmpp.waiting(DECOY) === 0,
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}

function textOf(number: number, total: number): string {
  const lure = Math.floor(number / Math.min(LURE_LENGTH, total / MIN_LURES));
  const words = `${OPENERS[lure % OPENERS.length]} ${ENDINGS[Math.floor(lure / OPENERS.length) % ENDINGS.length]}`;
  return `${words} http://files.lure-${lure}.example/photo.jpg.scr (soak ${String(number).padStart(6, '0')})`;
}

const peerOf = (number: number): string => `bot${number % 97}@spam${number % 7}.example`;

function stanzaOf(number: number, total: number): string {
  const to = `${DECOY}@${DOMAIN}`;
  const body = `<body>${textOf(number, total)}</body>`;
  return `<message from='${peerOf(number)}/x' to='${to}' type='chat' id='soak-${number}'>${body}</message>`;
}

function lineOf(number: number, total: number, ids: Map<number, string>): string {
  const native = `replay-${number}`;
  ids.set(
    number,
    captureIdOf({ network: 'xmpp', decoy: REPLAY_DECOY, native }, () => ''),
  );
  return JSON.stringify({
    v: 1,
    native,
    at: new Date().toISOString(),
    network: 'xmpp',
    decoy: REPLAY_DECOY,
    peer: { id: peerOf(number) },
    kind: 'message',
    text: textOf(number, total),
  });
}

type Outcome = 'journaled' | 'broken' | 'refused' | 'away';

/** Counts as promised once the answer says that all of it is in the journal, whatever becomes of the answer after that. */
async function sendPiece(control: ControlClient, piece: readonly string[]): Promise<Outcome> {
  let outcome: Outcome = 'broken';
  try {
    const body = Readable.from([`${piece.join('\n')}\n`]);
    for await (const line of control.stream('/api/v1/replay?alert=true', body, 'application/x-ndjson')) {
      if (line.failed !== undefined) return 'refused';
      if (line.journaled === piece.length) outcome = 'journaled';
    }
  } catch (error) {
    if (outcome === 'broken' && isAway(error)) return 'away';
  }
  return outcome;
}

/** Nobody listens yet: nothing was sent that could have broken off. */
function isAway(error: unknown): boolean {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && (cause.code === 'ECONNREFUSED' || cause.code === 'ENOENT');
}
