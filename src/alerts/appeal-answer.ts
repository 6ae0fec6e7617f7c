// The answer to an appeal, as a mail. No word of the appellant stands in it: the form cannot be used to send somebody's text.
import type { OutgoingMessage } from './channel.ts';

export interface AppealAnswer {
  /** Of the appeal. */
  readonly id: string;
  readonly to: string;
  readonly retracted: boolean;
  /** The operator's words. */
  readonly answer: string;
  readonly publicUrl: string;
}

/** What an appeal is called towards those who sent it. */
export function appealNumber(id: string): string {
  return `A-${id.slice(0, 8).toUpperCase()}`;
}

export function appealAnswerMessage({ id, to, retracted, answer, publicUrl }: AppealAnswer): OutgoingMessage {
  const number = appealNumber(id);
  const outcome = retracted
    ? 'You were right. What you appealed against is taken back: it is listed no more, and those who were told are told so.'
    : 'We looked at it again and keep what is listed.';
  const why = `You get this one message because this address was given as the contact of appeal ${number} at ${publicUrl}/appeal. It is deleted 30 days from now. If it was not you, do nothing.`;
  return {
    stableId: `appeal.${id}`,
    to,
    subject: `[Sundew] Your appeal ${number}: ${retracted ? 'taken back' : 'kept'}`,
    text: `${outcome}\n\n${answer}\n\n-- \n${why}\n`,
    short: `${number}: ${outcome}`,
  };
}
