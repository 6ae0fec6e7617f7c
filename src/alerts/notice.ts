// Messages that are no alerts: the confirmation of a subscription and the note that the day's budget is spent.
// No word of a stranger stands in them, so that the form cannot be used to send somebody's text.
import { NETWORK_NAMES, type Network } from '../core/network.ts';
import type { Severity } from '../core/severity.ts';
import type { OutgoingMessage } from './channel.ts';
import { inWords, KIND_WORDS, type MessageKind } from './kinds.ts';
import { type DeliveryIdentity, type MessageLinks, stopUrl } from './message.ts';

export interface Wishes {
  readonly networks: readonly Network[];
  readonly minSeverity: Severity;
  readonly kinds: readonly MessageKind[];
}

/** Asks the owner of the address. The link opens a page with a button; opening it confirms nothing. */
export function confirmationMessage(
  delivery: DeliveryIdentity,
  wishes: Wishes,
  secrets: { readonly token: string; readonly code: string },
  publicUrl: string,
): OutgoingMessage {
  const link = `${publicUrl}/confirm/${secrets.token}`;
  const ask = `Somebody, we hope you, asked Sundew to send to this address: ${wishesInWords(wishes)}.`;
  return {
    stableId: `${delivery.id}.${delivery.revision}`,
    to: delivery.to,
    subject: 'Confirm your Sundew subscription',
    text: `${ask}\n\nTo get them, open this page and press the button (within 48 hours, once):\n${link}\n\nIf it was not you, do nothing: you will not hear from us, and the request is deleted after 7 days.\n`,
    short: `${ask} To get them, answer "confirm ${secrets.code}" or open ${link} within 48 hours. If it was not you, do nothing.`,
  };
}

/** `warnings (XMPP, severity high and above) and the monthly bulletin`. */
function wishesInWords({ networks, minSeverity, kinds }: Wishes): string {
  const which = networks.map((network) => NETWORK_NAMES[network]).join(', ') || 'all networks';
  const detail: Readonly<Partial<Record<MessageKind, string>>> = {
    warnings: ` (${which}, severity ${minSeverity} and above)`,
  };
  return inWords(kinds.map((kind) => `${KIND_WORDS[kind]}${detail[kind] ?? ''}`));
}

/** Sent once a day at most, in place of the first alert that no longer fits. */
export function budgetMessage(delivery: DeliveryIdentity, budget: number, links: MessageLinks): OutgoingMessage {
  const stop = stopUrl(links);
  const said = `You were sent ${budget} alerts within a day, the most we send. More were raised; we hold them back so that this stays readable.`;
  return {
    stableId: `${delivery.id}.${delivery.revision}`,
    to: delivery.to,
    subject: '[Sundew] Budget of the day reached: see the board for the rest',
    text: `${said}\n\nAll of them are on the board: ${links.publicUrl}/warnings\nA higher minimum severity, or fewer networks, gives you fewer: ${links.publicUrl}/subscribe\n\n-- \nOne click and all of it stops: ${stop}\n`,
    short: `${said} All of them: ${links.publicUrl}/warnings. Answer "level high" for fewer, "stop" to end.`,
    stopUrl: stop,
    pageUrl: `${links.publicUrl}/warnings`,
  };
}
