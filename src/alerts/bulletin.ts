// A bulletin as it is kept and sent: made once when its period is over, by whoever knows how (center/bulletins.ts).
import { z } from 'zod';
import type { OutgoingMessage } from './channel.ts';
import { headerText, oneLine } from './inert.ts';
import { BULLETIN_KINDS, type BulletinKind, KIND_WORDS } from './kinds.ts';
import { type DeliveryIdentity, MAX_SHORT_CHARS, type MessageLinks, stopUrl } from './message.ts';

const MAX_TEXT = 100_000;
const MAX_LINE = 400;

/** Inert throughout, as reports are. */
export const BulletinBody = z.object({
  kind: z.enum(BULLETIN_KINDS),
  /** `2026-10`, `2026-Q3`. */
  period: z.string().max(20),
  title: z.string().max(MAX_LINE),
  /** Its figures in a line. */
  summary: z.string().max(MAX_LINE),
  /** Plain text, LF line ends. */
  text: z.string().max(MAX_TEXT),
  simulated: z.boolean(),
  /** The report that it was made of, as it was. */
  report: z.unknown(),
});
export type BulletinBody = z.infer<typeof BulletinBody>;

/** The page where this kind is stopped by one click (POST); GET shows what else there is to stop. */
export function stopKindUrl(links: MessageLinks, kind: BulletinKind): string {
  return `${stopUrl(links)}?only=${kind}`;
}

export function bulletinMessage(body: BulletinBody, delivery: DeliveryIdentity, links: MessageLinks): OutgoingMessage {
  const { kind, period, title, summary, text, simulated } = body;
  const form = kind === 'monthly' ? '&form=bulletin' : '';
  const pageUrl = `${links.publicUrl}/reports?period=${encodeURIComponent(period)}${form}`;
  const mark = simulated ? '[SIMULATED] ' : '';
  const stop = stopKindUrl(links, kind);
  const parts = [
    ...(simulated ? ['SIMULATED: made by the test range. None of it happened.'] : []),
    text.trimEnd(),
    `With charts, the queries behind the figures and what was corrected since: ${pageUrl}`,
    `-- \nYou get this because you asked for ${KIND_WORDS[kind]} and confirmed it. One click and no more of it comes: ${stop}`,
  ];
  const tail = `${pageUrl}\nAnswer "stop" to end all messages.`;
  const room = Math.max(60, MAX_SHORT_CHARS - [...tail].length - 1);
  return {
    stableId: `${delivery.id}.${delivery.revision}`,
    to: delivery.to,
    subject: headerText(`${mark}[Sundew] ${title}`),
    text: `${parts.join('\n\n')}\n`,
    short: `${oneLine(`${mark}Sundew ${title}: ${summary}`, room)}\n${tail}`,
    stopUrl: stop,
    pageUrl,
    list: 'bulletins',
  };
}
