// The play: an endless, repeatable series of touches. Worms spread over a contact graph, runs come from a few senders,
// chatter goes on. Time here is play time; nothing is sent from here.
import type { Random } from '../core/clock.ts';
import { growContacts } from './contact-graph.ts';
import { Episode, type Stage } from './episode.ts';
import { CHATTER, FAMILIES, OPENING } from './families.ts';
import type { Family } from './family.ts';
import { inventPeers } from './people.ts';
import { between, pick, waitMs } from './random.ts';
import { spin } from './spintax.ts';
import { TimeQueue } from './time-queue.ts';
import { networkOf, STAGES, type StageName, type Touch } from './touch.ts';

export interface OutbreakOptions {
  readonly random: Random;
  /** Addresses of the decoys; file offers of XMPP go to those of components only, as servers keep them from accounts. */
  readonly decoys: Readonly<Record<StageName, readonly string[]>>;
  readonly fileDecoys: readonly string[];
  /** Channels that IRC decoys sit in. */
  readonly channels: readonly string[];
  /** Peers on each stage. */
  readonly peers?: number;
}

const PEERS = 220;
/** At the same time: the bound of memory. */
const MAX_EPISODES = 16;
/** So many other families are played before one comes again. */
const REST = 14;
const MEAN_CHATTER_MS = 10_000;
const FIRST_CHATTER_MS = 1_500;
/** From one episode to the next, once the opening is over. */
const GAP_MS: readonly [low: number, high: number] = [40_000, 150_000];

/** Plays on and on; `next` gives touches in order of time. Deterministic for its random. */
export class Outbreak {
  readonly #random: Random;
  readonly #stages: ReadonlyMap<StageName, Stage>;
  readonly #queue = new TimeQueue<() => Touch | undefined>();
  #running = 0;
  #variant = 0;
  #recent: readonly string[] = [];

  constructor(options: OutbreakOptions) {
    this.#random = options.random;
    const count = options.peers ?? PEERS;
    this.#stages = new Map(STAGES.map((name) => [name, this.#makeStage(options, name, count)]));
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

  /** Everyone who may touch a decoy there. */
  peers(stage: StageName): readonly string[] {
    return this.#stages.get(stage)?.peers ?? [];
  }

  #makeStage(options: OutbreakOptions, name: StageName, count: number): Stage {
    const decoys = options.decoys[name];
    const peers = inventPeers(this.#random, name, count);
    return {
      network: networkOf(name),
      peers,
      decoys,
      fileDecoys: name === 'xmpp' ? options.fileDecoys : decoys,
      channels: name === 'irc' ? options.channels : [],
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
    const stage = this.#stages.get(family.stage);
    if (stage === undefined || this.#running >= MAX_EPISODES) return;
    this.#running += 1;
    this.#variant += 1;
    this.#recent = [family.id, ...this.#recent].slice(0, REST);
    const episode = new Episode(family, stage, this.#random, this.#variant);
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
    const stage = pick(this.#random, [...this.#stages.values()]);
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
