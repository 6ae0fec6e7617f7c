// From a stanza on the decoy's connection to the 250 of the mail server, at several rates of captures in total, against a
// real Sundew; and what it holds of the memory at rest and at each rate.
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../../src/range/random.ts';
import { mixedCaptures } from './captures.ts';
import { lureNumber, lureText } from './lure.ts';
import { memoryOf, processTree } from './machine.ts';
import { print, quantile, whole } from './print.ts';
import { DECOYS, openSite, type Site } from './site.ts';

/** Captures a second in total, and how many of them are lures that make an alert. */
const RATES = [
  { captures: 1, alerts: 1 },
  { captures: 100, alerts: 3 },
  { captures: 1_000, alerts: 3 },
] as const;
const SLOT_MS = 5;
const REST_MS = 20_000;
/** The longest that a mail is waited for. */
const PATIENCE_MS = 20_000;
const MEMORY_EVERY_MS = 2_000;

interface Lures {
  count: number;
  /** By number of the lure: when its stanza was about to be written, ms. */
  readonly sent: Map<number, number>;
  readonly tookMs: number[];
}

/** Prints p50, p99 and the worst for each rate, and the memory. */
export async function latency(seconds: number, rates: boolean): Promise<void> {
  const lures: Lures = { count: 0, sent: new Map(), tookMs: [] };
  await using site = await openSite((mail) => arrived(lures, mail));
  await sleep(REST_MS);
  print(`memory at rest: ${memoryLine(site.sundew.pid)}`);
  if (!rates) return;
  const texts = mixedCaptures(40_000, Date.now()).flatMap(({ text }) => text ?? []);
  for (const rate of RATES) {
    lures.tookMs.length = 0;
    lures.sent.clear();
    const memory = watchMemory(site.sundew.pid);
    const sent = await play(site, lures, { ...rate, seconds, texts });
    const until = performance.now() + PATIENCE_MS;
    while (lures.sent.size > 0 && performance.now() < until) await sleep(100);
    const sorted = lures.tookMs.toSorted((a, b) => a - b);
    const [median, late] = [quantile(sorted, 0.5), quantile(sorted, 0.99)].map(Math.round);
    print(
      `${whole(rate.captures)} captures/s: p50 ${median} ms, p99 ${late} ms, worst ${Math.round(sorted.at(-1) ?? 0)} ms ` +
        `(${sorted.length} alerts, ${lures.sent.size} never came; ${whole(sent / seconds)}/s sent) (aim p99 under 500 ms)`,
    );
    print(`  memory at most: ${memory.stop()}`);
  }
}

function arrived(lures: Lures, mail: string): void {
  const number = lureNumber(mail);
  const sent = number === undefined ? undefined : lures.sent.get(number);
  if (number === undefined || sent === undefined) return; // another campaign's, or an update
  lures.sent.delete(number);
  lures.tookMs.push(performance.now() - sent);
}

interface Play {
  readonly captures: number;
  readonly alerts: number;
  readonly seconds: number;
  readonly texts: readonly string[];
}

/** Evenly over the time, whatever the timers do. @returns stanzas sent */
async function play({ xmpp }: Site, lures: Lures, of: Play): Promise<number> {
  const random = seededRandom(of.captures);
  const begin = performance.now();
  let [sent, alerts] = [0, 0];
  for (let elapsed = 0; elapsed < of.seconds; elapsed = (performance.now() - begin) / 1000) {
    while (alerts < elapsed * of.alerts) {
      alerts += 1;
      lures.count += 1;
      const stanza = stanzaOf(`l${lures.count}`, lureText(random, lures.count));
      lures.sent.set(lures.count, performance.now());
      xmpp.deliver(stanza);
      sent += 1;
    }
    while (sent < elapsed * of.captures) {
      sent += 1;
      xmpp.deliver(stanzaOf(`b${of.captures}-${sent}`, of.texts[sent % of.texts.length] ?? ''));
    }
    await sleep(SLOT_MS);
  }
  return sent;
}

function stanzaOf(id: string, text: string): string {
  const [peer, decoy] = [`peer${id}@elsewhere.example/im`, `decoy${id.length}${id.at(-1)}@${DECOYS}`];
  const body = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<message type='chat' id='${id}' from='${peer}' to='${decoy}'><body>${body}</body></message>`;
}

/** Sundew and its database apart, and together. */
function memoryLine(pid: number): string {
  const tree = processTree(pid);
  const own = memoryOf(pid);
  const all = tree.reduce((sum, one) => sum + memoryOf(one), 0);
  return `${whole(all)} MB in all (Sundew ${whole(own)}, PostgreSQL ${whole(all - own)} in ${tree.length - 1} processes)`;
}

function watchMemory(pid: number): { stop(): string } {
  let [most, line] = [0, ''];
  const look = (): void => {
    const now = memoryLine(pid);
    const all = Number(now.split(' ', 1)[0]?.replaceAll(',', ''));
    if (all > most) [most, line] = [all, now];
  };
  const timer = setInterval(look, MEMORY_EVERY_MS);
  look();
  return {
    stop: () => {
      clearInterval(timer);
      return line;
    },
  };
}
