// The play: an endless, repeatable series of touches. Worms spread over a contact graph, runs come from a few senders,
// chatter goes on. Time here is play time; nothing is sent from here.
import type { Random } from '../core/clock.ts';
import { growContacts } from './contact-graph.ts';
import { Episode, type Stage } from './episode.ts';
import { CHATTER, FAMILIES, type Family, OPENING } from './families.ts';
import { inventJids, inventNames } from './people.ts';
import { between, pick, waitMs } from './random.ts';
import { spin } from './spintax.ts';
import { TimeQueue } from './time-queue.ts';
import type { RangeNetwork, Touch } from './touch.ts';

export interface OutbreakOptions {
  readonly random: Random;
  /** Addresses of the decoys; file offers of XMPP go to those of components only, as servers keep them from accounts. */
  readonly decoys: Readonly<Record<RangeNetwork, readonly string[]>>;
  readonly fileDecoys: readonly string[];
  /** Channels that IRC decoys sit in. */
  readonly channels: readonly string[];
  /** Peers on each network. */
  readonly peers?: number;
}

const PEERS = 220;
/** At the same time: the bound of memory. */
const MAX_EPISODES = 6;
/** So many other families are played before one comes again. */
const REST = 8;
const MEAN_CHATTER_MS = 15_000;
const FIRST_CHATTER_MS = 1_500;
/** From one episode to the next, once the opening is over. */
const GAP_MS: readonly [low: number, high: number] = [40_000, 150_000];

/** Plays on and on; `next` gives touches in order of time. Deterministic for its random. */
export class Outbreak {
  readonly #random: Random;
  readonly #stages: Readonly<Record<RangeNetwork, Stage>>;
  readonly #queue = new TimeQueue<() => Touch | undefined>();
  #running = 0;
  #variant = 0;
  #recent: readonly string[] = [];

  constructor(options: OutbreakOptions) {
    this.#random = options.random;
    const count = options.peers ?? PEERS;
    this.#stages = {
      xmpp: this.#makeStage(options, 'xmpp', inventJids(this.#random, count)),
      irc: this.#makeStage(options, 'irc', inventNames(this.#random, count)),
    };
    for (const { family, atMs } of OPENING) {
      const found = FAMILIES.find(({ id }) => id === family);
      if (found !== undefined) this.#queue.add(atMs, () => this.#startEpisode(found, atMs));
    }
    this.#queue.add(FIRST_CHATTER_MS, () => this.#chat(FIRST_CHATTER_MS));
    const firstGap = (OPENING.at(-1)?.atMs ?? 0) + between(this.#random, ...GAP_MS);
    this.#queue.add(firstGap, () => this.#startNext(firstGap));
  }

  next(): Touch {
    for (;;) {
      const due = this.#queue.take();
      // The next episode and the next chatter always wait in the queue.
      if (due === undefined) throw new RangeError('the play has ended');
      const touch = due.item();
      if (touch !== undefined) return touch;
    }
  }

  #makeStage(options: OutbreakOptions, network: RangeNetwork, peers: readonly string[]): Stage {
    const decoys = options.decoys[network];
    return {
      network,
      peers,
      decoys,
      fileDecoys: network === 'xmpp' ? options.fileDecoys : decoys,
      channels: network === 'irc' ? options.channels : [],
      graph: growContacts(this.#random, peers.length, decoys.length),
    };
  }

  #startNext(atMs: number): undefined {
    const fresh = FAMILIES.filter(({ id }) => !this.#recent.includes(id));
    this.#startEpisode(pick(this.#random, fresh), atMs);
    const then = atMs + between(this.#random, ...GAP_MS);
    this.#queue.add(then, () => this.#startNext(then));
  }

  #startEpisode(family: Family, atMs: number): undefined {
    if (this.#running >= MAX_EPISODES) return;
    this.#running += 1;
    this.#variant += 1;
    this.#recent = [family.id, ...this.#recent].slice(0, REST);
    const episode = new Episode(family, this.#stages[family.network], this.#random, this.#variant);
    this.#advance(episode, episode.start(atMs));
  }

  /** Puts the next step of an episode into the queue; one that has none is over. */
  #advance(episode: Episode, atMs: number | undefined): void {
    if (atMs === undefined) {
      this.#running -= 1;
      return;
    }
    this.#queue.add(atMs, () => {
      const { touch, nextMs } = episode.step();
      this.#advance(episode, nextMs);
      return touch;
    });
  }

  #chat(atMs: number): Touch {
    const then = atMs + waitMs(this.#random, MEAN_CHATTER_MS);
    this.#queue.add(then, () => this.#chat(then));
    const stage = this.#stages[this.#random() < 0.6 ? 'xmpp' : 'irc'];
    const publicly = stage.channels.length > 0 && this.#random() < 0.6;
    return {
      atMs,
      network: stage.network,
      from: pick(this.#random, stage.peers),
      to: pick(this.#random, publicly ? stage.channels : stage.decoys),
      act: { type: 'message', text: spin(this.#random, pick(this.#random, CHATTER)) },
      family: 'chatter',
    };
  }
}
