// What the end-to-end suites ask a running Sundew, over the control socket and over HTTP as a stranger.
import type { z } from 'zod';
import type { CaptureDetail, CaptureRow, Warning } from '../../src/center/api/contract.ts';
import type { OutboundRecord } from '../../src/decoys/engagement/ledger.ts';
import { type RunningSundew, until } from '../support/sundew.ts';
import type { LabMailbox, Letter } from './mailbox.ts';
import type { Heard, XmppPerson } from './xmpp-person.ts';

export type Row = z.infer<typeof CaptureRow>;
export type Detail = z.infer<typeof CaptureDetail>;
export type WarningOf = z.infer<typeof Warning>;

/** All live captures, newest first. */
export async function captures({ control }: RunningSundew, query = ''): Promise<readonly Row[]> {
  const path = `/api/v1/captures?realm=live&limit=500${query}`;
  return (await control.call<{ captures: readonly Row[] }>('GET', path)).captures;
}

/** Waits for one capture and takes it with its evidence. */
export async function capture(sundew: RunningSundew, is: (row: Row) => boolean): Promise<Detail> {
  let rows: readonly Row[] = [];
  const row = await until(async () => {
    rows = await captures(sundew);
    return rows.find(is);
  }).catch((cause: unknown) => {
    throw new Error(`no such capture among ${JSON.stringify(rows.map(({ kind, text, file }) => [kind, text, file]))}`, {
      cause,
    });
  });
  return sundew.control.call<Detail>('GET', `/api/v1/captures/${row.id}?realm=live`);
}

export async function warnings({ control }: RunningSundew): Promise<readonly WarningOf[]> {
  const path = '/api/v1/console/warnings?realm=live&limit=200';
  return (await control.call<{ warnings: readonly WarningOf[] }>('GET', path)).warnings;
}

/** The board as anybody sees it. */
export async function publicWarnings({ url }: RunningSundew): Promise<readonly WarningOf[]> {
  const answer = await fetch(`${url}/api/v1/warnings`);
  return ((await answer.json()) as { warnings: readonly WarningOf[] }).warnings;
}

export type OutboundLine = OutboundRecord & { readonly seq: number };

export async function ledger({ control }: RunningSundew): Promise<readonly OutboundLine[]> {
  const path = '/api/v1/engagement/ledger?realm=live';
  return (await control.call<{ entries: readonly OutboundLine[] }>('GET', path)).entries;
}

/** What came of one lure, each with the time at which it was seen from outside. */
export interface Outcome {
  readonly stored: number;
  readonly warned: number;
  readonly board: number;
  readonly mail: number;
  readonly message: number;
  readonly warning: WarningOf;
}

/** Follows a lure from the stranger's keyboard to the subscriber's. Times are ms after `sentAt`. */
export async function follow(
  of: { sundew: RunningSundew; mailbox: LabMailbox; subscriber: XmppPerson },
  text: string,
  sentAt: number,
): Promise<Outcome> {
  const since = (): number => Date.now() - sentAt;
  const row = await until(async () => (await captures(of.sundew)).find((one) => one.text === text));
  const stored = since();
  const warning = await until(async () =>
    (await warnings(of.sundew)).find((one) => one.campaign !== undefined && one.campaign === row.campaign),
  );
  const warned = since();
  await until(async () => (await publicWarnings(of.sundew)).find((one) => one.id === warning.id));
  const board = since();
  const mail = await until(async () => lettersOn(of.mailbox, warning.id)[0]);
  const message = await until(async () => messagesOn(of.subscriber, warning.id)[0]);
  return { stored, warned, board, mail: mail.at - sentAt, message: message.at - sentAt, warning };
}

/** Mails on a warning. */
export const lettersOn = (mailbox: LabMailbox, id: string): readonly Letter[] =>
  mailbox.letters().filter(({ subject }) => subject.includes(`(${id})`));

/** Messages on a warning; a server may send the same stanza back on a resumed stream, so each counts by its id. */
export const messagesOn = (person: XmppPerson, id: string): readonly Heard[] =>
  person.heard.filter(({ stanza }) => stanza.startsWith('<message') && stanza.includes(`(${id}.`));
