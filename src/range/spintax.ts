// Wordings that change from message to message, as spam tools write them: `{hi|hello} <link>`.
import type { Random } from '../core/clock.ts';
import { pick } from './random.ts';

const INNERMOST = /\{([^{}]*)\}/;
const SLOT = /<([a-z]+)>/g;

/** Draws one wording, then fills the slots; a slot that nobody fills stays as it is. */
export function spin(random: Random, template: string, slots: Readonly<Record<string, string>> = {}): string {
  let text = template;
  for (let choice = INNERMOST.exec(text); choice !== null; choice = INNERMOST.exec(text)) {
    text =
      text.slice(0, choice.index) +
      pick(random, (choice[1] ?? '').split('|')) +
      text.slice(choice.index + choice[0].length);
  }
  return text.replaceAll(SLOT, (whole, name: string) => slots[name] ?? whole);
}
