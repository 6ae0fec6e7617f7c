// One wave of one family: a worm that runs through the contact graph, or a list worked through by a few senders.
import type { Random } from '../core/clock.ts';
import type { ContactGraph } from './contact-graph.ts';
import type { Family, Run, Worm } from './family.ts';
import { between, pick, sample, waitMs } from './random.ts';
import { spin } from './spintax.ts';
import { TimeQueue } from './time-queue.ts';
import type { Act, RangeNetwork, Touch } from './touch.ts';

/** Where an episode is played. */
export interface Stage {
  readonly network: RangeNetwork;
  readonly peers: readonly string[];
  readonly decoys: readonly string[];
  readonly fileDecoys: readonly string[];
  readonly channels: readonly string[];
  readonly graph: ContactGraph;
}

interface Sending {
  readonly peer: number;
  readonly to: string;
}

/** Between two messages of one infected peer. */
const SEND_GAP_MS = 350;
/** Within it, all who lay silent obey an order. */
const BURST_MS = 3_000;

export class Episode {
  readonly #family: Family;
  readonly #stage: Stage;
  readonly #random: Random;
  readonly #variant: Variant;
  readonly #waiting = new TimeQueue<Sending>();
  #next: { readonly atMs: number; readonly item: Sending } | undefined;

  constructor(family: Family, stage: Stage, random: Random, number: number) {
    this.#family = family;
    this.#stage = stage;
    this.#random = random;
    this.#variant = makeVariant(family, random, number);
  }

  /** @returns when the first touch is due */
  start(atMs: number): number | undefined {
    if (this.#family.type === 'worm') this.#spread(this.#family, atMs);
    else this.#workThrough(this.#family, atMs);
    this.#next = this.#waiting.take();
    return this.#next?.atMs;
  }

  /** The touch that is due, and when the next one is. */
  step(): { readonly touch: Touch | undefined; readonly nextMs: number | undefined } {
    const due = this.#next;
    this.#next = this.#waiting.take();
    if (due === undefined) return { touch: undefined, nextMs: undefined };
    const from = this.#stage.peers[due.item.peer] ?? '';
    const touch: Touch = {
      atMs: due.atMs,
      network: this.#stage.network,
      from,
      to: due.item.to,
      act: makeAct(this.#family, this.#variant, this.#random, from),
      family: this.#family.id,
    };
    return { touch, nextMs: this.#next?.atMs };
  }

  /** An infection that starts at well-connected peers and stops by itself; each peer falls ill once. */
  #spread(worm: Worm, startMs: number): void {
    const { graph } = this.#stage;
    const ill = new TimeQueue<number>();
    const met = new Set<number>();
    const carriers = graph.decoys.flatMap((list, peer) => (list.length > 0 ? [peer] : []));
    for (const peer of sample(this.#random, carriers, worm.seeds)) {
      met.add(peer);
      ill.add(met.size === 1 ? startMs : startMs + between(this.#random, 500, 4_000), peer);
    }
    for (let one = ill.take(); one !== undefined; one = ill.take()) {
      const sentMs = this.#sendingMs(worm, one.atMs, startMs);
      if (sentMs === undefined) continue;
      this.#sendFrom(worm, one.item, sentMs);
      for (const contact of graph.contacts[one.item] ?? []) {
        if (met.has(contact) || this.#random() >= worm.clickProbability) continue;
        met.add(contact);
        ill.add(sentMs + between(this.#random, ...worm.delayMs), contact);
      }
    }
  }

  /** When a peer that fell ill then sends: at once, or all together at the next order. */
  #sendingMs(worm: Worm, illMs: number, startMs: number): number | undefined {
    if (worm.ordersMs === undefined) return illMs;
    const order = worm.ordersMs.find((ms) => startMs + ms >= illMs);
    return order === undefined ? undefined : startMs + order + between(this.#random, 0, BURST_MS);
  }

  #sendFrom(worm: Worm, peer: number, atMs: number): void {
    const targets = worm.act === 'file-offer' ? this.#stage.fileDecoys : this.#stage.decoys;
    const addresses = (this.#stage.graph.decoys[peer] ?? []).map((decoy) => this.#stage.decoys[decoy] ?? '');
    addresses
      .filter((address) => targets.includes(address))
      .forEach((to, at) => {
        this.#waiting.add(atMs + at * SEND_GAP_MS, { peer, to });
      });
  }

  #workThrough(run: Run, startMs: number): void {
    const senders = sample(this.#random, [...this.#stage.peers.keys()], run.senders);
    const targets = run.act === 'message' ? [...this.#stage.decoys, ...this.#stage.channels] : this.#stage.decoys;
    let atMs = startMs;
    for (let sent = 0; sent < run.length; sent += 1) {
      this.#waiting.add(atMs, { peer: pick(this.#random, senders), to: pick(this.#random, targets) });
      atMs += waitMs(this.#random, run.meanGapMs);
    }
  }
}

/** What one wave has in common: its host and file. */
interface Variant {
  readonly host: string;
  readonly path: string;
  readonly file: string;
  readonly size: number;
  readonly text: string;
}

function makeVariant(family: Family, random: Random, number: number): Variant {
  const host = family.hosts.length === 0 ? '' : `${spin(random, pick(random, family.hosts))}${number}.example`;
  return {
    host,
    path: family.paths.length === 0 ? '' : spin(random, pick(random, family.paths)),
    file: family.files === undefined ? '' : spin(random, pick(random, family.files)),
    size: between(random, 9_000, 240_000),
    text: pick(random, family.texts),
  };
}

function makeAct(family: Family, variant: Variant, random: Random, from: string): Act {
  const peer = from.split('@')[0] ?? '';
  const path = spin(random, variant.path, { file: variant.file, peer });
  const text = spin(random, variant.text, { link: `http://${variant.host}${path}`, file: variant.file });
  switch (family.act) {
    case 'file-offer':
      return { type: 'file-offer', name: variant.file, size: variant.size, text };
    case 'group-invite':
      return { type: 'group-invite', room: variant.host.split('.')[0] ?? 'room', text };
    case 'contact-request':
      return { type: 'contact-request', text };
    case 'probe':
      return { type: 'probe' };
    case 'message':
      return { type: 'message', text };
  }
}
