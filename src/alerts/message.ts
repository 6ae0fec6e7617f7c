// Turns an alert into words: a mail that reads from the top, and a form for instant messengers of about 400 characters.
import { NETWORK_NAMES } from '../core/network.ts';
import type { AlertBody } from './alert-body.ts';
import type { OutgoingMessage } from './channel.ts';
import { headerText, oneLine } from './inert.ts';
import { AT_RISK, GROWTH_WORDS, UNKNOWNS } from './words.ts';

/** Characters of the form for instant messengers, links included. */
export const MAX_SHORT_CHARS = 400;

const MAX_ADVICE = 3;
const MAX_REASONS = 3;
const MAX_INDICATORS = 5;

export interface MessageLinks {
  /** Where the board is, without a slash at the end. */
  readonly publicUrl: string;
  readonly stopToken: string;
}

/** Identity of one delivery, from which the ids on the wire are made. */
export interface DeliveryIdentity {
  readonly id: string;
  readonly revision: number;
  readonly subscriber: string;
  readonly to: string;
}

/** The page where one click (POST) stops; GET shows a button (RFC 8058). */
export function stopUrl(links: MessageLinks): string {
  return `${links.publicUrl}/unsubscribe/${links.stopToken}`;
}

export function alertMessage(body: AlertBody, delivery: DeliveryIdentity, links: MessageLinks): OutgoingMessage {
  const pageUrl = `${links.publicUrl}/warnings/${encodeURIComponent(body.id)}`;
  return {
    stableId: `${delivery.id}.${delivery.revision}`,
    to: delivery.to,
    subject: headerText(
      `${mark(body)}[Sundew ${body.severity}] ${places(body)}: ${lead(body)}${body.title} (${body.id})`,
    ),
    text: longText(body, pageUrl, stopUrl(links)),
    short: shortText(body, pageUrl),
    thread: `${body.id}.root.${delivery.subscriber}`,
    stopUrl: stopUrl(links),
    pageUrl,
  };
}

/** Details on request, for instant messengers: what the mail says, without its frame. */
export function infoText(body: AlertBody, publicUrl: string): string {
  const head = `${mark(body)}${opening(body)} ${body.id}.${body.revision}, ${body.kind}, severity ${body.severity}.`;
  const why = rulesSection(body, []);
  return [
    head,
    ...details(body),
    ...(why === '' ? [] : [why]),
    `${publicUrl}/warnings/${encodeURIComponent(body.id)}`,
  ].join('\n');
}

function mark(body: AlertBody): string {
  return body.simulated ? '[SIMULATED] ' : '';
}

function lead(body: AlertBody): string {
  if (body.change === 'ended') return 'All clear: ';
  if (body.change === 'corrected') return 'Correction: ';
  return body.change === 'updated' ? 'Update: ' : '';
}

function places(body: AlertBody): string {
  return body.networks.map((network) => NETWORK_NAMES[network]).join(', ') || 'all networks';
}

function longText(body: AlertBody, pageUrl: string, stop: string): string {
  const parts = [
    ...(body.simulated ? ['SIMULATED: made by the test range. Nobody is at risk.'] : []),
    `${opening(body)}\nWarning ${body.id}, revision ${body.revision}, ${body.kind}, severity ${body.severity}, ${places(body)}`,
    ...details(body),
    `Issued ${minute(body.updatedAt)}; first seen ${minute(body.at)}.\nThis alert on the board, with what has changed since: ${pageUrl}`,
    rulesSection(body, [`In full: ${pageUrl}`]),
    `-- \nYou get this because you asked for it and confirmed it. One click and it stops: ${stop}`,
  ].filter((part) => part !== '');
  return `${parts.join('\n\n')}\n`;
}

/** One sentence on what has happened. */
function opening(body: AlertBody): string {
  if (body.change === 'ended') return `It is over: ${body.title} has not been seen any more.`;
  if (body.change === 'corrected') return `We were wrong, and correct what we told you: ${body.title}.`;
  return body.change === 'updated' ? `New on an earlier warning: ${body.title}.` : `${body.title}.`;
}

function details(body: AlertBody): string[] {
  if (body.change === 'corrected') return [section('What we say now', body.reasons.slice(0, MAX_REASONS))];
  if (body.change === 'ended') return [section('Why we say so', ['None of our decoys is touched by it any more.'])];
  const looks = [
    ...(body.template === '' ? [] : [`"${body.template}"`]),
    ...body.indicators.slice(0, MAX_INDICATORS).map((indicator) => `${indicator.type}: ${indicator.defanged}`),
  ];
  const numbered = body.advice.slice(0, MAX_ADVICE).map((advice, at) => `${at + 1}. ${advice}`);
  return [
    section('Who is at risk', [AT_RISK[body.class]]),
    section('What it looks like (links made harmless)', looks),
    section('What to do', numbered),
    section('Why we say so', [evidence(body)]),
    section('What we do not know', [UNKNOWNS[body.class]]),
    section('Why this severity', body.reasons.slice(0, MAX_REASONS)),
  ].filter((text) => text !== '');
}

/** By which rules and how often they are wrong: below everything that is to be acted upon, for nobody reads a rate at night. */
function rulesSection({ rules = [], change }: AlertBody, more: readonly string[]): string {
  if (rules.length === 0) return '';
  const lines = rules.flatMap(({ says, wrong, data }) => [
    `By the rule: ${says}.`,
    `How often it is wrong: ${wrong}`,
    `Measured on ${data}.`,
  ]);
  return section(change === 'ended' ? 'Why this all-clear' : 'Why this warning', [...lines, ...more]);
}

/** '' when there is nothing to say. */
function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [title, ...lines.map((line) => `  ${line}`)].join('\n');
}

function evidence(body: AlertBody): string {
  const known = body.threat === undefined ? '' : ` It matches ${body.threat}.`;
  const seen = `${body.captures} messages from ${body.senders} senders reached ${body.decoys} of our decoys`;
  return `${seen} on ${places(body)}; it is ${GROWTH_WORDS[body.growth]}.${known}`;
}

function minute(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}

function shortText(body: AlertBody, pageUrl: string): string {
  const head = `${mark(body)}${body.severity.toUpperCase()}, ${places(body)}: ${lead(body)}${body.title} (${body.id}.${body.revision}).`;
  const tail = `${pageUrl}\nAnswer "info ${body.id}" for more, "ack" when seen, "stop" to end.`;
  const looks = body.template === '' ? '' : ` It reads "${oneLine(body.template, 70)}".`;
  const advice = body.advice[0] === undefined ? '' : ` ${body.advice[0]}`;
  const told = body.change === 'ended' || body.change === 'corrected' ? '' : `${advice}${looks}`;
  const room = Math.max(60, MAX_SHORT_CHARS - [...tail].length - 1);
  return `${withRule(oneLine(`${head}${told}`, room), body, room)}\n${tail}`;
}

/** The rule's name where there is room: nothing of the advice gives way to it. */
function withRule(text: string, { rules: [rule] = [] }: AlertBody, room: number): string {
  const named = rule === undefined ? text : `${text} Rule: ${rule.id}.`;
  return [...named].length <= room ? named : text;
}
