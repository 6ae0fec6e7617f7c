// The reviewed lines that a decoy may say at `respond-minimal`: neutral, short, no question, no link, no name (I-06).

export const PHRASES: readonly string[] = ['ok', 'hm', 'I see', 'later'];

const MAX_CHARACTERS = 40;

/** Why a line may not be in the list, or `undefined`. */
export function lintPhrase(phrase: string): string | undefined {
  if (phrase.trim() === '' || phrase.length > MAX_CHARACTERS) return `must be 1 to ${MAX_CHARACTERS} characters`;
  if (/[?？]/.test(phrase)) return 'must not ask';
  if (/\d{5}/.test(phrase)) return 'must not hold more than 4 digits';
  if (/[:/@#]|\bwww\b|\.[a-z]{2}/i.test(phrase)) return 'must not hold a link, an address or a mention';
  if (/\b(send|file|photo|picture|download|give|show)\b/i.test(phrase)) return 'must not ask for anything';
  return undefined;
}
