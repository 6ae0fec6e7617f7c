// Mixed captures to measure with: the range's families in ever new wordings and variants, everyday talk of the training
// texts, contact requests, files, presence and probes; 2,000 senders and 300 decoys on XMPP, 60 on IRC.
import { trainingRows } from '../../src/analysis/classify/training-data.ts';
import type { Capture } from '../../src/core/capture.ts';
import type { Random } from '../../src/core/clock.ts';
import { parseCapture } from '../../src/core/parse-capture.ts';
import { CHATTER, FAMILIES, type Family } from '../../src/range/families.ts';
import { inventJids } from '../../src/range/people.ts';
import { between, pick, seededRandom } from '../../src/range/random.ts';
import { spin } from '../../src/range/spintax.ts';

const SENDERS = 2_000;
const DECOYS = { xmpp: 300, irc: 60 } as const;
/** A family changes its host every so many captures. */
const VARIANT = 400;
const STEP_MS = 100;

/** The same captures at every call; `endMs` is the time of the last. */
export function mixedCaptures(count: number, endMs: number): readonly Capture[] {
  const make = captureMaker(seededRandom(count));
  return Array.from({ length: count }, (_value, at) => {
    const capture = {
      ...make(at, new Date(endMs - (count - at) * STEP_MS).toISOString()),
      native: `bench-${count}-${at}`,
    };
    return parseCapture(capture, { sensor: 'bench' });
  });
}

/** Makes captures in their interchange form, one after the other. */
export function captureMaker(random: Random): (at: number, time: string) => object {
  const senders = inventJids(random, SENDERS);
  const talk = trainingRows().flatMap(({ label, text }) => (label === 'ham' ? [text] : []));
  return (at, time) => {
    const network = random() < 0.8 ? 'xmpp' : 'irc';
    const number = between(random, 1, DECOYS[network]);
    const decoy = network === 'xmpp' ? `decoy${number}@decoys.example` : `decoy${number}`;
    const peer = { id: pick(random, senders), verifiedBy: 'federated' };
    return { v: 1, native: `bench-${at}`, at: time, network, decoy, peer, ...contentAt(at, random, talk) };
  };
}
/** Two fifths harmful, two fifths talk, the rest what networks bring by themselves. */
function contentAt(at: number, random: Random, talk: readonly string[]): object {
  const share = random();
  if (share < 0.4) return harmful(pick(random, FAMILIES), Math.floor(at / VARIANT), random);
  if (share < 0.7) return { kind: 'message', text: pick(random, talk) };
  if (share < 0.8) return { kind: 'message', text: spin(random, pick(random, CHATTER)) };
  return { kind: pick(random, ['presence', 'typing', 'probe', 'contact-request', 'backscatter'] as const) };
}

function harmful(family: Family, variant: number, random: Random): object {
  const seeded = seededRandom(variant); // host and file belong to the variant, the wording to the message
  const name = family.files === undefined ? '' : spin(seeded, pick(seeded, family.files));
  const host = family.hosts.length === 0 ? '' : `${spin(seeded, pick(seeded, family.hosts))}${variant}.example`;
  const path = family.paths.length === 0 ? '' : spin(seeded, pick(seeded, family.paths), { file: name, peer: 'x' });
  const text = spin(random, pick(random, family.texts), { link: `http://${host}${path}`, file: name });
  if (family.act === 'file-offer') return { kind: 'file-offer', text, file: { name, size: 40_000 + variant } };
  return { kind: family.act, ...(text === '' ? {} : { text }) };
}
