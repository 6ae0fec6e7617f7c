// One family after the other, as history had them: every lure to several decoys, each from a sender of its own, over the
// network's own wire. What became of each is read as an analyst and as the two readers would.
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { CapturePage, WarningPage } from '../../src/center/api/contract.ts';
import { severityRank } from '../../src/core/severity.ts';
import { CLASSIC_SITES } from '../../src/range/classic-sites.ts';
import { COMPONENT_ADDRESSES, SITES } from '../../src/range/sites.ts';
import { type Act, networkOf, STAGES, type StageName } from '../../src/range/touch.ts';
import type { Family, Lure } from './families.ts';
import type { Site } from './site.ts';

export type Warning = z.infer<typeof WarningPage>['warnings'][number];
type Captures = z.infer<typeof CapturePage>['captures'];

export interface PlayOptions {
  /** From one touch of a lure to the next, and from one lure to another. */
  readonly gapMs: number;
  readonly pauseMs: number;
  /** How long alerts are waited for when all is played; without `held`, only those that are told at once. */
  readonly patienceMs: number;
  readonly held: boolean;
}

/** What was sent of one lure. */
export interface Sent {
  readonly family: string;
  readonly lure: Lure;
  readonly senders: readonly string[];
  readonly firstMs: number;
}

/** What came of everything, with when it was first seen here. */
export interface Seen {
  readonly sent: readonly Sent[];
  readonly captures: Captures;
  readonly warnings: readonly Warning[];
  /** By id of the warning, ms since 1970: told to analysts with more than an advance notice; mail; instant message. */
  readonly warnedMs: ReadonlyMap<string, number>;
  readonly mailedMs: ReadonlyMap<string, number>;
  readonly heardMs: ReadonlyMap<string, number>;
}

/** Decoys that each lure is sent to. */
const DECOYS = 3;
const LOOK_MS = 100;

const DECOYS_OF: Readonly<Record<StageName, readonly string[]>> = {
  xmpp: COMPONENT_ADDRESSES,
  irc: SITES.ircNicks,
  ...CLASSIC_SITES,
};

/** Plays all and waits until every warning was told, or patience ends. */
export async function playHistory(site: Site, families: readonly Family[], options: PlayOptions): Promise<Seen> {
  const [warnedMs, sent] = [new Map<string, number>(), [] as Sent[]];
  const stopper = new AbortController();
  const watching = watchWarnings(site, warnedMs, stopper.signal);
  try {
    await play(site, families, sent, options);
    const end = Date.now() + options.patienceMs;
    while (Date.now() < end && !(await allTold(site, sent, options.held))) await sleep(1_000);
  } finally {
    stopper.abort();
    await watching;
  }
  const { mailedMs, heardMs } = told(site);
  const warnings = await warningsOf(site);
  return { sent, captures: await captured(site), warnings, warnedMs, mailedMs, heardMs };
}

async function play(site: Site, families: readonly Family[], sent: Sent[], options: PlayOptions): Promise<void> {
  const peers = new Map(STAGES.map((stage) => [stage, site.range.peers(stage).values()]));
  const nextOf = (stage: StageName): string => {
    const peer = peers.get(stage)?.next().value;
    if (peer === undefined) throw new RangeError(`not enough peers on ${stage}`);
    return peer;
  };
  for (const { id, stage, lures } of families) {
    for (const lure of lures) {
      const [firstMs, senders] = [Date.now(), [] as string[]];
      for (const to of DECOYS_OF[stage].slice(0, DECOYS)) {
        const from = nextOf(stage);
        senders.push(from);
        site.range.send({ atMs: 0, network: networkOf(stage), from, to, act: actOf(lure), family: id });
        await sleep(options.gapMs);
      }
      sent.push({ family: id, lure, senders, firstMs });
      await sleep(options.pauseMs);
    }
  }
}

function actOf({ text, file }: Lure): Act {
  return file === undefined ? { type: 'message', text } : { type: 'file-offer', ...file, text };
}

async function watchWarnings(site: Site, warnedMs: Map<string, number>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const { id, kind } of await warningsOf(site)) {
      if (kind !== 'advance-notice' && !warnedMs.has(id)) warnedMs.set(id, Date.now());
    }
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function warningsOf({ sundew }: Site): Promise<readonly Warning[]> {
  const path = '/api/v1/console/warnings?limit=1000';
  return (await sundew.control.call<z.infer<typeof WarningPage>>('GET', path)).warnings;
}

async function captured({ sundew }: Site): Promise<Captures> {
  const all: Captures = [];
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ limit: '500', ...(cursor === undefined ? {} : { cursor }) });
    const page = await sundew.control.call<z.infer<typeof CapturePage>>('GET', `/api/v1/captures?${query}`);
    all.push(...page.captures);
    cursor = page.next;
  } while (cursor !== undefined);
  return all;
}

/** Whether a capture is of this lure: what a network adds to it (typing, a conversation that opens) is not. */
export function isOf({ lure, senders }: Sent, { kind, peer }: Captures[number]): boolean {
  return kind === lure.kind && senders.includes(peer.split('!', 1)[0] ?? peer);
}

/** When mail and instant message on a warning first came. */
function told({ range, heard }: Site): Pick<Seen, 'mailedMs' | 'heardMs'> {
  const [mailedMs, heardMs] = [new Map<string, number>(), new Map<string, number>()];
  for (const { subject, at } of range.mailbox.mails().toReversed()) note(mailedMs, subject, Date.parse(at));
  for (const { text, atMs } of heard) note(heardMs, text, atMs);
  return { mailedMs, heardMs };
}

function note(times: Map<string, number>, text: string, atMs: number): void {
  const id = /\bW-[0-9A-Z]{10}\b/.exec(text)?.[0];
  if (id !== undefined && !times.has(id)) times.set(id, atMs);
}

/** Everything sent was captured, and both readers know every warning that they are to know of. */
async function allTold(site: Site, sent: readonly Sent[], held: boolean): Promise<boolean> {
  const captures = await captured(site);
  if (!sent.every((one) => captures.filter((capture) => isOf(one, capture)).length >= one.senders.length)) return false;
  const { mailedMs, heardMs } = told(site);
  return (await warningsOf(site)).every(
    (warning) =>
      warning.kind === 'advance-notice' ||
      (!held && isHeld(warning)) ||
      (mailedMs.has(warning.id) && heardMs.has(warning.id)),
  );
}

/** Below `high` the first alert waits for the burst (docs/warning.md). */
export const isHeld = ({ severity }: Pick<Warning, 'severity'>): boolean =>
  severityRank(severity) < severityRank('high');
