// What a subscriber can ask for. The first is what subscribers of before there were kinds asked for.

export const MESSAGE_KINDS = ['warnings', 'monthly', 'quarterly'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** Kinds that are made of a period that is over. */
export const BULLETIN_KINDS = ['monthly', 'quarterly'] as const satisfies readonly MessageKind[];
export type BulletinKind = (typeof BULLETIN_KINDS)[number];

export const KIND_WORDS: Readonly<Record<MessageKind, string>> = {
  warnings: 'warnings',
  monthly: 'the monthly bulletin',
  quarterly: 'the quarterly bulletin',
};

export const DEFAULT_KINDS: readonly MessageKind[] = ['warnings'];

const isMessageKind = (text: string): text is MessageKind => MESSAGE_KINDS.some((kind) => kind === text);

/** In one order, each once; what is no kind is left out. */
export function kindsIn(texts: readonly string[]): readonly MessageKind[] {
  const given = new Set(texts.filter(isMessageKind));
  return MESSAGE_KINDS.filter((kind) => given.has(kind));
}

/** `warnings and the monthly bulletin`. */
export function kindsInWords(kinds: readonly MessageKind[]): string {
  return inWords(kinds.map((kind) => KIND_WORDS[kind]));
}

/** `a, b and c`. */
export function inWords(words: readonly string[]): string {
  const last = words.at(-1) ?? 'nothing';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
